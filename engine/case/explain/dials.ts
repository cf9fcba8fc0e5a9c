/** Ways to turn a fact up and down by one number. */

import type { Fact, Row, Value } from '../../playbook/value.ts';
import { measure, valueAt } from './measure.ts';
import type { Situation } from './situation.ts';
import type { Grain } from './turning-points.ts';

export interface Dial {
  /** Where to look first; what is looked for lies between them. */
  readonly probes: readonly number[];
  readonly grain: Grain;
  /** Where to stand while another fact is turned. */
  readonly seeds: readonly number[];
  value(x: number): Value | undefined;
}

/** What is known about the fact so far: rows are turned from those already tried. */
export interface Tried {
  readonly values: readonly Value[];
  /** What money without a currency of its own may be in. */
  readonly currencies: readonly string[];
}

export function dialsOf(spec: Fact, tried: Tried, situation: Situation): readonly Dial[] {
  if (spec.type !== 'rows') return sizeDials(spec, tried.currencies, situation);
  // One list of each length is enough to turn the others from.
  const byLength = new Map(tried.values.filter(isRows).map((rows) => [rows.length, rows]));
  const bases = [...byLength.values()].filter((rows) => rows.length > 0 && rows.length <= LONG_ROWS).slice(0, BASES);
  return bases.flatMap((base) => rowDials(spec, base, tried.currencies, situation));
}

const POWERS = [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((power) => 10 ** power);
const NUMBERS = [...POWERS.map((size) => -size), 0, ...POWERS];
/** In minor units; amounts below nothing are none to aim at. */
const AMOUNTS = [0, ...POWERS.map((size) => size * 100), 1e12, 1e13];
const SUMS = [100_00, 1_000_000_00];
const DAYS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 20_000];
const LONG_ROWS = 20;
const BASES = 4;
/** Nobody is asked for more rows than that. */
const MOST_ROWS = 100;
const COUNTS = [0, 1, 2, 3, 5, 10, 20, 50, MOST_ROWS];

type Sized = Pick<Fact, 'type' | 'min' | 'max'> & { readonly currency?: string };

function sizeDials(spec: Sized, currencies: readonly string[], situation: Situation): readonly Dial[] {
  const [low, high] = [limitOf(spec.min, -1), limitOf(spec.max, 1)];
  const inside = (points: readonly number[]): readonly number[] =>
    [...points, low, high].filter((x) => Number.isFinite(x) && x >= low && x <= high);
  const dial = (grain: Grain, probes: readonly number[], seeds: readonly number[], currency = ''): Dial => ({
    probes: inside(probes),
    grain,
    seeds: inside(seeds),
    value: (x) => valueAt(spec.type, x, currency),
  });
  switch (spec.type) {
    case 'number':
    case 'percent':
      return [dial('fine', NUMBERS, [1, 10, -1])];
    case 'money':
      return (spec.currency === undefined ? currencies : [spec.currency]).map((one) =>
        dial('whole', AMOUNTS, SUMS, one),
      );
    case 'date':
      return [dial('whole', daysAround(situation, DAYS), daysAround(situation, [10]))];
    default:
      return [];
  }
}

/** `side` where there is no limit: below everything, or above. */
function limitOf(limit: number | string | undefined, side: -1 | 1): number {
  return (limit === undefined ? undefined : measure(limit)) ?? side * Number.POSITIVE_INFINITY;
}

function daysAround({ plain }: Situation, distances: readonly number[]): readonly number[] {
  const today = measure(plain.today) ?? 0;
  return [today, ...distances.map((days) => today + days), ...distances.map((days) => today - days)];
}

function isRows(value: Value): value is readonly Row[] {
  return Array.isArray(value) && value.every((row) => typeof row === 'object');
}

/** How many rows like the first there are; and what a column of all of them holds. */
function rowDials(
  spec: Fact,
  base: readonly Row[],
  currencies: readonly string[],
  situation: Situation,
): readonly Dial[] {
  const [first] = base;
  if (first === undefined) return [];
  const count: Dial = { probes: COUNTS, grain: 'whole', seeds: [1, 2], value: (x) => repeated(first, x) };
  const columns = (spec.fields ?? []).flatMap((field) =>
    sizeDials(field, currencies, situation).map(({ probes, grain, value }): Dial => {
      const filled = (x: number): Value | undefined => {
        const cell = value(x);
        return cell && base.map((row) => ({ ...row, [field.field]: cell }));
      };
      return { probes, grain, seeds: [], value: filled };
    }),
  );
  return [count, ...columns];
}

function repeated(row: Row, count: number): Value | undefined {
  return count >= 0 && count <= MOST_ROWS ? Array.from({ length: Math.round(count) }, () => row) : undefined;
}
