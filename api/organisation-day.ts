/** The day it is where the organisation works, and the calendar that says so. */

import type { PlaybookSet } from '../engine/playbook/set.ts';
import { compileCalendar, localDate, type WorkingCalendar } from '../engine/time/calendar.ts';

/** `calendar` is absent where the playbooks have none: then the day is that of UTC. */
export function organisationDay({ roles, calendars }: PlaybookSet): {
  readonly calendar?: WorkingCalendar;
  readonly today: string;
} {
  const now = new Date().toISOString();
  const found = roles.calendar === undefined ? Object.values(calendars)[0] : calendars[roles.calendar];
  if (found === undefined) return { today: now.slice(0, 10) };
  const calendar = compileCalendar(found);
  return { calendar, today: localDate(calendar, now) };
}
