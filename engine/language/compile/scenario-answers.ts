/** What goes with a command of a timeline: facts, the answers of a form, plain words; each name checked where it leads. */

import type { RawValues } from '../../case/command.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { FieldsSource } from '../kinds/form.ts';
import type { LineSource } from '../kinds/scenarios.ts';
import { isMissing } from '../shape/scalar.ts';
import { rawValue } from './raw.ts';
import { checkName, type ScenarioScope } from './scenario-scope.ts';
import { checkGiven } from './scenario-values.ts';

export type Answers = NonNullable<LineSource['with']>;

/** @param lenient the line says the command is invalid: names may lead nowhere */
export function rawFacts(answers: Answers, scope: ScenarioScope, lenient: boolean): RawValues {
  const entries = answers.map(({ key, value }): [string, unknown] => {
    const source = scope.cases.map((one) => one.facts.get(key.value)).find((one) => one !== undefined);
    if (!lenient) checkName('fact', key.value, key.place, scope);
    if (!lenient && source) checkGiven(key.value, source, value, scope.report);
    if (!lenient && source?.from) scope.report('derived-set', key.place, { name: key.value });
    return [key.value, rawValue(value, source)];
  });
  return Object.fromEntries(entries);
}

/** @param lenient the line says the command is invalid: names may lead nowhere */
export function rawFields(answers: Answers, form: FieldsSource, scope: ScenarioScope, lenient: boolean): RawValues {
  const names = form.map(({ key }) => key.value);
  const entries = answers.map(({ key, value }): [string, unknown] => {
    if (!lenient && !names.includes(key.value)) {
      scope.report('unknown-field', key.place, { written: key.value }, { hint: didYouMean(key.value, names) });
    }
    const field = form.find((one) => one.key.value === key.value)?.value;
    if (!lenient && field) checkGiven(key.value, field, value, scope.report);
    return [key.value, rawValue(value, field)];
  });
  return Object.fromEntries(entries);
}

/** Names of plain answers a command takes; others would do nothing. */
export function checkAnswers(answers: Answers, command: string, taken: readonly string[], scope: ScenarioScope): void {
  for (const { key } of answers) {
    if (taken.includes(key.value)) continue;
    const hint = didYouMean(key.value, taken);
    scope.report('unknown-argument', key.place, { way: command, written: key.value }, { hint });
  }
}

export function textOf(key: string, answers: Answers): string | undefined {
  const node = answers.find((one) => one.key.value === key)?.value;
  return node?.kind === 'scalar' && !isMissing(node) ? node.text : undefined;
}

/** The answers named, where they are given. */
export function textsOf<K extends string>(keys: readonly K[], answers: Answers): { readonly [P in K]?: string } {
  const given = keys.flatMap((key) => {
    const value = textOf(key, answers);
    return value === undefined ? [] : [[key, value] as const];
  });
  // Object.fromEntries widens the keys; they are among those asked for.
  return Object.fromEntries(given) as { readonly [P in K]?: string };
}
