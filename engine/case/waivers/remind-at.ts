/** When whoever answers for a waiver is reminded that it ends. */

import {
  addDuration,
  endOfDay,
  isWorkingDay,
  localDate,
  startOfDay,
  type WorkingCalendar,
} from '../../time/calendar.ts';
import type { Duration } from '../../time/duration.ts';
import { fromMs, type Instant, toMs } from '../../time/instant.ts';

/**
 * The opening of the last working day from which so much time still fits before the end of the waiver's last day;
 * absent where none such lies after `since`.
 *
 * @param until its last day, `yyyy-MM-dd`
 */
export function remindAt(
  calendar: WorkingCalendar,
  since: Instant,
  until: string,
  before: Duration,
): Instant | undefined {
  const end = endOfDay(calendar, until);
  for (let day = until; ; day = localDate(calendar, fromMs(toMs(startOfDay(calendar, day)) - 1))) {
    const opening = addDuration(calendar, startOfDay(calendar, day), { amount: 0, unit: 'business_days' });
    if (opening <= since) return undefined;
    if (isWorkingDay(calendar, day) && addDuration(calendar, opening, before) <= end) return opening;
  }
}
