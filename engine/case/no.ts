/** Builds the three ways to say no: a code, its words in both languages, and what belongs to it. */

import type { Text } from '../playbook/text.ts';
import type { CaseEvent } from './event.ts';
import type { Outcome, Problem, Reason } from './outcome.ts';
import { FORBIDDEN_TEXTS } from './texts/forbidden-texts.ts';
import { PROBLEM_TEXTS } from './texts/problem-texts.ts';
import { REFUSAL_TEXTS } from './texts/refusal-texts.ts';

type Tables = {
  readonly refusal: typeof REFUSAL_TEXTS;
  readonly problem: typeof PROBLEM_TEXTS;
  readonly forbidden: typeof FORBIDDEN_TEXTS;
};
type Args<T extends keyof Tables, C extends keyof Tables[T]> = Tables[T][C] extends (...args: infer A) => Text
  ? A
  : never;

const TABLES: Tables = { refusal: REFUSAL_TEXTS, problem: PROBLEM_TEXTS, forbidden: FORBIDDEN_TEXTS };

function say<T extends keyof Tables, C extends keyof Tables[T]>(table: T, code: C, args: Args<T, C>): Text {
  // The tables are typed by code; TypeScript cannot follow a code that is still a type parameter into its arguments.
  const words = TABLES[table][code] as (...given: Args<T, C>) => Text;
  return words(...args);
}

/** A reason that the state of the case gives, not a criterion. */
export function refusal<C extends keyof Tables['refusal'] & string>(
  code: C,
  args: Args<'refusal', C>,
  more: Partial<Omit<Reason, 'code' | 'message'>> = {},
): Reason {
  return { code, message: say('refusal', code, args), unmet: [], can_meet: [], under_way: [], ...more };
}

/** @param path JSON pointer into the command */
export function misfit<C extends keyof Tables['problem'] & string>(
  code: C,
  path: string,
  ...args: Args<'problem', C>
): Problem {
  return { code, path, message: say('problem', code, args) };
}

export function refused(...reasons: readonly Reason[]): Outcome<CaseEvent> {
  return { outcome: 'refused', reasons };
}

export function invalid(...problems: readonly Problem[]): Outcome<CaseEvent> {
  return { outcome: 'invalid', problems };
}

export function forbidden<C extends keyof Tables['forbidden'] & string>(
  code: C,
  ...args: Args<'forbidden', C>
): Outcome<CaseEvent> {
  return { outcome: 'forbidden', reason: { code, path: '', message: say('forbidden', code, args) } };
}
