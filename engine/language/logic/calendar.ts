/** What a calendar says as a whole: some day is worked, make-up days are needed, nothing lies beyond its horizon. */

import type { Calendar } from '../../playbook/calendar.ts';
import type { Report } from '../diagnostics/report.ts';
import type { CalendarSource } from '../kinds/calendar.ts';

export function checkCalendar(source: CalendarSource, calendar: Calendar, report: Report): void {
  if (calendar.hours.every((hours) => hours.length === 0)) {
    report('never-works', source.keyPlaces.hours ?? source.place);
    return;
  }
  const horizon = calendar.valid_through;
  for (const holiday of source.holidays ?? []) {
    const { to } = holiday.on.value;
    if (to > horizon) report('beyond-horizon', holiday.on.place, { written: to });
  }
  const seen = new Set<string>();
  for (const day of source.make_up_days ?? []) {
    const { value, place } = 'value' in day ? day : day.on;
    if (value > horizon) {
      report('beyond-horizon', place, { written: value });
      continue;
    }
    const isHoliday = calendar.holidays.some(({ from, to }) => from <= value && value <= to);
    const weekday = (new Date(`${value}T00:00:00Z`).getUTCDay() + 6) % 7;
    const works = (calendar.hours[weekday] ?? []).length > 0 && !isHoliday;
    if (works || seen.has(value)) report('make-up-needless', place, { written: value });
    seen.add(value);
  }
}
