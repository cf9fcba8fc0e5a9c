/** The shapes of the commands that people give about a rep: coaching, goals, findings, figures, duties. */

import { z } from 'zod';
import { FINDING_ANSWERS } from '../case/findings/finding.ts';
import { days, id, line, name, note } from '../case/schema-texts.ts';
import type { PersonCommandOf } from './command.ts';

/** A reason that says nothing is none. */
const why = note.refine((text) => text.trim() !== '', { params: { problem: 'argument-missing' } });

export const openCoachingSchema = z.strictObject({
  command: z.literal('open_coaching'),
  coaching: id,
  renews: id.exactOptional(),
}) satisfies z.ZodType<PersonCommandOf<'open_coaching'>>;

/** The fields are read by the form of the step. */
export const answerStepSchema = z.strictObject({
  command: z.literal('answer_step'),
  session: id,
  step: id,
  fields: z.record(name, z.unknown()),
}) satisfies z.ZodType<PersonCommandOf<'answer_step'>>;

export const agreeSchema = z.strictObject({
  command: z.literal('agree'),
  session: id,
}) satisfies z.ZodType<PersonCommandOf<'agree'>>;

export const sendBackSchema = z.strictObject({
  command: z.literal('send_back'),
  session: id,
  reason: why,
}) satisfies z.ZodType<PersonCommandOf<'send_back'>>;

export const postponeSchema = z.strictObject({
  command: z.literal('postpone'),
  session: id,
  until: days,
  reason: why,
}) satisfies z.ZodType<PersonCommandOf<'postpone'>>;

export const shareCoachingSchema = z.strictObject({
  command: z.literal('share_coaching'),
  session: id,
}) satisfies z.ZodType<PersonCommandOf<'share_coaching'>>;

export const dropCoachingSchema = z.strictObject({
  command: z.literal('drop_coaching'),
  session: id,
  reason: why,
}) satisfies z.ZodType<PersonCommandOf<'drop_coaching'>>;

export const judgeGoalSchema = z.strictObject({
  command: z.literal('judge_goal'),
  goal: id,
  kept: z.boolean(),
  note: note.exactOptional(),
}) satisfies z.ZodType<PersonCommandOf<'judge_goal'>>;

export const answerFindingSchema = z.strictObject({
  command: z.literal('answer_finding'),
  finding: id,
  answer: z.enum(FINDING_ANSWERS),
  coaching: id.exactOptional(),
  reason: note.exactOptional(),
}) satisfies z.ZodType<PersonCommandOf<'answer_finding'>>;

export const enterFigureSchema = z.strictObject({
  command: z.literal('enter_figure'),
  measure: name,
  value: z.number().min(-1e12).max(1e12),
  from: days,
  until: days,
  source: line,
}) satisfies z.ZodType<PersonCommandOf<'enter_figure'>>;

export const doDutySchema = z.strictObject({
  command: z.literal('do_duty'),
  duty: id,
  fields: z.record(name, z.unknown()).exactOptional(),
}) satisfies z.ZodType<PersonCommandOf<'do_duty'>>;

export const readDutySchema = z.strictObject({
  command: z.literal('read_duty'),
  duty: id,
}) satisfies z.ZodType<PersonCommandOf<'read_duty'>>;

export const excuseDutySchema = z.strictObject({
  command: z.literal('excuse_duty'),
  duty: id,
  reason: why,
}) satisfies z.ZodType<PersonCommandOf<'excuse_duty'>>;

/** All that people command about a rep. */
export const repCommandSchema = z.discriminatedUnion('command', [
  openCoachingSchema,
  answerStepSchema,
  agreeSchema,
  sendBackSchema,
  postponeSchema,
  dropCoachingSchema,
  shareCoachingSchema,
  judgeGoalSchema,
  answerFindingSchema,
  enterFigureSchema,
  doDutySchema,
  readDutySchema,
  excuseDutySchema,
]);
