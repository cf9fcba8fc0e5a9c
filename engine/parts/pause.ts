/** Pauses of a stall clock: what of them counts within the ladder's budget, and how they push a due time later. */

import type { Clock } from '../case/state.ts';
import type { Ladder } from '../playbook/ladder.ts';
import { addDurationMs, instantOf, isBusiness, type WorkingCalendar } from '../time/calendar.ts';
import type { Duration } from '../time/duration.ts';
import { type Instant, type Stretch, toMs } from '../time/instant.ts';
import { dateOfDay } from '../time/working-year.ts';

/** `[from, to)` in epoch ms; `to` is infinite while nothing has ended it. */
export type Span = readonly [number, number];

export interface PauseRemaining {
  /** What is left of the budget: working time where the budget counts work, else elapsed time. */
  readonly ms: number;
  /** The same in the budget's own unit, rounded down to a tenth. */
  readonly amount: number;
  readonly unit: Duration['unit'];
  /** A pause that starts now may last until here and no longer. */
  readonly until: Instant;
  /** The last day, `yyyy-MM-dd`, through which it may last; before today when not even today fits. */
  readonly lastDay: string;
}

/**
 * The pauses of a stay that count, in order and apart from each other, ms. They draw on the budget in the order of time;
 * where it is used up the clock runs again, so that every pause has an end, also one that nobody has ended.
 */
export function pauseSpans(ladder: Ladder, calendar: WorkingCalendar, clock: Clock): readonly Span[] {
  return withinBudget(ladder, calendar, clock, merged(clock.pauses.map(spanOf)));
}

/** `pauseSpans` as instants, for showing: the end of the last is when an open pause runs out of budget. */
export function pauseStretches(ladder: Ladder, calendar: WorkingCalendar, clock: Clock): Stretch[] {
  return pauseSpans(ladder, calendar, clock).map(stretchOf);
}

/** What is left to pause in this stay, should a pause start now; undefined when the ladder knows no pausing. */
export function pauseRemaining(
  ladder: Ladder,
  calendar: WorkingCalendar,
  clock: Clock,
  now: Instant,
): PauseRemaining | undefined {
  const budget = ladder.pause_budget;
  if (budget === undefined) return undefined;
  const nowMs = toMs(now);
  const known = clock.pauses.map((pause): Span => (pause.to === undefined ? [toMs(pause.from), nowMs] : spanOf(pause)));
  const total = budgetMs(calendar, clock, budget);
  const used = withinBudget(ladder, calendar, clock, merged(known)).reduce(
    (sum, span) => sum + draws(calendar, budget, span),
    0,
  );
  const toTheEnd = withinBudget(ladder, calendar, clock, merged([...known, [nowMs, Number.POSITIVE_INFINITY]]));
  const ms = Math.max(0, total - used);
  const whole = total / Math.max(1, budget.amount);
  const until = Math.max(nowMs, toTheEnd.at(-1)?.[1] ?? nowMs);
  return {
    ms,
    amount: whole > 0 ? Math.floor((ms * 10) / whole) / 10 : 0,
    unit: budget.unit,
    until: instantOf(until),
    lastDay: dateOfDay(calendar.dayOf(until) - 1),
  };
}

/**
 * A due time, counted from `base`, after the pauses: each one that begins before it pushes it later by its length, in
 * working time for business units, else in elapsed time. Never earlier than without pauses. All in ms.
 */
export function pushedBy(pauses: readonly Span[], calendar: WorkingCalendar, base: number, duration: Duration): number {
  const due = addDurationMs(calendar, base, duration);
  if (!isBusiness(duration.unit)) return pushedElapsed(pauses, base, due);
  // A clock of days rests at openings; one of hours may ring at the end of a working day.
  const isMovedIntoWork = duration.unit === 'business_days' || duration.amount === 0;
  return pushed(pauses, base, due, (from, to, at) => {
    const end = calendar.add(to, calendar.between(from, at));
    return isMovedIntoWork ? calendar.intoWork(end) : end;
  });
}

/** A due time after the pauses since `base`, in elapsed time; ms. */
export function pushedElapsed(pauses: readonly Span[], base: number, due: number): number {
  return pushed(pauses, base, due, (from, to, at) => at + to - from);
}

function pushed(
  pauses: readonly Span[],
  base: number,
  due: number,
  push: (from: number, to: number, due: number) => number,
): number {
  let at = due;
  for (const [from, to] of pauses) {
    if (to <= base) continue;
    const start = Math.max(from, base);
    if (start >= at) break;
    at = push(start, to, at);
  }
  return at;
}

export function stretchOf([from, to]: Span): Stretch {
  return { from: instantOf(from), to: instantOf(to) };
}

function spanOf(pause: Clock['pauses'][number]): Span {
  return [toMs(pause.from), pause.to === undefined ? Number.POSITIVE_INFINITY : toMs(pause.to)];
}

/** One stretch where several overlap: nobody pauses twice at once. */
function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last === undefined || span[0] > last[1]) result.push(span);
    else result[result.length - 1] = [last[0], Math.max(last[1], span[1])];
  }
  return result;
}

function withinBudget(
  ladder: Ladder,
  calendar: WorkingCalendar,
  clock: Clock,
  spans: readonly Span[],
): readonly Span[] {
  const budget = ladder.pause_budget;
  if (budget === undefined) return [];
  const result: Span[] = [];
  let left = budgetMs(calendar, clock, budget);
  for (const [from, to] of spans) {
    if (left <= 0) break;
    // A budget of work is used up when work begins that it no longer covers: the evening before is still paused.
    const end = isBusiness(budget.unit) ? calendar.intoWork(calendar.add(from, left)) : from + left;
    result.push([from, Math.min(end, to)]);
    if (end <= to) break;
    left -= draws(calendar, budget, [from, to]);
  }
  return result;
}

/** How much of the budget a pause takes, in ms of the budget's clock. */
function draws(calendar: WorkingCalendar, budget: Duration, [from, to]: Span): number {
  return isBusiness(budget.unit) ? calendar.between(from, to) : to - from;
}

/** A business day of a budget is the working time of a usual day; months are those that follow the start of the stay. */
function budgetMs(calendar: WorkingCalendar, clock: Clock, budget: Duration): number {
  if (budget.unit === 'business_days') return budget.amount * calendar.usualDayMs;
  if (budget.unit === 'business_hours') return budget.amount * 3_600_000;
  const start = toMs(clock.entered_at);
  return addDurationMs(calendar, start, budget) - start;
}
