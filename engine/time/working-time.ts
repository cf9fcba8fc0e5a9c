/** Working time in epoch milliseconds: the arithmetic under `calendar.ts`, years laid out as they are first asked for. */

import type { Calendar } from '../playbook/calendar.ts';
import { firstAbove, layOutYear, usualHours, type WorkingDays, type WorkingYear, workingDays } from './working-year.ts';
import { type Zone, zoneOf } from './zone.ts';

const DAY_MS = 86_400_000;

/** Work is counted between these years; clocks that would run further stand at the end. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** All instants in epoch ms. Years are laid out once, when first asked for. */
export class WorkingTime {
  readonly calendar: Calendar;
  readonly zone: Zone;
  /** Working time of the first weekday that works, in ms. */
  readonly usualDayMs: number;
  readonly #rule: WorkingDays;
  readonly #years = new Map<number, WorkingYear>();
  readonly #begin: number;
  readonly #horizon: number;

  /** @throws RangeError for an unknown zone. */
  constructor(calendar: Calendar) {
    this.calendar = calendar;
    this.zone = zoneOf(calendar.zone);
    this.usualDayMs = usualHours(calendar).reduce((sum, [open, close]) => sum + (close - open) * 60_000, 0);
    this.#rule = workingDays(calendar);
    this.#begin = this.zone.fromLocal(Date.UTC(FIRST_YEAR, 0, 1));
    this.#horizon = this.zone.fromLocal(Date.UTC(LAST_YEAR + 1, 0, 1));
  }

  /** Number of the local day of an instant. */
  dayOf(ms: number): number {
    return Math.floor(this.zone.toLocal(ms) / DAY_MS);
  }

  isWorkingDay(day: number): boolean {
    return this.#rule.hoursOf(day).length > 0;
  }

  /** Working ms in `[from, to)`; 0 when `to` is not after `from`. */
  between(from: number, to: number): number {
    const start = Math.max(from, this.#begin);
    const end = Math.min(to, this.#horizon);
    if (!(end > start)) return 0;
    const firstYear = this.#yearNumberOf(start);
    const lastYear = Math.min(this.#yearNumberOf(end), LAST_YEAR);
    let sum = workedIn(this.#year(lastYear), end) - workedIn(this.#year(firstYear), start);
    for (let number = firstYear; number < lastYear; number++) sum += this.#year(number).total;
    return sum;
  }

  /** The first instant at which `ms` of work are done since `from`; `from` itself for none. */
  add(from: number, ms: number): number {
    if (!(ms > 0)) return from;
    const start = Math.max(from, this.#begin);
    if (start >= this.#horizon) return from;
    let number = this.#yearNumberOf(start);
    let left = ms + workedIn(this.#year(number), start);
    while (left > this.#year(number).total) {
      left -= this.#year(number).total;
      number += 1;
      if (number > LAST_YEAR) return this.#horizon;
    }
    const { worked, starts } = this.#year(number);
    // The last stretch with less work before it than what is left: the end of a day, not the start of the next.
    const index = firstAbove(worked, left - 1) - 1;
    return (starts[index] ?? start) + left - (worked[index] ?? 0);
  }

  /** `ms` itself while at work, else the next opening. */
  intoWork(ms: number): number {
    const start = Math.max(ms, this.#begin);
    if (start >= this.#horizon) return ms;
    for (let number = this.#yearNumberOf(start); number <= LAST_YEAR; number++) {
      const { starts, ends } = this.#year(number);
      const opening = starts[firstAbove(ends, start)];
      if (opening !== undefined) return Math.max(start, opening);
    }
    return this.#horizon;
  }

  /** `from` moved into working hours, then the same local time `amount` working days later, again within working hours. */
  addDays(from: number, amount: number): number {
    const start = this.intoWork(from);
    if (start >= this.#horizon || amount === 0) return start;
    const local = this.zone.toLocal(start);
    const today = Math.floor(local / DAY_MS);
    const timeOfDay = local - today * DAY_MS;
    let number = new Date(local).getUTCFullYear();
    let index = firstAbove(this.#year(number).days, today) + amount - 1;
    while (index >= this.#year(number).days.length) {
      index -= this.#year(number).days.length;
      number += 1;
      if (number > LAST_YEAR) return this.#horizon;
    }
    return this.intoWork(this.zone.fromLocal((this.#year(number).days[index] ?? today) * DAY_MS + timeOfDay));
  }

  /** How many working days lie after the day of `from`, up to and with the day of `to`. */
  daysBetween(from: number, to: number): number {
    const start = Math.max(from, this.#begin);
    const end = Math.min(to, this.#horizon - 1);
    if (!(end > start)) return 0;
    const firstYear = this.#yearNumberOf(start);
    const lastYear = this.#yearNumberOf(end);
    let count =
      firstAbove(this.#year(lastYear).days, this.dayOf(end)) -
      firstAbove(this.#year(firstYear).days, this.dayOf(start));
    for (let number = firstYear; number < lastYear; number++) count += this.#year(number).days.length;
    return count;
  }

  /** The stretches of work in `[from, to)`, in order. */
  stretches(from: number, to: number): readonly (readonly [number, number])[] {
    const start = Math.max(from, this.#begin);
    const end = Math.min(to, this.#horizon);
    const found: (readonly [number, number])[] = [];
    if (!(end > start)) return found;
    const lastYear = Math.min(this.#yearNumberOf(end), LAST_YEAR);
    for (let number = this.#yearNumberOf(start); number <= lastYear; number++) {
      const { starts, ends } = this.#year(number);
      for (let index = firstAbove(ends, start); index < starts.length; index++) {
        const opening = starts[index] ?? end;
        if (opening >= end) break;
        found.push([Math.max(opening, start), Math.min(ends[index] ?? end, end)]);
      }
    }
    return found;
  }

  #year(number: number): WorkingYear {
    let laidOut = this.#years.get(number);
    if (laidOut === undefined) {
      laidOut = layOutYear(number, this.#rule, this.zone);
      this.#years.set(number, laidOut);
    }
    return laidOut;
  }

  /** The local year of an instant. */
  #yearNumberOf(ms: number): number {
    return new Date(this.zone.toLocal(ms)).getUTCFullYear();
  }
}

/** Work done in a year before an instant of it. */
function workedIn(year: WorkingYear, ms: number): number {
  const index = firstAbove(year.starts, ms) - 1;
  const start = year.starts[index];
  if (start === undefined) return 0;
  return (year.worked[index] ?? 0) + Math.min(ms, year.ends[index] ?? ms) - start;
}
