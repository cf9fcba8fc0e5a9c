/** Dates of an export: read in the mapping's format, and moved by whole days when the mapping re-dates a sample. */

import { DateTime } from 'luxon';
import type { Mapping } from '../playbook/mapping.ts';
import { fromMs, type Instant } from '../time/instant.ts';
import type { JoinedTables } from './tables.ts';

/** The days of one export: the same few hundred are named by thousands of rows, so each is worked out once. */
export class Days {
  private readonly format: string;
  private readonly zone: string;
  private readonly read = new Map<string, string | undefined>();
  private readonly starts = new Map<string, Instant>();

  constructor({ format, zone }: Mapping['dates']) {
    this.format = format;
    this.zone = zone;
  }

  /** `yyyy-MM-dd`, or undefined when the text does not fit the mapping's format. */
  dayOf(text: string): string | undefined {
    const known = this.read.get(text);
    if (known !== undefined || this.read.has(text)) return known;
    const day = DateTime.fromFormat(text, this.format, { zone: 'utc', locale: 'en' });
    const found = day.isValid ? day.toFormat('yyyy-MM-dd') : undefined;
    // What no row would share (a whole file of nonsense) is not worth keeping.
    if (this.read.size < MOST_KEPT) this.read.set(text, found);
    return found;
  }

  /** The first instant, in the mapping's zone, of the day that lies `days` after `day`. */
  startOf(day: string, days: number): Instant {
    const key = `${day} ${days}`;
    const known = this.starts.get(key);
    if (known !== undefined) return known;
    const moved = DateTime.fromISO(day, { zone: this.zone }).plus({ days }).startOf('day');
    const start = fromMs(moved.toMillis());
    if (this.starts.size < MOST_KEPT) this.starts.set(key, start);
    return start;
  }

  /** The newest day in any date column the mapping reads; undefined when there is none. */
  newest({ dates }: Mapping, tables: JoinedTables): string | undefined {
    let newest: string | undefined;
    for (const row of tables.main.rows) {
      for (const column of [dates.opened, dates.closed]) {
        const text = column === undefined ? undefined : tables.cell(row, column);
        const day = text === undefined ? undefined : this.dayOf(text);
        if (day !== undefined && (newest === undefined || day > newest)) newest = day;
      }
    }
    return newest;
  }
}

const MOST_KEPT = 20_000;

/** The same day a number of days later (or earlier). */
export function shiftDay(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** The day it is in a zone. */
export function dayIn(at: Instant, zone: string): string {
  return DateTime.fromISO(at, { zone }).toFormat('yyyy-MM-dd');
}

/** Whole days by which the mapping moves its dates when first imported on `today`. */
export function shiftFor(mapping: Mapping, tables: JoinedTables, days: Days, today: string): number {
  const newest = mapping.re_date === 'no' ? undefined : days.newest(mapping, tables);
  if (newest === undefined) return 0;
  return DateTime.fromISO(today, { zone: 'utc' }).diff(DateTime.fromISO(newest, { zone: 'utc' }), 'days').days;
}
