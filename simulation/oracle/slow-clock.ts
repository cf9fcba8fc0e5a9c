/** The oracle for working time: asks luxon what the wall clock shows, quarter by quarter, and knows nothing of ours. */

import { DateTime } from 'luxon';
import type { Calendar } from '../../engine/playbook/calendar.ts';

export const QUARTER_MS = 900_000;

/** Whether people work in the quarter of an hour that begins at `ms`; hours must lie on quarters. */
export function isAtWork(calendar: Calendar, ms: number): boolean {
  const local = DateTime.fromMillis(ms, { zone: calendar.zone });
  const minute = local.hour * 60 + local.minute;
  return hoursOn(calendar, local).some(([open, close]) => open <= minute && minute < close);
}

export function worksOn(calendar: Calendar, ms: number): boolean {
  return hoursOn(calendar, DateTime.fromMillis(ms, { zone: calendar.zone })).length > 0;
}

/** Working ms between two instants on quarters. */
export function workedSlowly(calendar: Calendar, from: number, to: number): number {
  let sum = 0;
  for (let ms = from; ms < to; ms += QUARTER_MS) if (isAtWork(calendar, ms)) sum += QUARTER_MS;
  return sum;
}

function hoursOn(calendar: Calendar, local: DateTime): Calendar['hours'][number] {
  return hoursOf(calendar, local.toFormat('yyyy-MM-dd'), local.weekday);
}

/** @param date `yyyy-MM-dd` @param weekday from 1, Monday, to 7 */
export function hoursOf(calendar: Calendar, date: string, weekday: number): Calendar['hours'][number] {
  const isOff = calendar.holidays.some(({ from, to }) => from <= date && date <= to);
  const usual = calendar.hours[weekday - 1] ?? [];
  if (usual.length > 0 && !isOff) return usual;
  const isMadeUp = calendar.make_up_days.some(({ on }) => on === date);
  return isMadeUp ? (calendar.hours.find((hours) => hours.length > 0) ?? []) : [];
}
