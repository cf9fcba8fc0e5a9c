/** The working time of one local year, laid out once as instants with running sums, so that questions become searches. */

import type { Calendar, Hours } from '../playbook/calendar.ts';
import type { Zone } from './zone.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Days are numbered from 1970-01-01, a Thursday. */
const THURSDAY = 3;

export interface WorkingYear {
  /** Stretches of work in order, epoch ms, `[starts[i], ends[i])`; `worked[i]` is the working time before stretch i. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly worked: readonly number[];
  readonly total: number;
  /** Numbers of the days that have a stretch of work, in order. */
  readonly days: readonly number[];
}

/** The rule of which days work and when, by day number. */
export interface WorkingDays {
  hoursOf(day: number): Hours;
}

/** Number of a date, `yyyy-MM-dd`. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00.000Z`) / DAY_MS);
}

/** Date, `yyyy-MM-dd`, of a day by its number. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Weekday 0 is Monday. */
function weekdayOf(day: number): number {
  return (((day + THURSDAY) % 7) + 7) % 7;
}

/** A make-up day outranks a holiday: it names one day where a holiday names a span. */
export function workingDays(calendar: Calendar): WorkingDays {
  const makeUp = new Set(calendar.make_up_days.map(({ on }) => dayNumber(on)));
  const holidays = calendar.holidays.map(({ from, to }) => [dayNumber(from), dayNumber(to)] as const);
  const usual = usualHours(calendar);
  return {
    hoursOf(day) {
      const isHoliday = holidays.some(([from, to]) => from <= day && day <= to);
      const hours = isHoliday ? [] : (calendar.hours[weekdayOf(day)] ?? []);
      return hours.length === 0 && makeUp.has(day) ? usual : hours;
    },
  };
}

/** Hours of the first weekday that works: what a make-up day takes, and what "a day" is worth in a pause budget. */
export function usualHours(calendar: Calendar): Hours {
  return calendar.hours.find((hours) => hours.length > 0) ?? [];
}

/** Lays out a year day by day; hours that a change of the clock swallows whole are left out. */
export function layOutYear(year: number, days: WorkingDays, zone: Zone): WorkingYear {
  const first = Math.floor(new Date(0).setUTCFullYear(year, 0, 1) / DAY_MS);
  const next = Math.floor(new Date(0).setUTCFullYear(year + 1, 0, 1) / DAY_MS);
  const starts: number[] = [];
  const ends: number[] = [];
  const worked: number[] = [];
  const numbers: number[] = [];
  let total = 0;
  for (let day = first; day < next; day++) {
    for (const [open, close] of days.hoursOf(day)) {
      const start = zone.fromLocal(day * DAY_MS + open * MINUTE_MS);
      const end = zone.fromLocal(day * DAY_MS + close * MINUTE_MS);
      if (end <= start) continue;
      if (numbers.at(-1) !== day) numbers.push(day);
      starts.push(start);
      ends.push(end);
      worked.push(total);
      total += end - start;
    }
  }
  return {
    starts,
    ends,
    worked,
    total,
    days: numbers,
  };
}

/** The index of the first value above `limit` in an ascending list; its length when none is. */
export function firstAbove(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Number.POSITIVE_INFINITY) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
