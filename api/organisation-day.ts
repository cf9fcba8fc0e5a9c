/** The day it is where the organisation works, and the calendar that says so. */

import type { PlaybookSet } from '../engine/playbook/set.ts';
import { localDate, type WorkingCalendar } from '../engine/time/calendar.ts';
import { organisationCalendar } from '../engine/time/organisation-calendar.ts';

/** `calendar` is absent where the playbooks have none: then the day is that of UTC. */
export function organisationDay(set: PlaybookSet): { readonly calendar?: WorkingCalendar; readonly today: string } {
  const now = new Date().toISOString();
  const calendar = organisationCalendar(set);
  return calendar === undefined ? { today: now.slice(0, 10) } : { calendar, today: localDate(calendar, now) };
}
