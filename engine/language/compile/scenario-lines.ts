/** The lines of a timeline as far as every kind of scenario has them: when, by whom, what is expected, what is answered. */

import type { Expectation, RefusalPattern, ScenarioTime, TimelineLine } from '../../playbook/scenario.ts';
import type { Text } from '../../playbook/text.ts';
import { parseDuration } from '../../time/duration.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { LineSource, ScenarioSource } from '../kinds/scenarios.ts';
import { isDate } from '../shape/scalar.ts';
import type { Token } from '../shape/shape.ts';
import { readWho, type ScenarioScope } from './scenario-scope.ts';

/** How a kind of scenario writes what is expected, and why something is refused. */
export interface LineGrammar {
  readonly expectation: (token: Token<string>, scope: ScenarioScope) => Expectation | undefined;
  readonly refusal: (token: Token<string>, scope: ScenarioScope) => RefusalPattern | undefined;
}

/** Whose case or who it is, and when it begins. */
export function compileStart({ given }: ScenarioSource, scope: ScenarioScope) {
  readWho(given.owner.value, given.owner.place, scope);
  const starts = readLocal(given.at.value);
  if (!starts) scope.report('bad-time', given.at.place, { written: given.at.value });
  return { owner: given.owner.value, starts_at: starts ?? { date: '', time: '' }, at: given.place.at };
}

/** @param own what a line says besides, its command among it */
export function compileLines<L>(
  source: ScenarioSource,
  scope: ScenarioScope,
  { expectation, refusal }: LineGrammar,
  own: (line: LineSource) => L,
): readonly (L & Omit<TimelineLine<never>, 'do'>)[] {
  let last: ScenarioTime | undefined;
  return source.timeline.map((line) => {
    const when = line.at && compileTime(line.at, scope);
    if (line.at && when && last && isBefore(when, last)) scope.report('line-order', line.at.place);
    last = when ?? last;
    checkLine(line, scope);
    const expect = line.expect?.map((one) => expectation(one, scope)).filter((one) => one !== undefined);
    const refused = line.refused?.map((one) => refusal(one, scope)).filter((one) => one !== undefined);
    return {
      ...(when ? { when } : {}),
      ...own(line),
      ...(line.by ? { by: readWho(line.by.value, line.by.place, scope) } : {}),
      ...(expect ? { expect } : {}),
      ...(refused ? { refused } : {}),
      ...(line.forbidden ? { forbidden: line.forbidden.value } : {}),
      ...(line.invalid ? { invalid: line.invalid.value } : {}),
      at: line.place.at,
    };
  });
}

/** What a line that says it is invalid may write: values of any kind, and a name that leads nowhere where that is its code. */
export function leniency({ invalid }: LineSource): { readonly invalid: boolean; readonly nameless: boolean } {
  const code = invalid?.value;
  return { invalid: code !== undefined, nameless: code !== undefined && /^(any|no-such-.*|.*-unknown)$/.test(code) };
}

/** The command a line names and the words after it; nothing, and reported, where there is none of the name. */
export function readCommand<N extends string>(
  { value, place }: Token<string>,
  forms: Readonly<Record<N, unknown>>,
  { report }: ScenarioScope,
): { readonly name: N; readonly args: readonly string[] } | undefined {
  const [first = '', ...args] = value.trim().split(/\s+/);
  // Object.keys forgets that the keys are the names.
  const names = Object.keys(forms) as N[];
  const name = names.find((one) => one === first);
  if (name === undefined) report('unknown-command', place, { written: first }, { hint: didYouMean(first, names) });
  return name && { name, args };
}

/** Keys that say nothing where they stand. @param of what such scenarios are about */
export function refuseKeys<K extends string>(
  places: Readonly<Partial<Record<K, Place>>>,
  keys: readonly K[],
  of: Text,
  { report }: ScenarioScope,
): void {
  for (const key of keys) {
    const place = places[key];
    if (place) report('scenario-key', place, { key, of });
  }
}

const OUTCOMES = ['refused', 'forbidden', 'invalid'] as const;

/** What cannot be said together, or means nothing alone. */
function checkLine(line: LineSource, scope: ScenarioScope): void {
  const { report } = scope;
  if (!line.do && !line.expect && !line.child && !line.measures) {
    const [key] = (['with', 'by', ...OUTCOMES] as const).filter((one) => line[one]);
    if (key) report('command-missing', line.keyPlaces[key] ?? line.place, { key });
    else if (!line.at) report('empty-line', line.place);
  } else if (!line.do) {
    for (const key of ['with', 'by', ...OUTCOMES] as const) {
      const place = line.keyPlaces[key];
      if (place) report('command-missing', place, { key });
    }
  }
  const [first, second] = OUTCOMES.filter((one) => line[one]);
  if (first && second) report('two-outcomes', line.keyPlaces[second] ?? line.place, { first, second });
  const nothing = line.expect?.find((one) => one.value.trim() === 'nothing');
  if (nothing && (line.expect?.length ?? 0) > 1) report('nothing-and-more', nothing.place);
}

function compileTime(token: Token<string>, scope: ScenarioScope): ScenarioTime | undefined {
  const local = readLocal(token.value);
  if (local) return { kind: 'local', ...local };
  const parsed = parseDuration(token.value);
  if (parsed.ok) return { kind: 'after', duration: parsed.duration };
  scope.report('bad-time', token.place, { written: token.value }, { hint: parsed.hint });
  return undefined;
}

/** `2026-09-28 09:00`. */
function readLocal(text: string): { readonly date: string; readonly time: string } | undefined {
  const [date = '', time = '', more] = text.trim().split(/[ T]+/);
  if (more !== undefined || !isDate(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return undefined;
  return { date, time };
}

/** As far as it can be told without a calendar. */
function isBefore(time: ScenarioTime, last: ScenarioTime): boolean {
  if (time.kind === 'local' && last.kind === 'local') return `${time.date} ${time.time}` < `${last.date} ${last.time}`;
  if (time.kind !== 'after' || last.kind !== 'after') return false;
  return time.duration.unit === last.duration.unit && time.duration.amount < last.duration.amount;
}
