/** Compares durations, as far as their clocks allow. */

import type { Duration, DurationUnit } from '../../time/duration.ts';

/** Units of the same clock, in its smallest; months and the working units have a clock of their own. */
const ELAPSED: Partial<Record<DurationUnit, number>> = { minutes: 1, hours: 60, days: 1440, weeks: 10_080 };

/** Negative when the first is shorter, zero when equal; nothing when they count on different clocks. */
export function compareDurations(a: Duration, b: Duration): number | undefined {
  if (a.amount === 0 || b.amount === 0 || a.unit === b.unit) return a.amount - b.amount;
  const [left, right] = [ELAPSED[a.unit], ELAPSED[b.unit]];
  return left === undefined || right === undefined ? undefined : a.amount * left - b.amount * right;
}
