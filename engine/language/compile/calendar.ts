/** Compiles calendars. */

import type { Calendar, Hours } from '../../playbook/calendar.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import type { CalendarSource } from '../kinds/calendar.ts';
import { daysNamed, WEEKDAYS } from '../shape/time.ts';

export function compileCalendar(source: CalendarSource, report: Report): Calendar {
  return {
    calendar: source.calendar.value,
    ...(source.title ? { title: source.title } : {}),
    zone: source.zone.value,
    hours: compileHours(source, report),
    holidays: (source.holidays ?? []).map(({ on, title, place }) => {
      const { from, to } = on.value;
      if (to < from) report('holiday-reversed', on.place);
      return { from, to, ...(title ? { title } : {}), at: place.at };
    }),
    make_up_days: (source.make_up_days ?? []).map((day) => {
      const on = 'value' in day ? day : day.on;
      return { on: on.value, at: on.place.at };
    }),
    valid_through: source.valid_through.value,
    at: source.place.at,
  };
}

type Week = [Hours, Hours, Hours, Hours, Hours, Hours, Hours];

function compileHours(source: CalendarSource, report: Report): Week {
  const week: Week = [[], [], [], [], [], [], []];
  const written = new Map<number, Place>();
  for (const { key, value } of source.hours) {
    reportOverlaps(value, report);
    const hours = value.map((token) => token.value).sort(([a], [b]) => a - b);
    for (const day of daysNamed(key.value)) {
      if (written.has(day)) {
        report('duplicate-id', key.place, { kind: { zh: '星期', en: 'day' }, id: WEEKDAYS[day] ?? '' });
        break;
      }
      written.set(day, key.place);
      week[day] = hours;
    }
  }
  return week;
}

function reportOverlaps(hours: CalendarSource['hours'][number]['value'], report: Report): void {
  hours.forEach(({ value: [from, to], place }, i) => {
    const overlaps = hours.slice(0, i).some(({ value: [start, end] }) => from < end && start < to);
    if (overlaps) report('hours-overlap', place);
  });
}
