/** A calendar looked up quarter by quarter in a table that luxon filled: the second opinion on every length of working time. */

import { DateTime, IANAZone } from 'luxon';
import type { Calendar } from '../../engine/playbook/calendar.ts';
import type { Duration } from '../../engine/time/duration.ts';
import { BEGINS_MS, DAY_MS, HOUR_MS } from '../parameters.ts';
import { hoursOf, QUARTER_MS } from './slow-clock.ts';

/** Imports reach so far back, and promises so far ahead, of the simulated year. */
const FIRST_MS = BEGINS_MS - 500 * DAY_MS;
const LAST_MS = BEGINS_MS + 900 * DAY_MS;

const DAYS = (LAST_MS - FIRST_MS) / DAY_MS;
const QUARTERS_A_DAY = DAY_MS / QUARTER_MS;

/** All instants in epoch ms, between `FIRST_MS` and `LAST_MS`; opening hours lie on quarters. */
export class SlowTime {
  private readonly zone: IANAZone;
  private readonly calendar: Calendar;
  /** Working ms before each quarter. */
  private readonly worked = new Float64Array(DAYS * QUARTERS_A_DAY + 1);
  /** How far the wall is ahead of UTC in each quarter, ms. */
  private readonly ahead = new Int32Array(DAYS * QUARTERS_A_DAY + 1);
  /** When work is done on a day of the wall, by its number since 1970. */
  private readonly days = new Map<number, Calendar['hours'][number]>();

  constructor(calendar: Calendar) {
    this.calendar = calendar;
    this.zone = IANAZone.create(calendar.zone);
    let sum = 0;
    for (let day = 0; day < DAYS; day++) {
      const begin = FIRST_MS + day * DAY_MS;
      const usual = this.zone.offset(begin);
      const isEven = usual === this.zone.offset(begin + DAY_MS);
      for (let ms = begin; ms < begin + DAY_MS; ms += QUARTER_MS) {
        const quarter = (ms - FIRST_MS) / QUARTER_MS;
        const ahead = (isEven ? usual : this.zone.offset(ms)) * 60_000;
        this.ahead[quarter] = ahead;
        this.worked[quarter] = sum;
        if (this.isOpen(ms + ahead)) sum += QUARTER_MS;
      }
    }
    this.worked[DAYS * QUARTERS_A_DAY] = sum;
  }

  /** Working ms from the beginning of the table. */
  workedBy(ms: number): number {
    const quarter = Math.floor((ms - FIRST_MS) / QUARTER_MS);
    const before = this.worked[quarter] ?? Number.NaN;
    const isAtWork = (this.worked[quarter + 1] ?? Number.NaN) > before;
    return isAtWork ? before + (ms - FIRST_MS - quarter * QUARTER_MS) : before;
  }

  /** The first instant at which so much has been worked since. */
  after(from: number, work: number): number {
    if (work <= 0) return from;
    const wanted = this.workedBy(from) + work;
    const quarter = this.firstQuarter((before) => before >= wanted) - 1;
    return FIRST_MS + quarter * QUARTER_MS + wanted - (this.worked[quarter] ?? Number.NaN);
  }

  intoWork(ms: number): number {
    const now = this.workedBy(ms);
    const quarter = this.firstQuarter((before) => before > now) - 1;
    return Math.max(ms, FIRST_MS + quarter * QUARTER_MS);
  }

  /** `yyyy-MM-dd` on the wall. */
  dateAt(ms: number): string {
    return new Date(this.wallAt(ms)).toISOString().slice(0, 10);
  }

  /** What a clock on the wall shows, as if it stood in UTC. */
  wallAt(ms: number): number {
    return ms + (this.ahead[Math.floor((ms - FIRST_MS) / QUARTER_MS)] ?? Number.NaN);
  }

  /** When the wall shows this, for hours at which no clock is put forward or back. */
  fromWall(wall: number): number {
    const guess = wall - (this.wallAt(wall) - wall);
    return guess + wall - this.wallAt(guess);
  }

  /** Working ms of a usual day. */
  get usualDay(): number {
    const hours = this.calendar.hours.find((one) => one.length > 0) ?? [];
    return hours.reduce((sum, [open, close]) => sum + (close - open) * 60_000, 0);
  }

  /** @throws Error for units that the simulated playbooks do not use. */
  plus(from: number, { amount, unit }: Duration): number {
    switch (unit) {
      case 'hours':
        return from + amount * HOUR_MS;
      case 'days':
        return from + amount * DAY_MS;
      case 'business_hours':
        return amount === 0 ? this.intoWork(from) : this.after(from, amount * HOUR_MS);
      case 'business_days':
        return this.plusDays(from, amount);
      default:
        throw new Error(`the oracle does not count ${unit}`);
    }
  }

  /** The same time of day, so many days of work later. */
  private plusDays(from: number, amount: number): number {
    const start = this.intoWork(from);
    const wall = this.wallAt(start);
    let day = Math.floor(wall / DAY_MS);
    for (let left = amount; left > 0; ) {
      day += 1;
      if (this.worksOn(day)) left -= 1;
    }
    if (amount === 0) return start;
    const then = day * DAY_MS + (wall % DAY_MS);
    // The clock was put forward or back at most once on the way.
    const guess = then - (wall - start);
    return this.intoWork(guess + then - this.wallAt(guess));
  }

  /** @param day of the wall, by its number since 1970 */
  worksOn(day: number): boolean {
    return this.hoursOn(day).length > 0;
  }

  private hoursOn(day: number): Calendar['hours'][number] {
    const known = this.days.get(day);
    if (known !== undefined) return known;
    const date = DateTime.fromMillis(day * DAY_MS, { zone: 'utc' });
    const hours = hoursOf(this.calendar, date.toISODate() ?? '', date.weekday);
    this.days.set(day, hours);
    return hours;
  }

  private isOpen(wall: number): boolean {
    const day = Math.floor(wall / DAY_MS);
    const minute = (wall - day * DAY_MS) / 60_000;
    return this.hoursOn(day).some(([open, close]) => open <= minute && minute < close);
  }

  private firstQuarter(isPast: (workedBefore: number) => boolean): number {
    let low = 0;
    let high = this.worked.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isPast(this.worked[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const byObject = new WeakMap<Calendar, SlowTime>();
const byWords = new Map<string, SlowTime>();

/** Tables take a while: one is made for each calendar of the same words. */
export function slowTimeOf(calendar: Calendar): SlowTime {
  const known = byObject.get(calendar);
  if (known !== undefined) return known;
  const { at: _at, ...words } = calendar;
  const key = JSON.stringify(words);
  const found = byWords.get(key) ?? new SlowTime(calendar);
  byWords.set(key, found);
  byObject.set(calendar, found);
  return found;
}
