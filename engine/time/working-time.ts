/** Working time in epoch milliseconds: the arithmetic under `calendar.ts`, years laid out as they are first asked for. */

import type { Calendar } from '../playbook/calendar.ts';
import { firstAbove, layOutYear, usualHours, type WorkingYear, workingDays } from './working-year.ts';
import { type Zone, zoneOf } from './zone.ts';

const DAY_MS = 86_400_000;

/** Work is counted between these years; clocks that would run further stand at the end. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

export interface WorkingTime {
  readonly calendar: Calendar;
  readonly zone: Zone;
  /** Working time of the first weekday that works, in ms. */
  readonly usualDayMs: number;
  /** Number of the local day of an instant. */
  dayOf(ms: number): number;
  isWorkingDay(day: number): boolean;
  /** Working ms in `[from, to)`; 0 when `to` is not after `from`. */
  between(from: number, to: number): number;
  /** The first instant at which `ms` of work are done since `from`; `from` itself for none. */
  add(from: number, ms: number): number;
  /** `ms` itself while at work, else the next opening. */
  intoWork(ms: number): number;
  /** `from` moved into working hours, then the same local time `amount` working days later, again within working hours. */
  addDays(from: number, amount: number): number;
  /** How many working days lie after the day of `from`, up to and with the day of `to`. */
  daysBetween(from: number, to: number): number;
  stretches(from: number, to: number): readonly (readonly [number, number])[];
}

/** @throws RangeError for an unknown zone. */
export function workingTime(calendar: Calendar): WorkingTime {
  const zone = zoneOf(calendar.zone);
  const rule = workingDays(calendar);
  const years = new Map<number, WorkingYear>();

  const year = (number: number): WorkingYear => {
    let laidOut = years.get(number);
    if (laidOut === undefined) {
      laidOut = layOutYear(number, rule, zone);
      years.set(number, laidOut);
    }
    return laidOut;
  };
  const begin = year(FIRST_YEAR).from;
  const horizon = zone.fromLocal(Date.UTC(LAST_YEAR + 1, 0, 1));
  const dayOf = (ms: number): number => Math.floor(zone.toLocal(ms) / DAY_MS);
  const yearNumberOf = (ms: number): number => new Date(zone.toLocal(ms)).getUTCFullYear();

  function between(from: number, to: number): number {
    const start = Math.max(from, begin);
    const end = Math.min(to, horizon);
    if (!(end > start)) return 0;
    const firstYear = yearNumberOf(start);
    const lastYear = Math.min(yearNumberOf(end), LAST_YEAR);
    let sum = workedIn(year(lastYear), end) - workedIn(year(firstYear), start);
    for (let number = firstYear; number < lastYear; number++) sum += year(number).total;
    return sum;
  }

  function add(from: number, ms: number): number {
    if (!(ms > 0)) return from;
    const start = Math.max(from, begin);
    if (start >= horizon) return from;
    let number = yearNumberOf(start);
    let left = ms + workedIn(year(number), start);
    while (left > year(number).total) {
      left -= year(number).total;
      number += 1;
      if (number > LAST_YEAR) return horizon;
    }
    const { worked, starts } = year(number);
    // The last stretch with less work before it than what is left: the end of a day, not the start of the next.
    const index = firstAbove(worked, left - 1) - 1;
    return (starts[index] ?? start) + left - (worked[index] ?? 0);
  }

  function intoWork(ms: number): number {
    const start = Math.max(ms, begin);
    if (start >= horizon) return ms;
    for (let number = yearNumberOf(start); number <= LAST_YEAR; number++) {
      const { starts, ends } = year(number);
      const opening = starts[firstAbove(ends, start)];
      if (opening !== undefined) return Math.max(start, opening);
    }
    return horizon;
  }

  function addDays(from: number, amount: number): number {
    const start = intoWork(from);
    if (start >= horizon || amount === 0) return start;
    const local = zone.toLocal(start);
    const today = Math.floor(local / DAY_MS);
    const timeOfDay = local - today * DAY_MS;
    let number = new Date(local).getUTCFullYear();
    let index = firstAbove(year(number).days, today) + amount - 1;
    while (index >= year(number).days.length) {
      index -= year(number).days.length;
      number += 1;
      if (number > LAST_YEAR) return horizon;
    }
    return intoWork(zone.fromLocal((year(number).days[index] ?? today) * DAY_MS + timeOfDay));
  }

  function daysBetween(from: number, to: number): number {
    const start = Math.max(from, begin);
    const end = Math.min(to, horizon - 1);
    if (!(end > start)) return 0;
    const firstYear = yearNumberOf(start);
    const lastYear = yearNumberOf(end);
    let count = firstAbove(year(lastYear).days, dayOf(end)) - firstAbove(year(firstYear).days, dayOf(start));
    for (let number = firstYear; number < lastYear; number++) count += year(number).days.length;
    return count;
  }

  function stretches(from: number, to: number): readonly (readonly [number, number])[] {
    const start = Math.max(from, begin);
    const end = Math.min(to, horizon);
    const found: (readonly [number, number])[] = [];
    if (!(end > start)) return found;
    for (let number = yearNumberOf(start); number <= LAST_YEAR && year(number).from < end; number++) {
      const { starts, ends } = year(number);
      for (let index = firstAbove(ends, start); index < starts.length; index++) {
        const opening = starts[index] ?? end;
        if (opening >= end) break;
        found.push([Math.max(opening, start), Math.min(ends[index] ?? end, end)]);
      }
    }
    return found;
  }

  return {
    calendar,
    zone,
    usualDayMs: usualHours(calendar).reduce((sum, [open, close]) => sum + (close - open) * 60_000, 0),
    dayOf,
    isWorkingDay: (day) => rule.hoursOf(day).length > 0,
    between,
    add,
    intoWork,
    addDays,
    daysBetween,
    stretches,
  };
}

/** Work done in a year before an instant of it. */
function workedIn(year: WorkingYear, ms: number): number {
  const index = firstAbove(year.starts, ms) - 1;
  const start = year.starts[index];
  if (start === undefined) return 0;
  return (year.worked[index] ?? 0) + Math.min(ms, year.ends[index] ?? ms) - start;
}
