/** The shape of every command, defined once: `decide` checks callers with it, and the HTTP wire is generated from it. */

import { z } from 'zod';
import { approvalSchemas } from './approvals/approval-schema.ts';
import type { CaseCommand } from './command.ts';
import { findingSchemas } from './findings/finding-schema.ts';
import { days, id, instant, line, name, note } from './schema-texts.ts';

/** What zod drops of a record without a word: somebody who sends it must hear that it is no fact. */
const UNSEEN_KEY = '__proto__';

/** Values are checked against the playbook afterwards; here only their number is bounded. */
const values = z
  .unknown()
  .superRefine((sent, context) => {
    if (typeof sent !== 'object' || sent === null || !Object.hasOwn(sent, UNSEEN_KEY)) return;
    context.addIssue({ code: 'unrecognized_keys', keys: [UNSEEN_KEY], input: { ...sent } });
  })
  .pipe(
    z.record(name, z.unknown()).refine((record) => Object.keys(record).length <= 500, {
      params: { problem: 'too-many' },
    }),
  );

const closed = z.strictObject({
  as: z.enum(['won', 'lost']),
  reason: id.exactOptional(),
  at: instant.exactOptional(),
});

const position = z.strictObject({ stage: id.exactOptional(), closed: closed.exactOptional() });

const who = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('owner') }),
  z.strictObject({ kind: z.literal('manager') }),
  z.strictObject({ kind: z.literal('role'), role: id }),
  z.strictObject({ kind: z.literal('fact'), fact: name }),
  z.strictObject({ kind: z.literal('authority') }),
]);

const imported = z.strictObject({
  source: line,
  opened_at: instant.exactOptional(),
  entered_at: instant.exactOptional(),
  last_activity_at: instant.exactOptional(),
  history: z
    .array(z.strictObject({ stage: id, at: instant }))
    .max(200)
    .exactOptional(),
  closed: closed.exactOptional(),
  marks: z.record(name, line).exactOptional(),
  debt_due_on: days.exactOptional(),
});

const waivable = z.enum(['milestone', 'gate']);

const task = z.strictObject({ title: line, due_on: days.exactOptional() });

const news = z.strictObject({
  n: z.int().min(1),
  pipeline: id,
  stage: id,
  status: z.enum(['open', 'won', 'lost']),
  finished: z.boolean(),
  owner: name,
});

const hindrance = z.strictObject({
  code: name,
  message: z.strictObject({ zh: z.string(), en: z.string() }),
  about: z.string().exactOptional(),
});

const parentChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('lost'), close: id.exactOptional() }),
  z.strictObject({ change: z.literal('reopened') }),
  z.strictObject({ change: z.literal('handed_over'), from: name, to: name }),
]);

/** One member a command; strict, so that a misspelt key is told and not dropped. */
export const commandSchema = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('open'),
    title: line,
    pipeline: id.exactOptional(),
    stage: id.exactOptional(),
    owner: name.exactOptional(),
    facts: values.exactOptional(),
    tasks: z.array(task).max(100).exactOptional(),
    parent: z.strictObject({ case: name, about: line }).exactOptional(),
    imported: imported.exactOptional(),
  }),
  z.strictObject({ command: z.literal('set_facts'), facts: values }),
  z.strictObject({
    command: z.literal('log_activity'),
    activity: id,
    note: note.exactOptional(),
    happened_on: days.exactOptional(),
  }),
  z.strictObject({ command: z.literal('submit_evidence'), evidence: id, fields: values.exactOptional() }),
  z.strictObject({ command: z.literal('withdraw_evidence'), evidence: id, reason: note.exactOptional() }),
  z.strictObject({ command: z.literal('accept_evidence'), evidence: id, note: note.exactOptional() }),
  z.strictObject({ command: z.literal('reject_evidence'), evidence: id, reason: note }),
  z.strictObject({
    command: z.literal('answer'),
    decision: id,
    answers: z.record(name, id).refine((given) => Object.keys(given).length <= 200, {
      params: { problem: 'too-many' },
    }),
    note: note.exactOptional(),
  }),
  z.strictObject({ command: z.literal('advance'), to: id.exactOptional() }),
  z.strictObject({ command: z.literal('fall_back'), to: id, reason: note }),
  z.strictObject({
    command: z.literal('plan_task'),
    task: id.exactOptional(),
    title: line,
    due_on: days.exactOptional(),
    owner: name.exactOptional(),
  }),
  z.strictObject({ command: z.literal('complete_task'), task: id, note: note.exactOptional() }),
  z.strictObject({ command: z.literal('snooze'), until: days, reason: note }),
  z.strictObject({
    command: z.literal('resolve'),
    way: z.enum(['push', 'fall_back', 'hand_over', 'close_lost']),
    with: values.exactOptional(),
    fields: values.exactOptional(),
  }),
  z.strictObject({ command: z.literal('move_pipeline'), to: id, reason: note.exactOptional() }),
  z.strictObject({ command: z.literal('hand_over'), to: name, reason: note.exactOptional() }),
  z.strictObject({ command: z.literal('people_changed'), person: name, successor: name.exactOptional() }),
  z.strictObject({
    command: z.literal('close'),
    as: z.enum(['won', 'lost']),
    reason: id.exactOptional(),
    note: note.exactOptional(),
  }),
  z.strictObject({ command: z.literal('reopen'), reason: note }),
  z.strictObject({
    command: z.literal('note_change'),
    policy: z.enum(['revert', 'quarantine', 'accept_with_debt']),
    source: line,
    was: position,
    now: position,
    asks: who,
    debt_due_on: days.exactOptional(),
  }),
  z.strictObject({
    command: z.literal('settle_change'),
    take: z.enum(['ours', 'crm']),
    reason: note.exactOptional(),
  }),
  ...approvalSchemas,
  z.strictObject({
    command: z.literal('inspect'),
    accept: z.array(id).max(100).exactOptional(),
    reject: z
      .array(z.strictObject({ evidence: id, reason: note }))
      .max(100)
      .exactOptional(),
    send_back: z.boolean().exactOptional(),
    note: note.exactOptional(),
    next_step: z.strictObject({ title: line, due_on: days, owner: name.exactOptional() }),
  }),
  z.strictObject({
    command: z.literal('waive'),
    kind: waivable,
    name: id,
    until: days,
    reason: note,
    owner: name.exactOptional(),
  }),
  z.strictObject({ command: z.literal('withdraw_waiver'), kind: waivable, name: id, reason: note.exactOptional() }),
  ...findingSchemas,
  z.strictObject({ command: z.literal('child_changed'), child: name, news }),
  z.strictObject({ command: z.literal('child_refused'), child: name, because: z.array(hindrance).max(500) }),
  z.strictObject({ command: z.literal('parent_changed'), told: parentChange }),
  z.strictObject({ command: z.literal('start_again'), child: name }),
  z.strictObject({ command: z.literal('wake') }),
]) satisfies z.ZodType<CaseCommand>;

/** What surrounds a command; the body is judged by `commandSchema`, so that its problems carry its own paths. */
export const envelopeSchema = z.object({ id: name, actor: name, sent_at: instant.exactOptional() });
