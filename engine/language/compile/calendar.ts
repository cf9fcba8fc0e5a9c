/** Compiles calendars. */

import type { Calendar, Hours } from '../../playbook/calendar.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { CalendarSource } from '../kinds/calendar.ts';
import { isDate } from '../shape/scalar.ts';
import type { Token } from '../shape/shape.ts';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const WORDS: readonly string[] = WEEKDAYS;

export function compileCalendar(source: CalendarSource, report: Report): Calendar {
  if (!isZone(source.zone.value)) report('bad-zone', source.zone.place, { written: source.zone.value });
  return {
    calendar: source.calendar.value,
    ...(source.title ? { title: source.title } : {}),
    zone: source.zone.value,
    hours: compileHours(source, report),
    holidays: (source.holidays ?? []).map((holiday) => {
      const { from, to } = compileDays(holiday.on, report);
      return { from, to, ...(holiday.title ? { title: holiday.title } : {}), at: holiday.place.at };
    }),
    make_up_days: (source.make_up_days ?? []).map((day) => {
      const on = 'value' in day ? day : day.on;
      return { on: on.value, at: on.place.at };
    }),
    valid_through: source.valid_through.value,
    at: source.place.at,
  };
}

export function isZone(zone: string): boolean {
  try {
    return (
      new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '' &&
      /^([A-Z]\w+\/|UTC$)/.test(zone)
    );
  } catch {
    return false;
  }
}

type Week = [Hours, Hours, Hours, Hours, Hours, Hours, Hours];

function compileHours(source: CalendarSource, report: Report): Week {
  const week: Week = [[], [], [], [], [], [], []];
  const written = new Map<number, Place>();
  for (const { key, value } of source.hours) {
    const hours = value.map((token) => compileRange(token, report)).filter((one) => one !== undefined);
    for (const day of daysNamed(key, report)) {
      const earlier = written.get(day);
      if (earlier) {
        const kind = { zh: '星期', en: 'day' };
        report('duplicate-id', key.place, { kind, id: WEEKDAYS[day] ?? '' });
        break;
      }
      written.set(day, key.place);
      week[day] = [...hours].sort(([a], [b]) => a - b);
    }
    reportOverlaps(value, report);
  }
  return week;
}

/** `monday`, or `monday-friday`; around the end of the week too. */
function daysNamed(key: Token<string>, report: Report): readonly number[] {
  const [first = '', last = first, more] = key.value.split('-');
  const from = WORDS.indexOf(first);
  const to = WORDS.indexOf(last);
  if (from === -1 || to === -1 || more !== undefined) {
    const wrong = from === -1 ? first : last;
    report('unknown-weekday', key.place, { written: key.value }, { hint: didYouMean(wrong, WEEKDAYS) });
    return [];
  }
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, i) => (from + i) % 7);
}

function compileRange(token: Token<string>, report: Report): readonly [number, number] | undefined {
  const range = readRange(token.value);
  if (!range) report('bad-time-range', token.place, { written: token.value });
  return range;
}

/** `09:00-12:00` in minutes from midnight; `24:00` ends a day. */
function readRange(text: string): readonly [number, number] | undefined {
  const match = /^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  if (!match) return undefined;
  const from = Number(match[1]) * 60 + Number(match[2]);
  const to = Number(match[3]) * 60 + Number(match[4]);
  return from < to && to <= 1440 ? [from, to] : undefined;
}

function reportOverlaps(tokens: readonly Token<string>[], report: Report): void {
  const seen: (readonly [number, number])[] = [];
  for (const token of tokens) {
    const range = readRange(token.value);
    if (!range) continue;
    if (seen.some(([from, to]) => range[0] < to && from < range[1])) {
      report('hours-overlap', token.place, { written: token.value });
    }
    seen.push(range);
  }
}

function compileDays(token: Token<string>, report: Report): { readonly from: string; readonly to: string } {
  const [from = '', to = from, more] = token.value.split('..').map((one) => one.trim());
  if (!isDate(from) || !isDate(to) || more !== undefined) report('bad-date', token.place, { written: token.value });
  else if (to < from) report('holiday-reversed', token.place);
  return { from, to };
}
