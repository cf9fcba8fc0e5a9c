/** What calendars are made of: zones, stretches of days, hours of a day, days of the week. */

import { didYouMean } from '../diagnostics/did-you-mean.ts';
import { isDate, scalar } from './scalar.ts';
import type { Shape, Token } from './shape.ts';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const DAYS: readonly string[] = WEEKDAYS;

/** An IANA zone such as `Asia/Shanghai`; abbreviations and offsets know no daylight saving and are refused. */
export function zone(): Shape<Token<string>> {
  return scalar({ zh: '时区', en: 'a time zone' }, { type: 'string' }, ({ text }) => {
    if (isZone(text)) return { value: text };
    return { fail: (node, report) => report('bad-zone', node.place, { written: text }) };
  });
}

function isZone(text: string): boolean {
  if (!/^([A-Z]\w+\/|UTC$)/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export interface Days {
  /** `yyyy-MM-dd`, both included. */
  readonly from: string;
  readonly to: string;
}

/** A day, or `first..last`. */
export function days(): Shape<Token<Days>> {
  const day = '\\d{4}-\\d{2}-\\d{2}';
  const schema = { type: 'string', pattern: `^${day}(\\.\\.${day})?$` };
  return scalar({ zh: '日期或 首日..末日', en: 'a date, or first..last' }, schema, ({ text }) => {
    const [from = '', to = from, more] = text.split('..');
    if (isDate(from) && isDate(to) && more === undefined) return { value: { from, to } };
    const written = [from, to].find((one) => !isDate(one)) ?? text;
    return { fail: (node, report) => report('bad-date', node.place, { written }) };
  });
}

/** `09:00-12:00` as minutes from midnight; `24:00` ends a day. */
export function hours(): Shape<Token<readonly [number, number]>> {
  const schema = { type: 'string', pattern: '^\\d{2}:\\d{2}-\\d{2}:\\d{2}$' };
  return scalar({ zh: '时段', en: 'a range of hours' }, schema, ({ text }) => {
    const range = readRange(text);
    if (range) return { value: range };
    return { fail: (node, report) => report('bad-time-range', node.place, { written: text }) };
  });
}

/** `19:00-08:30` as minutes from midnight; the end may lie on the next day. */
export function nightHours(): Shape<Token<readonly [number, number]>> {
  const schema = { type: 'string', pattern: '^\\d{2}:\\d{2}-\\d{2}:\\d{2}$' };
  return scalar({ zh: '时段', en: 'a range of hours' }, schema, ({ text }) => {
    const [from, to, more] = text.split('-').map(readTime);
    if (from !== undefined && to !== undefined && more === undefined && from !== to && text.split('-').length === 2) {
      return { value: [from, to] };
    }
    return { fail: (node, report) => report('bad-time-range', node.place, { written: text }) };
  });
}

/** `09:00` as minutes from midnight. */
export function timeOfDay(): Shape<Token<number>> {
  const schema = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
  return scalar({ zh: '时刻', en: 'a time of day' }, schema, ({ text }) => {
    const value = readTime(text);
    if (value !== undefined) return { value };
    return { fail: (node, report) => report('bad-time-of-day', node.place, { written: text }) };
  });
}

function readTime(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

function readRange(text: string): readonly [number, number] | undefined {
  const match = /^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  if (!match) return undefined;
  const from = Number(match[1]) * 60 + Number(match[2]);
  const to = Number(match[3]) * 60 + Number(match[4]);
  return from < to && to <= 1440 ? [from, to] : undefined;
}

/** `monday`, or `monday-friday`; around the end of the week too. Reads as written: see `daysNamed`. */
export function weekdays(): Shape<Token<string>> {
  const pattern = `^(${DAYS.join('|')})(-(${DAYS.join('|')}))?$`;
  return scalar({ zh: '星期', en: 'days of the week' }, { type: 'string', pattern }, ({ text }) => {
    if (daysNamed(text).length > 0) return { value: text };
    const words = text.split('-');
    const mended = words
      .map((word) => (DAYS.includes(word) ? word : DAYS.find((day) => didYouMean(word, [day]))))
      .join('-');
    const hint = daysNamed(mended).length > 0 ? didYouMean(text, [mended]) : undefined;
    return { fail: (node, report) => report('unknown-weekday', node.place, { written: text }, { hint }) };
  });
}

/** The days a word or a range of words names, Monday being 0; none when it names no days. */
export function daysNamed(text: string): readonly number[] {
  const [first = '', last = first, more] = text.split('-');
  const from = DAYS.indexOf(first);
  const to = DAYS.indexOf(last);
  if (from === -1 || to === -1 || more !== undefined) return [];
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7);
}
