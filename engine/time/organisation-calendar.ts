/** The calendar that the organisation as a whole works by. */

import type { PlaybookSet } from '../playbook/set.ts';
import { compileCalendar, type WorkingCalendar } from './calendar.ts';

/** That of the roles, else the first there is; absent where the playbooks have none. */
export function organisationCalendar({
  roles,
  calendars,
}: Pick<PlaybookSet, 'roles' | 'calendars'>): WorkingCalendar | undefined {
  const found = roles.calendar === undefined ? Object.values(calendars)[0] : calendars[roles.calendar];
  return found && compileCalendar(found);
}
