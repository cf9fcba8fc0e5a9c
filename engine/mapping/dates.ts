/** Dates of an export: read in the mapping's format, and moved by whole days when the mapping re-dates a sample. */

import { DateTime } from 'luxon';
import type { Mapping } from '../playbook/mapping.ts';
import { fromMs, type Instant } from '../time/instant.ts';
import { type DateReading, readDay } from './date-format.ts';
import type { JoinedTables } from './tables.ts';

/** The days of one export: the same few hundred are named by thousands of rows, so each is worked out once. */
export class Days {
  /** As the mapping writes dates where a column does not say otherwise. */
  readonly formats: readonly string[];
  private readonly reading: DateReading;
  private readonly read = new Map<string, Map<string, string | undefined>>();
  private readonly starts = new Map<string, Instant>();

  constructor({ format, zone, language = 'en' }: Mapping['dates']) {
    this.formats = typeof format === 'string' ? [format] : format;
    this.reading = { zone, language };
  }

  /** `yyyy-MM-dd` by the first of the formats that fits, or undefined when none does. */
  dayOf(text: string, formats: readonly string[] = this.formats): string | undefined {
    const key = formats.join('\n');
    let known = this.read.get(key);
    if (known === undefined) {
      known = new Map();
      this.read.set(key, known);
    }
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before;
    let found: string | undefined;
    for (const format of formats) found ??= readDay(text, format, this.reading);
    // What no row would share (a whole file of nonsense) is not worth keeping.
    if (known.size < MOST_KEPT) known.set(text, found);
    return found;
  }

  /** The first instant, in the mapping's zone, of the day that lies `days` after `day`. */
  startOf(day: string, days: number): Instant {
    const key = `${day} ${days}`;
    const known = this.starts.get(key);
    if (known !== undefined) return known;
    const moved = DateTime.fromISO(day, { zone: this.reading.zone }).plus({ days }).startOf('day');
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
