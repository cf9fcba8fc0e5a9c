/** Judges a move once more that was allowed: every criterion on its way, and every value it saw. */

import { routeCriteria } from '../../engine/case/criteria.ts';
import { type Criterion, isMet } from '../../engine/case/criterion.ts';
import { type Route, routeTo } from '../../engine/case/route.ts';
import { seenOf } from '../../engine/case/seen-of.ts';
import type { CaseState } from '../../engine/case/state.ts';
import { stands } from '../../engine/case/waivers/waiver.ts';
import { evaluate } from '../../engine/condition/evaluate.ts';
import type { LeafResult } from '../../engine/condition/result.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import type { WorkingCalendar } from '../../engine/time/calendar.ts';
import type { JournalEntry } from '../journal-entry.ts';

export interface JudgedCriterion {
  readonly about: string;
  readonly mode: Criterion['mode'];
  /** `met`, or what let the case pass without it. */
  readonly standing: 'met' | 'waived' | 'unmet';
  readonly leaves: readonly LeafResult[];
}

export type Verdict = {
  readonly entry: number;
  readonly at: string;
  readonly by: string;
  readonly command: unknown;
} & (
  | { readonly said: 'no'; readonly reasons: readonly unknown[] }
  | { readonly said: 'yes'; readonly criteria: readonly JudgedCriterion[] }
);

/** Absent for entries that move no case along its stages. @param state before the entry */
export function passedBy(
  state: CaseState,
  rules: Rules,
  calendar: WorkingCalendar,
  entry: JournalEntry,
): readonly JudgedCriterion[] | undefined {
  const route = routeOf(state, rules, entry.command);
  if (route === undefined) return undefined;
  const seen = seenOf(rules, calendar, state, { now: entry.at });
  return routeCriteria(rules, state, route).map((criterion) => {
    const { truth, leaves } = evaluate(criterion.condition, seen);
    const waiver = state.waivers?.[criterion.about];
    const isWaived = waiver !== undefined && stands(waiver, entry.at);
    const standing = isMet(criterion, truth) ? 'met' : isWaived ? 'waived' : 'unmet';
    return { about: criterion.about, mode: criterion.mode, standing, leaves };
  });
}

function routeOf(state: CaseState, { pipeline }: Rules, command: unknown): Route | undefined {
  if (typeof command !== 'object' || command === null) return undefined;
  const name: unknown = Reflect.get(command, 'command');
  const to: unknown = Reflect.get(command, 'to');
  if (name === 'advance') return routeTo(pipeline, state, typeof to === 'string' ? to : undefined);
  return name === 'close' && Reflect.get(command, 'as') === 'won' ? routeTo(pipeline, state) : undefined;
}
