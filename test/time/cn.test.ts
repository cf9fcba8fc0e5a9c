/** The shipped calendar `cn`, day by day, against the official notices typed in here and against `chinese-days`. */

import { readdirSync, readFileSync } from 'node:fs';
import { isWorkday } from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { compileSet } from '../../engine/language/compile-set.ts';
import { compileCalendar, isWorkingDay, type WorkingCalendar } from '../../engine/time/calendar.ts';
import { sha256 } from '../../store/hash.ts';

const cn = shippedCalendar();

function shippedCalendar(): WorkingCalendar {
  const folder = new URL('../../playbooks/', import.meta.url);
  const files = readdirSync(folder)
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }));
  const { set, diagnostics } = compileSet(files, { sha256 });
  const calendar = set?.calendars['cn'];
  if (calendar === undefined) throw new Error(`the shipped playbooks do not compile: ${JSON.stringify(diagnostics)}`);
  return compileCalendar(calendar);
}

/**
 * 国务院办公厅关于部分节假日安排的通知, of 2023-10-25, 2024-11-12 and 2025-11-04: days off as `MM-dd..MM-dd`, and the Saturdays and
 * Sundays worked instead. Weekends that a notice only joins to a holiday are not named: they are off by themselves.
 */
const NOTICES: Readonly<Record<number, { readonly off: readonly string[]; readonly worked: readonly string[] }>> = {
  2024: {
    off: [
      '01-01..01-01',
      '02-10..02-17',
      '04-04..04-06',
      '05-01..05-05',
      '06-10..06-10',
      '09-15..09-17',
      '10-01..10-07',
    ],
    worked: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  2025: {
    off: ['01-01..01-01', '01-28..02-04', '04-04..04-06', '05-01..05-05', '05-31..06-02', '10-01..10-08'],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    off: [
      '01-01..01-03',
      '02-15..02-23',
      '04-04..04-06',
      '05-01..05-05',
      '06-19..06-21',
      '09-25..09-27',
      '10-01..10-07',
    ],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

/** Working days a year has by its notice, counted by hand: weekdays less weekday holidays plus days made up. */
const WORKING_DAYS = { 2024: 251, 2025: 248, 2026: 248 };

function datesOf(year: number): readonly string[] {
  const dates: string[] = [];
  for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += 864e5) {
    dates.push(new Date(ms).toISOString().slice(0, 10));
  }
  return dates;
}

function worksByNotice(date: string): boolean {
  const notice = NOTICES[Number(date.slice(0, 4))];
  const day = date.slice(5);
  if (notice?.worked.includes(day)) return true;
  if (notice?.off.some((span) => span.slice(0, 5) <= day && day <= span.slice(7))) return false;
  const weekday = new Date(date).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

describe.each([2024, 2025, 2026] as const)('%i', (year) => {
  test('each day is as the official notice says', () => {
    const differing = datesOf(year).filter((date) => isWorkingDay(cn, date) !== worksByNotice(date));
    expect(differing).toEqual([]);
  });

  test('each day is as chinese-days says', () => {
    const differing = datesOf(year).filter((date) => isWorkingDay(cn, date) !== isWorkday(date));
    expect(differing).toEqual([]);
  });

  test('the year has the working days it should', () => {
    expect(datesOf(year).filter((date) => isWorkingDay(cn, date))).toHaveLength(WORKING_DAYS[year]);
  });
});

test('the calendar is known to the end of the last announced year, and in the zone of Shanghai', () => {
  expect(cn.calendar).toMatchObject({ calendar: 'cn', zone: 'Asia/Shanghai', valid_through: '2026-12-31' });
});

test('every holiday is named in both languages', () => {
  for (const { title } of cn.calendar.holidays) expect([title?.zh, title?.en].every(Boolean)).toBe(true);
});
