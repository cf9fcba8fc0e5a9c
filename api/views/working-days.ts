/** Lengths of time in working days, for showing. */

import { type WorkingCalendar, workingMsBetween } from '../../engine/time/calendar.ts';
import type { Instant } from '../../engine/time/instant.ts';

/** To one decimal, in days of the calendar's usual length. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  if (to <= from) return 0;
  return Math.round((workingMsBetween(calendar, from, to) / calendar.usualDayMs) * 10) / 10;
}
