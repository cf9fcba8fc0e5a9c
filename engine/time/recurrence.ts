/** What comes again and again: `every Friday 17:00`, `every quarter, 5 business days before its end 12:00`, laid into a calendar. */

import type { Text } from '../playbook/text.ts';
import { instantOf, isWorkingDay, type WorkingCalendar } from './calendar.ts';
import type { Instant } from './instant.ts';
import { dateOfDay, dayNumber } from './working-year.ts';

export const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const NAMES: readonly string[] = WEEKDAY_NAMES;

const SPANS = ['month', 'quarter', 'year'] as const;
export type Span = (typeof SPANS)[number];

/** `time`: minutes from midnight. */
export type Recurrence =
  | { readonly every: 'working_day'; readonly time: number }
  /** `weekday`: 0 is Monday. `nth`: every so many weeks, counted from the week of Monday 1970-01-05. */
  | { readonly every: 'week'; readonly nth: number; readonly weekday: number; readonly time: number }
  | { readonly every: Span; readonly days: number; readonly from: 'start' | 'end'; readonly time: number };

export type ParsedRecurrence =
  | { readonly ok: true; readonly recurrence: Recurrence }
  | { readonly ok: false; readonly hint: Text };

const TIME = '([01][0-9]|2[0-3]):([0-5][0-9])';
const WORKING_DAY = new RegExp(`^every working day ${TIME}$`, 'u');
const WEEK = new RegExp(`^every (?:([2-9]) weeks on )?([A-Za-z]+) ${TIME}$`, 'u');
const SPAN = new RegExp(
  `^every (month|quarter|year), (\\d{1,3}) business days? (before its end|after its start) ${TIME}$`,
  'u',
);

const EXAMPLES: Text = {
  zh: '例：`every Friday 17:00`、`every working day 18:00`、`every 2 weeks on Wednesday 15:00`、`every month, 3 business days before its end 17:00`',
  en: 'such as `every Friday 17:00`, `every working day 18:00`, `every 2 weeks on Wednesday 15:00`, `every month, 3 business days before its end 17:00`',
};

export function parseRecurrence(written: string): ParsedRecurrence {
  const text = written.trim();
  const daily = WORKING_DAY.exec(text);
  if (daily) return { ok: true, recurrence: { every: 'working_day', time: minutesOf(daily[1], daily[2]) } };
  const weekly = WEEK.exec(text);
  const weekday = NAMES.indexOf(weekly?.[2] ?? '');
  if (weekly && weekday >= 0) {
    const time = minutesOf(weekly[3], weekly[4]);
    return { ok: true, recurrence: { every: 'week', nth: Number(weekly[1] ?? 1), weekday, time } };
  }
  const span = SPAN.exec(text);
  const every = SPANS.find((one) => one === span?.[1]);
  if (!span || every === undefined) return { ok: false, hint: EXAMPLES };
  const from = span[3] === 'before its end' ? 'end' : 'start';
  return { ok: true, recurrence: { every, days: Number(span[2]), from, time: minutesOf(span[4], span[5]) } };
}

function minutesOf(hours = '0', minutes = '0'): number {
  return Number(hours) * 60 + Number(minutes);
}

/** One time round: the stretch of days it is for, and when it is due. */
export interface Occurrence {
  /** `2026-10-20`, `2026-W43`, `2026-10`, `2026-Q4`, `2026`. */
  readonly period: string;
  /** Days, both included. */
  readonly from: string;
  readonly until: string;
  readonly due_on: string;
  readonly due_at: Instant;
}

/** Where the day that is named is a day off: the last working day before it, the first one after it, within its week; or nothing is due. */
export const DAY_OFF_RULES = ['before', 'after', 'skip'] as const;
export type DayOffRule = (typeof DAY_OFF_RULES)[number];

/** A year and a half: what is due in none of so many days is never due. */
const HORIZON_DAYS = 550;

/**
 * The first that is due on a day after the one named. Absent: none is within a year and a half.
 *
 * @param after `yyyy-MM-dd`
 */
export function nextAfter(
  recurrence: Recurrence,
  dayOff: DayOffRule,
  calendar: WorkingCalendar,
  after: string,
): Occurrence | undefined {
  const first = dayNumber(after);
  for (let day = first; day <= first + HORIZON_DAYS; ) {
    const [from, until] = periodAround(recurrence, day);
    const due = dueIn(recurrence, dayOff, calendar, [from, until]);
    if (due !== undefined && due > first) return occurrence(recurrence, calendar, [from, until], due);
    day = until + 1;
  }
  return undefined;
}

type Days = readonly [from: number, until: number];

const MONDAY = dayNumber('1970-01-05');

function periodAround(recurrence: Recurrence, day: number): Days {
  switch (recurrence.every) {
    case 'working_day':
      return [day, day];
    case 'week': {
      const length = 7 * recurrence.nth;
      const from = day - ((((day - MONDAY) % length) + length) % length);
      return [from, from + length - 1];
    }
    default: {
      const date = new Date(day * 86_400_000);
      const months = { month: 1, quarter: 3, year: 12 }[recurrence.every];
      const month = Math.floor(date.getUTCMonth() / months) * months;
      const at = (add: number): number => Math.floor(Date.UTC(date.getUTCFullYear(), month + add, 1) / 86_400_000);
      return [at(0), at(months) - 1];
    }
  }
}

/** The number of the day it is due on; absent: on none of the period's. */
function dueIn(
  recurrence: Recurrence,
  dayOff: DayOffRule,
  calendar: WorkingCalendar,
  [from, until]: Days,
): number | undefined {
  const isWorked = (day: number): boolean => isWorkingDay(calendar, dateOfDay(day));
  const all = Array.from({ length: until - from + 1 }, (_, i) => from + i);
  if (recurrence.every === 'working_day') return isWorked(from) ? from : undefined;
  if (recurrence.every !== 'week') {
    const worked = all.filter(isWorked);
    // One business day before the end leaves that one day of work after it; none is the last day itself.
    return recurrence.from === 'end' ? worked.at(-1 - recurrence.days) : worked[recurrence.days];
  }
  const named = until - 6 + recurrence.weekday;
  if (isWorked(named)) return named;
  if (dayOff === 'skip') return undefined;
  const week = all.slice(-7);
  const before = week.filter((day) => day < named && isWorked(day)).at(-1);
  const after = week.find((day) => day > named && isWorked(day));
  // A week that has no working day on the one side may have some on the other, make-up days among them.
  return dayOff === 'before' ? (before ?? after) : (after ?? before);
}

function occurrence(recurrence: Recurrence, calendar: WorkingCalendar, [from, until]: Days, due: number): Occurrence {
  return {
    period: periodName(recurrence, from),
    from: dateOfDay(from),
    until: dateOfDay(until),
    due_on: dateOfDay(due),
    due_at: instantOf(calendar.zone.fromLocal(due * 86_400_000 + recurrence.time * 60_000)),
  };
}

function periodName({ every }: Recurrence, from: number): string {
  const date = dateOfDay(from);
  switch (every) {
    case 'working_day':
      return date;
    case 'week':
      return weekName(from);
    case 'month':
      return date.slice(0, 7);
    case 'quarter':
      return `${date.slice(0, 4)}-Q${Math.floor(Number(date.slice(5, 7)) / 3) + 1}`;
    case 'year':
      return date.slice(0, 4);
  }
}

/** ISO 8601: the week belongs to the year that its Thursday lies in. */
function weekName(monday: number): string {
  const thursday = dateOfDay(monday + 3);
  const year = thursday.slice(0, 4);
  const first = dayNumber(`${year}-01-01`);
  const week = Math.floor((monday + 3 - first) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Whether there is any calendar in which it can be due: so many business days are in no such span. */
export function canBeDue(recurrence: Recurrence): boolean {
  if (recurrence.every === 'working_day' || recurrence.every === 'week') return true;
  return recurrence.days < { month: 23, quarter: 66, year: 262 }[recurrence.every];
}
