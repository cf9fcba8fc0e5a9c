/** The stretch of days that measures are taken over. */

import { endOfDay, isWorkingDay, startOfDay, type WorkingCalendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { dateOfDay, dayNumber } from '../time/working-year.ts';

/** What a baseline is taken over, and what people see who name no days: a quarter of 13 weeks. */
export const USUAL_DAYS = 91;

export interface MeasuredPeriod {
  /** Days, both included. */
  readonly days: { readonly from: string; readonly until: string };
  /** From one instant to before another. */
  readonly from: Instant;
  readonly until: Instant;
  readonly weeks: number;
  readonly workdays: number;
}

/** @param calendar absent: days are those of UTC, Monday to Friday are worked */
export function measuredPeriod(calendar: WorkingCalendar | undefined, from: string, until: string): MeasuredPeriod {
  const all = Array.from({ length: dayNumber(until) - dayNumber(from) + 1 }, (_, i) => dateOfDay(dayNumber(from) + i));
  const isWorked = (day: string): boolean =>
    calendar === undefined ? ![0, 6].includes(new Date(day).getUTCDay()) : isWorkingDay(calendar, day);
  const instants =
    calendar === undefined
      ? { from: `${from}T00:00:00.000Z`, until: `${dateOfDay(dayNumber(until) + 1)}T00:00:00.000Z` }
      : { from: startOfDay(calendar, from), until: endOfDay(calendar, until) };
  const weeks = (Date.parse(instants.until) - Date.parse(instants.from)) / (7 * 86_400_000);
  return { days: { from, until }, ...instants, weeks, workdays: all.filter(isWorked).length };
}

/** So many days up to one, that one included. */
export function daysUpTo(until: string, days = USUAL_DAYS): { readonly from: string; readonly until: string } {
  return { from: dateOfDay(dayNumber(until) - days + 1), until };
}
