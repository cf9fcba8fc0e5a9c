/** The shapes of the commands that people give about people; `join` and what the system gives are checked by their handlers. */

import { z } from 'zod';
import { days, line, name, note } from '../case/schema-texts.ts';
import type { PersonCommandOf } from './command.ts';

const MOST_SUBSTITUTES = 20;

export const setAbsenceSchema = z.strictObject({
  command: z.literal('set_absence'),
  first_day: days,
  last_day: days,
  substitutes: z
    .array(name)
    .refine((list) => list.length <= MOST_SUBSTITUTES, { params: { problem: 'too-many' } })
    .exactOptional(),
  reason: note.exactOptional(),
}) satisfies z.ZodType<PersonCommandOf<'set_absence'>>;

export const cancelAbsenceSchema = z.strictObject({
  command: z.literal('cancel_absence'),
  absence: name,
}) satisfies z.ZodType<PersonCommandOf<'cancel_absence'>>;

export const leaveSchema = z.strictObject({
  command: z.literal('leave'),
  on: days.exactOptional(),
  successor: name.exactOptional(),
}) satisfies z.ZodType<PersonCommandOf<'leave'>>;

export const returnSchema = z.strictObject({ command: z.literal('return') }) satisfies z.ZodType<
  PersonCommandOf<'return'>
>;

export const eraseSchema = z.strictObject({
  command: z.literal('erase'),
  written: z.boolean().exactOptional(),
  quoted: z.boolean().exactOptional(),
}) satisfies z.ZodType<PersonCommandOf<'erase'>>;

const removable = line.nullable().exactOptional();

/** What holds of names and posts beyond their form is judged with the whole profile. */
export const changeSchema = z.strictObject({
  command: z.literal('change'),
  name: line.exactOptional(),
  role: line.exactOptional(),
  manager: removable,
  region: removable,
  email: removable,
  lang: z.enum(['zh', 'en']).exactOptional(),
  in_post_since: days.exactOptional(),
}) satisfies z.ZodType<PersonCommandOf<'change'>>;
