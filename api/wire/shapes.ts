/** Shapes that many answers are made of, defined once: they type what routes give and describe it in the OpenAPI document. */

import { z } from 'zod';
import type { CaseEvent } from '../../engine/case/event.ts';
import type { Leaf } from '../../engine/playbook/condition.ts';
import type { Row, Value } from '../../engine/playbook/value.ts';

/** Answers are given as they are: a list in them is not to be changed. */
export function list<S extends z.ZodType>(item: S) {
  return z.array(item).readonly();
}

/** Id → something. */
export function byId<S extends z.ZodType>(value: S) {
  return z.record(z.string(), value);
}

export const text = z
  .strictObject({ zh: z.string(), en: z.string() })
  .meta({ id: 'Text', description: 'What a person reads, in both languages.' });

export const instant = z
  .string()
  .meta({ id: 'Instant', format: 'date-time', description: 'ISO 8601 in UTC, with milliseconds.' });

export const at = z
  .strictObject({ file: z.string(), line: z.number(), col: z.number() })
  .meta({ id: 'At', description: 'A place in a playbook file; line and column count from 1.' });

export const personRef = z.strictObject({ person: z.string(), name: z.string() }).meta({ id: 'PersonRef' });

/** A person by id and name, as lists and sheets show them. */
export type PersonRef = z.output<typeof personRef>;

export const money = z
  .strictObject({ minor: z.int(), currency: z.string() })
  .meta({ id: 'Money', description: 'In minor units: fen, cents.' });

export const fileValue = z
  .strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    name: z.string(),
    size: z.int().meta({ description: 'Bytes.' }),
    type: z.string().meta({ description: 'Media type.' }),
  })
  .meta({ id: 'File', description: 'A file of the case; its bytes are those with this SHA-256.' });

const row: z.ZodType<Row> = z.record(
  z.string(),
  z.lazy(() => value),
);

export const value: z.ZodType<Value> = z
  .union([z.string(), z.number(), z.boolean(), money, fileValue, list(z.string()), list(row)])
  .meta({ id: 'Value', description: 'A fact or an answer: plain JSON, as its type in the playbook says.' });

export const valueType = z.enum([
  'text',
  'number',
  'percent',
  'money',
  'date',
  'choice',
  'choices',
  'person',
  'link',
  'yes_no',
  'file',
  'rows',
]);

export const truth = z
  .union([z.boolean(), z.literal('unknown')])
  .meta({ id: 'Truth', description: 'Three-valued: what is missing makes it unknown, and a gate opens only on true.' });

/** Its members are the playbook language's own business: the document says which every leaf has. */
export const leaf = z.custom<Leaf>().meta({
  id: 'Leaf',
  type: 'object',
  properties: { kind: { type: 'string' }, at: { type: 'object' } },
  required: ['kind', 'at'],
  description: 'A leaf of a condition: a fact with operator and operand, evidence, a milestone, a task, an activity.',
});

/** New kinds of events come, and kinds get new versions: readers look at `event` and `v`. */
export const caseEvent = z.custom<CaseEvent>().meta({
  id: 'CaseEvent',
  type: 'object',
  properties: {
    event: { type: 'string' },
    v: { type: 'integer' },
    at: { type: 'string', format: 'date-time' },
    by: { type: 'string' },
  },
  required: ['event', 'v', 'at', 'by'],
  description: 'What happened to a case. Further members go with the kind of event and its version.',
});

/** A page of a list. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.strictObject({ items: list(item), next_cursor: z.string().exactOptional().meta(NEXT_CURSOR) });
}

const NEXT_CURSOR = { description: 'Give it as `cursor` for the page after this one; absent: this was the last.' };

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string;
}
