/** What addresses may carry, where it is the same for several routes. */

import { z } from 'zod';
import { isDate } from '../../engine/language/shape/scalar.ts';
import type { Text } from '../../engine/playbook/text.ts';

/** Names, ids, searched text. NUL is refused here: PostgreSQL has no such character. */
export const word = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => !/[\0\ud800-\udfff]/u.test(text), { params: { problem: 'unsafe-text' } });

/** `yyyy-MM-dd` of a day there is. */
export const day = z.string().refine(isDate, { params: { problem: 'not-a-day' } });

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/;

/** A moment with its zone, given as ISO 8601 in UTC. */
export const moment = z
  .string()
  .refine((text) => MOMENT.test(text) && isDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)), {
    params: { problem: 'not-a-moment' },
  })
  .transform((text) => new Date(text).toISOString())
  .meta({ format: 'date-time' });

export const yesNo = z.enum(['true', 'false']).transform((text) => text === 'true');

/** What an address names by id, told in the document. Ids that hold what PostgreSQL cannot name nothing. */
export function idOf(what: string) {
  return word.meta({ description: `Id of ${what}.` });
}

const LARGEST_PAGE = 500;
const USUAL_PAGE = 50;

/** What the `problem` of these checks means. */
export const QUERY_TEXTS: Readonly<Record<string, Text>> = {
  'page-size': { zh: `应为 1 到 ${LARGEST_PAGE} 的整数`, en: `must be a number from 1 to ${LARGEST_PAGE}` },
  'not-a-day': { zh: '应为日期，如 2026-10-01', en: 'must be a day such as 2026-10-01' },
  'not-a-moment': {
    zh: '应为带时区的时刻，如 2026-10-01T09:00:00Z',
    en: 'must be a moment with its zone such as 2026-10-01T09:00:00Z',
  },
  'cursor-malformed': { zh: '不是本接口给出的游标', en: 'is not a cursor of this list' },
};

/** Items per page, 1 to 500. */
export const limit = z
  .string()
  .refine((text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= LARGEST_PAGE, { params: { problem: 'page-size' } })
  .transform(Number)
  .default(USUAL_PAGE)
  .meta({ description: `Items per page: 1 to ${LARGEST_PAGE}, ${USUAL_PAGE} where it is left out.` });

/** A number that a page before ended at. */
export const numberCursor = z
  .string()
  .refine((text) => /^\d{1,9}$/.test(text), { params: { problem: 'cursor-malformed' } })
  .transform(Number)
  .meta({ description: 'The `next_cursor` of the page before.' });
