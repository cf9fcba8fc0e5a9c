/** Between instants and what a clock on the wall of the playbook's calendar shows. */

import { instantOf, startOfDay, type WorkingCalendar } from '../time/calendar.ts';
import { type Instant, toMs } from '../time/instant.ts';

/** The first instant at which the wall clock shows `HH:mm` on a date, `yyyy-MM-dd`, or later. */
export function atLocalTime(calendar: WorkingCalendar, date: string, time: string): Instant {
  const [hours, minutes] = time.split(':');
  // Midnight read as if it were UTC; the offset of that day may differ later in the day.
  const midnight = calendar.zone.toLocal(toMs(startOfDay(calendar, date)));
  return instantOf(calendar.zone.fromLocal(midnight + (Number(hours) * 60 + Number(minutes)) * 60_000));
}

/** `2026-10-26 09:00`. */
export function localTimeText(calendar: WorkingCalendar, at: Instant): string {
  return instantOf(calendar.zone.toLocal(toMs(at)))
    .slice(0, 16)
    .replace('T', ' ');
}
