/** How somebody stands on a scorecard: each measure beside its target and threshold. Nobody is ranked against another (D38). */

import type { Scorecard, ScorecardRow } from '../playbook/scorecard.ts';
import type { Value } from '../playbook/value.ts';
import { measureOf } from './catalogue.ts';
import { factNameOf } from './rep-facts.ts';

export const ROW_STANDINGS = ['met', 'below', 'breach', 'too_few', 'no_data'] as const;
export type RowStanding = (typeof ROW_STANDINGS)[number];

export interface ScorecardStanding {
  readonly row: ScorecardRow;
  readonly value?: Value;
  readonly n: number;
  readonly standing: RowStanding;
  /** The value over the target, where more is better; the target over the value, where less is. */
  readonly attainment?: number;
}

/** @param facts of the person, by the names of `REP_FACTS` */
export function standingsOn(
  { measures }: Scorecard,
  facts: Readonly<Record<string, Value>>,
): readonly ScorecardStanding[] {
  return measures.map((row) => standingOf(row, facts));
}

function standingOf(row: ScorecardRow, facts: Readonly<Record<string, Value>>): ScorecardStanding {
  const name = factNameOf(row.measure);
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
  const n = Number(facts[`${name}_n`] ?? 0);
  if (value === undefined) return { row, n, standing: 'no_data' };
  const { better, how } = measureOf(row.measure);
  // Of what is counted, none is a figure as well.
  if (how === 'average' && n < row.cases) return { row, value, n, standing: 'too_few' };
  const [own, target] = [plain(value), plain(row.target)];
  if (own === undefined || target === undefined || isOtherMoney(value, row.target)) {
    return { row, value, n, standing: 'no_data' };
  }
  const isAsGood = (level: number): boolean => (better === 'higher' ? own >= level : own <= level);
  const threshold = row.threshold === undefined ? undefined : plain(row.threshold);
  const breach = threshold !== undefined && !isAsGood(threshold);
  const [part, whole] = better === 'higher' ? [own, target] : [target, own];
  return {
    row,
    value,
    n,
    standing: isAsGood(target) ? 'met' : breach ? 'breach' : 'below',
    ...(whole !== 0 && { attainment: part / whole }),
  };
}

function plain(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && 'minor' in value ? value.minor : undefined;
}

function isOtherMoney(one: Value, other: Value): boolean {
  const currencyOf = (value: Value): string | undefined =>
    typeof value === 'object' && 'currency' in value ? value.currency : undefined;
  return currencyOf(one) !== currencyOf(other);
}
