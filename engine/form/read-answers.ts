/** Reads a whole form or the rows of one: every field asked, none unknown, each value in the form it is kept in. */

import type { Problem } from '../case/outcome.ts';
import { truthOf } from '../condition/evaluate.ts';
import { seenInForm } from '../condition/seen-in-form.ts';
import type { Field, Row, Value } from '../playbook/value.ts';
import { pointer, problem, shown } from './problems.ts';
import { failed, type ReadResult, readScalar } from './read-value.ts';
import { type AnswerContext, DEFAULT_LIMITS, type ValueSpec } from './value-spec.ts';

export interface Answers {
  /** Those that could be read. */
  readonly values: Readonly<Record<string, Value>>;
  readonly problems: readonly Problem[];
}

/** Reads a value of any type. @param path JSON pointer of the value */
export function readValue(spec: ValueSpec, raw: unknown, context: AnswerContext, path: string): ReadResult {
  if (spec.type === 'rows')
    return raw === null || raw === undefined ? { kind: 'nothing' } : readRows(spec, raw, context, path);
  return readScalar({ ...spec, type: spec.type }, raw, context, path);
}

function readRows(spec: ValueSpec, raw: unknown, context: AnswerContext, path: string): ReadResult {
  if (!Array.isArray(raw)) return failed(problem('wrong-type', path, shown(raw), '行的列表', 'a list of rows'));
  const limit = spec.max_rows ?? DEFAULT_LIMITS.rows;
  // Counted before reading, so that a flood of rows costs nothing.
  if (raw.length > limit) return failed(problem('too-many-rows', path, String(limit)));
  const rows: Row[] = [];
  const problems: Problem[] = [];
  for (const [index, item] of raw.entries()) {
    const row = readAnswers(spec.fields ?? [], item, context, pointer(path, index));
    rows.push(row.values);
    problems.push(...row.problems);
  }
  return problems.length > 0 ? failed(...problems) : { kind: 'value', value: rows };
}

function isRecord(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

/** Reads the answers to a form. Null and blank texts count as no answer. @param path JSON pointer of the form */
export function readAnswers(fields: readonly Field[], raw: unknown, context: AnswerContext, path: string): Answers {
  if (!isRecord(raw)) {
    return {
      values: {},
      problems: [problem('wrong-type', path, shown(raw), '字段与回答', 'fields with their answers')],
    };
  }
  const known = new Map(fields.map((field) => [field.field, field]));
  const results = new Map<string, ReadResult>();
  const problems: Problem[] = [];
  for (const key of Object.keys(raw)) {
    const field = known.get(key);
    if (field === undefined) problems.push(problem('field-unknown', pointer(path, key)));
    else results.set(key, readValue(field, raw[key], context, pointer(path, key)));
  }
  for (const field of fields) problems.push(...problemsOf(field, results, context, pointer(path, field.field)));
  return { values: valuesOf(fields, results), problems };
}

function valuesOf(fields: readonly Field[], results: ReadonlyMap<string, ReadResult>): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const { field } of fields) {
    const result = results.get(field);
    if (result?.kind === 'value') values[field] = result.value;
  }
  return values;
}

function problemsOf(
  field: Field,
  results: ReadonlyMap<string, ReadResult>,
  context: AnswerContext,
  path: string,
): readonly Problem[] {
  const result = results.get(field.field);
  if (result?.kind === 'problems') return result.problems;
  const asked = isAsked(field, results, context);
  // An answer elsewhere that could not be read decides it: that one is reported, and no more can be said here.
  if (asked === 'unreadable') return [];
  if (!asked) return result?.kind === 'value' ? [problem('field-not-asked', path)] : [];
  return result?.kind === 'value' || field.optional ? [] : [problem('field-missing', path)];
}

/** Whether the answers given so far call for this field; unknown does not. */
function isAsked(
  field: Field,
  results: ReadonlyMap<string, ReadResult>,
  context: AnswerContext,
): boolean | 'unreadable' {
  if (field.when === undefined) return true;
  let unreadable = false;
  const seen = seenInForm(context, (name) => {
    const result = results.get(name);
    if (result?.kind === 'problems') unreadable = true;
    return result?.kind === 'value' ? result.value : undefined;
  });
  const truth = truthOf(field.when, seen);
  return unreadable && truth === 'unknown' ? 'unreadable' : truth === true;
}
