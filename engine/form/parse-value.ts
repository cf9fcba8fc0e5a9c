/** Reads and checks one value, of a fact or a field, at the border where its sender can still be told. */

import type { Problem } from '../case/outcome.ts';
import type { Value } from '../playbook/value.ts';
import { valueLimitProblems } from './limits.ts';
import { problem } from './problems.ts';
import { readValue } from './read-answers.ts';
import type { AnswerContext, ValueSpec } from './value-spec.ts';

export type ParsedValue =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The value in the form it is kept in, within the limits of its spec. Texts are trimmed; money, percentages, numbers and
 * yes_no may be written as people do. Nothing, null and blank text are refused: whoever may leave a value out asks before.
 */
export function parseValue(spec: ValueSpec, raw: unknown, context: AnswerContext): ParsedValue {
  const path = context.path ?? '';
  const read = readValue(spec, raw, context, path);
  if (read.kind === 'problems') return { ok: false, problems: read.problems };
  if (read.kind === 'nothing') return { ok: false, problems: [problem('empty', path)] };
  const problems = valueLimitProblems(spec, read.value, path);
  return problems.length === 0 ? { ok: true, value: read.value } : { ok: false, problems };
}
