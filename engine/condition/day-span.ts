/** Days against durations: whether a calendar day lies within a length of time from now, or at least so long ago. */

import type { Value } from '../playbook/value.ts';
import { addDuration, localDate, startOfDay, type WorkingCalendar } from '../time/calendar.ts';
import type { Duration } from '../time/duration.ts';
import type { Instant } from '../time/instant.ts';
import { dayNumber } from '../time/working-year.ts';
import type { Comparison } from './compare.ts';

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const LAST_DAY_MS = Date.UTC(9999, 11, 31);
/** Past every day there is; beyond it lie numbers that are no dates at all. */
const MOST_MONTHS = 12 * 10_000;

/** Spans beyond the last year of four digits end on its last day, so that text order stays time order. */
function dayText(ms: number): string {
  return new Date(Math.min(ms, LAST_DAY_MS)).toISOString().slice(0, 10);
}

function plusMonths(date: string, months: number): string {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7)) - 1 + Math.min(months, MOST_MONTHS);
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayText(Date.UTC(year, month, Math.min(Number(date.slice(8)), lastDay)));
}

/** The day that lies this long after the given one. Days, weeks and months are counted on the calendar page, so that no hour of daylight saving shifts them. */
function dayAfter(calendar: WorkingCalendar, date: string, span: Duration): string {
  switch (span.unit) {
    case 'days':
      return dayText((dayNumber(date) + span.amount) * DAY_MS);
    case 'weeks':
      return dayText((dayNumber(date) + span.amount * 7) * DAY_MS);
    case 'months':
      return plusMonths(date, span.amount);
    default:
      return localDate(calendar, addDuration(calendar, startOfDay(calendar, date), span));
  }
}

/** Whether a value has the form of a day, `yyyy-MM-dd`. */
export function isDay(value: Value): value is string {
  return typeof value === 'string' && DATE.test(value);
}

/** Whether the day is no further from today than the span, in the future or the past, both ends included. */
export function isWithin(calendar: WorkingCalendar, now: Instant, day: Value, span: Duration): Comparison {
  if (!isDay(day)) return 'type-differs';
  const today = localDate(calendar, now);
  return day > today ? day <= dayAfter(calendar, today, span) : dayAfter(calendar, day, span) >= today;
}

/** Whether the day is past by at least the span. */
export function isAgo(calendar: WorkingCalendar, now: Instant, day: Value, span: Duration): Comparison {
  if (!isDay(day)) return 'type-differs';
  return dayAfter(calendar, day, span) <= localDate(calendar, now);
}
