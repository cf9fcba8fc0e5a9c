/** What addresses may carry after the `?`, where it is the same for several routes. */

import { z } from 'zod';

/** Names, ids, searched text. NUL is refused here: PostgreSQL has no such character. */
export const word = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => !/[\0\ud800-\udfff]/u.test(text), { params: { problem: 'bad-characters' } });

export const yesNo = z.enum(['true', 'false']).transform((text) => text === 'true');

const LARGEST_PAGE = 500;
const USUAL_PAGE = 50;

/** Items per page, 1 to 500. */
export const limit = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .transform(Number)
  .refine((count) => count <= LARGEST_PAGE, { params: { problem: 'too-many' } })
  .default(USUAL_PAGE);

/** A number that a page before ended at. */
export const numberCursor = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
