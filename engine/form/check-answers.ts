/** Checks the answers to a form: evidence, a demand, whatever a playbook asks by `fields`. */

import type { Problem } from '../case/outcome.ts';
import type { Field, Value } from '../playbook/value.ts';
import { formLimitProblems } from './limits.ts';
import { readAnswers } from './read-answers.ts';
import type { AnswerContext } from './value-spec.ts';

export type CheckedAnswers =
  | { readonly ok: true; readonly values: Readonly<Record<string, Value>> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Beyond so many problems nobody reads on, and a hostile form must not make a long answer. */
const PROBLEMS_TOLD = 100;

/**
 * The answers in the form they are kept in, or everything wrong with them: each field asked is answered unless optional,
 * none is answered that is unknown or not asked, each value is of its type and within its limits. `raw` absent is an
 * empty form.
 */
export function checkAnswers(fields: readonly Field[], raw: unknown, context: AnswerContext): CheckedAnswers {
  const path = context.path ?? '';
  const { values, problems: unread } = readAnswers(fields, raw ?? {}, context, path);
  const problems = [...unread, ...formLimitProblems(fields, values, path)];
  return problems.length === 0 ? { ok: true, values } : { ok: false, problems: problems.slice(0, PROBLEMS_TOLD) };
}
