/** Dates of an export: read in the mapping's format, and moved by whole days when the mapping re-dates a sample. */

import { DateTime } from 'luxon';
import type { Mapping } from '../playbook/mapping.ts';
import { fromMs, type Instant } from '../time/instant.ts';
import type { JoinedTables } from './tables.ts';

/** `yyyy-MM-dd`, or undefined when the text does not fit the format. */
export function readDay(text: string, format: string): string | undefined {
  const day = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en' });
  return day.isValid ? day.toFormat('yyyy-MM-dd') : undefined;
}

/** The same day number of days later (or earlier). */
export function shiftDay(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** The first instant of a day in a zone. */
export function startOf(day: string, zone: string): Instant {
  return fromMs(DateTime.fromISO(day, { zone }).startOf('day').toMillis());
}

/** The day it is in a zone. */
export function dayIn(at: Instant, zone: string): string {
  return DateTime.fromISO(at, { zone }).toFormat('yyyy-MM-dd');
}

/** The newest day in any date column the mapping reads; undefined when there is none. */
export function newestDay(mapping: Mapping, tables: JoinedTables): string | undefined {
  const { opened, closed, format } = mapping.dates;
  let newest: string | undefined;
  for (const row of tables.rows) {
    for (const column of [opened, closed]) {
      const text = column === undefined ? undefined : row.cell(column);
      const day = text === undefined ? undefined : readDay(text, format);
      if (day !== undefined && (newest === undefined || day > newest)) newest = day;
    }
  }
  return newest;
}

/** Whole days by which the mapping moves its dates when first imported on `today`. */
export function shiftFor(mapping: Mapping, tables: JoinedTables, today: string): number {
  const newest = mapping.re_date === 'no' ? undefined : newestDay(mapping, tables);
  if (newest === undefined) return 0;
  return DateTime.fromISO(today, { zone: 'utc' }).diff(DateTime.fromISO(newest, { zone: 'utc' }), 'days').days;
}
