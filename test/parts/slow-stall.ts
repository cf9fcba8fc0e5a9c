/** The oracle for stall clocks: lives through a stay quarter by quarter, with a counter for everything that is counted. */

import type { LadderInput } from '../../engine/parts/ladder.ts';
import type { Duration } from '../../engine/time/duration.ts';
import { toMs } from '../../engine/time/instant.ts';
import { isAtWork, QUARTER_MS } from '../../simulation/oracle/slow-clock.ts';

export interface SlowStall {
  /** Epoch ms; undefined when not reached within `days`. */
  readonly startedAt?: number;
  /** By rung, as far as reached. */
  readonly dues: readonly number[];
  readonly livedUntil: number;
}

const HOUR_MS = 3_600_000;

/** Every length must be more than nothing, in hours, days or business hours; all instants on quarters. */
export function liveThrough({ ladder, calendar, timebox, clock }: Omit<LadderInput, 'now'>, days: number): SlowStall {
  const rule = calendar.calendar;
  const budget = ladder.pause_budget;
  let budgetLeft = budget === undefined ? 0 : lengthMs(budget);
  const ran = { timebox: 0, quiet: 0, stall: ladder.rungs.map(() => 0) };
  let startedAt: number | undefined;
  let isPaused = false;
  const dues: number[] = [];
  const begin = toMs(clock.entered_at);
  const end = begin + days * 24 * HOUR_MS;
  for (let now = begin; now < end; now += QUARTER_MS) {
    const isOver = timebox !== undefined && ran.timebox >= lengthMs(timebox);
    const isQuiet = ladder.starts.some((start) => start.kind === 'no_activity' && ran.quiet >= lengthMs(start.for));
    if (startedAt === undefined && (isOver || isQuiet)) startedAt = now;
    while (startedAt !== undefined && dues.length < ladder.rungs.length) {
      const next = ladder.rungs[dues.length];
      if (next === undefined || (ran.stall[dues.length] ?? 0) < lengthMs(next.after)) break;
      dues.push(now);
    }

    const atWork = isAtWork(rule, now);
    const counts = (length: Duration): number => (length.unit !== 'business_hours' || atWork ? QUARTER_MS : 0);
    const isAsked = clock.pauses.some(({ from, to }) => toMs(from) <= now && (to === undefined || now < toMs(to)));
    // What draws nothing, such as the night after the last day of the budget, needs nothing left.
    const isFree: boolean = isPaused && budget !== undefined && counts(budget) === 0;
    isPaused = isAsked && (budgetLeft > 0 || isFree);
    if (isPaused) {
      if (budget !== undefined) budgetLeft -= counts(budget);
      continue;
    }
    if (timebox !== undefined) ran.timebox += counts(timebox);
    for (const start of ladder.starts) {
      if (start.kind === 'no_activity' && now >= toMs(clock.last_activity_at)) ran.quiet += counts(start.for);
    }
    if (startedAt === undefined) continue;
    for (const [index, rung] of ladder.rungs.entries()) ran.stall[index] = (ran.stall[index] ?? 0) + counts(rung.after);
  }
  return { dues, livedUntil: end, ...(startedAt !== undefined && { startedAt }) };
}

function lengthMs({ amount, unit }: Duration): number {
  return amount * (unit === 'days' ? 24 * HOUR_MS : HOUR_MS);
}
