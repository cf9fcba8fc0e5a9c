/** Reads a calendar's YAML for tests of time alone, without the language that checks it. */

import { parse } from 'yaml';
import type { Calendar, Hours } from '../../engine/playbook/calendar.ts';
import { AT } from './sample-calendars.ts';

interface Source {
  readonly calendar: string;
  readonly zone: string;
  readonly hours: { readonly 'monday-friday': readonly string[] };
  readonly holidays: readonly { readonly on: string; readonly title: { readonly zh: string; readonly en: string } }[];
  readonly make_up_days: readonly string[];
  readonly valid_through: string;
}

export function readCalendar(text: string): Calendar {
  const source: Source = parse(text);
  const weekday: Hours = source.hours['monday-friday'].map((span) => {
    const [open = 0, close = 0] = span.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
    return [open, close];
  });
  return {
    calendar: source.calendar,
    zone: source.zone,
    hours: [weekday, weekday, weekday, weekday, weekday, [], []],
    holidays: source.holidays.map(({ on, title }) => ({
      from: on.slice(0, 10),
      to: on.slice(-10),
      title,
      at: AT,
    })),
    make_up_days: source.make_up_days.map((on) => ({ on, at: AT })),
    valid_through: source.valid_through,
    at: AT,
  };
}
