/** Working time by example: the calendar of an office in Shanghai around National Day 2026, and changes of the clock. */

import { describe, expect, test } from 'vitest';
import {
  addDuration,
  addWorkingMs,
  compileCalendar,
  elapsedIn,
  endOfDay,
  isProvisional,
  isWorkingDay,
  localDate,
  startOfDay,
  workingMsBetween,
  workingStretches,
} from '../../engine/time/calendar.ts';
import { parseDuration } from '../../engine/time/duration.ts';
import { everyDay, OFFICE_CN } from './sample-calendars.ts';

const office = compileCalendar(OFFICE_CN);

/** `2026-09-28 09:00` in Shanghai. */
function local(text: string): string {
  return new Date(`${text.replace(' ', 'T')}:00+08:00`).toISOString();
}

function after(from: string, text: string): string {
  const parsed = parseDuration(text);
  if (!parsed.ok) throw new Error(parsed.message.en);
  return addDuration(office, local(from), parsed.duration);
}

describe('business days', () => {
  test.each([
    ['the same time on the next working day', '2026-09-28 10:30', '1 business day', '2026-09-29 10:30'],
    ['over the weekend', '2026-09-18 10:30', '1 business day', '2026-09-21 10:30'],
    ['over a holiday', '2026-09-30 10:30', '1 business day', '2026-10-08 10:30'],
    ['a make-up Saturday counts', '2026-10-09 10:30', '1 business day', '2026-10-10 10:30'],
    ['twenty of them', '2026-09-28 09:00', '20 business days', '2026-10-30 09:00'],
    ['before opening moves to the opening', '2026-09-28 06:00', '1 business day', '2026-09-29 09:00'],
    ['in the break moves to its end', '2026-09-28 12:40', '1 business day', '2026-09-29 13:30'],
    ['at closing moves to the next opening', '2026-09-28 18:00', '1 business day', '2026-09-30 09:00'],
    ['after closing moves to the next opening', '2026-09-28 20:00', '1 business day', '2026-09-30 09:00'],
    ['what begins on a day off begins at the next opening', '2026-10-03 10:00', '1 business day', '2026-10-09 09:00'],
    ['none, at work, stays', '2026-09-28 10:30', '0 business days', '2026-09-28 10:30'],
    ['none, in the evening, moves to the opening', '2026-09-30 19:00', '0 business days', '2026-10-08 09:00'],
  ])('%s', (_name, from, duration, expected) => {
    expect(after(from, duration)).toBe(local(expected));
  });
});

describe('business hours', () => {
  test.each([
    ['within the morning', '2026-09-28 09:30', '2 business hours', '2026-09-28 11:30'],
    ['over the break', '2026-09-28 11:00', '2 business hours', '2026-09-28 14:30'],
    ['up to the end of the day', '2026-09-28 14:00', '4 business hours', '2026-09-28 18:00'],
    ['over a holiday', '2026-09-30 17:00', '2 business hours', '2026-10-08 10:00'],
    ['from a day off', '2026-10-03 10:00', '2 business hours', '2026-10-08 11:00'],
    ['none in the evening moves to the opening', '2026-09-30 19:00', '0 business hours', '2026-10-08 09:00'],
  ])('%s', (_name, from, duration, expected) => {
    expect(after(from, duration)).toBe(local(expected));
  });
});

describe('elapsed units and months', () => {
  test.each([
    ['minutes run through the night', '2026-09-30 23:50', '20 minutes', '2026-10-01 00:10'],
    ['hours run through holidays', '2026-09-30 17:00', '24 hours', '2026-10-01 17:00'],
    ['days', '2026-09-30 17:00', '90 days', '2026-12-29 17:00'],
    ['weeks', '2026-09-30 17:00', '2 weeks', '2026-10-14 17:00'],
    ['a month keeps the day', '2026-09-15 17:00', '1 month', '2026-10-15 17:00'],
    ['a month from the 31st ends with the month', '2026-01-31 17:00', '1 month', '2026-02-28 17:00'],
    ['a year of months over a leap day', '2024-02-29 17:00', '12 months', '2025-02-28 17:00'],
    ['the local day counts, not that of UTC', '2026-03-01 07:00', '1 month', '2026-04-01 07:00'],
  ])('%s', (_name, from, duration, expected) => {
    expect(after(from, duration)).toBe(local(expected));
  });

  test('a day is 24 hours and a month a wall clock across a change of the clock', () => {
    const berlin = compileCalendar(everyDay('Europe/Berlin', [[9 * 60, 17 * 60]]));
    const from = '2026-03-28T11:00:00.000Z';
    expect(addDuration(berlin, from, { amount: 1, unit: 'days' })).toBe('2026-03-29T11:00:00.000Z');
    expect(addDuration(berlin, from, { amount: 1, unit: 'months' })).toBe('2026-04-28T10:00:00.000Z');
    expect(addDuration(berlin, from, { amount: 1, unit: 'business_days' })).toBe('2026-03-29T10:00:00.000Z');
  });

  test('a duration past the year 9999 stands at its end', () => {
    const far = addDuration(office, '9999-12-01T00:00:00.000Z', { amount: 400, unit: 'months' });
    expect(far).toBe('9999-12-31T23:59:59.999Z');
  });
});

describe('measuring', () => {
  test('working time leaves out breaks, nights, weekends and holidays', () => {
    expect(workingMsBetween(office, local('2026-09-30 11:00'), local('2026-10-08 10:00'))).toBe(6.5 * 3_600_000);
    expect(workingMsBetween(office, local('2026-10-08 10:00'), local('2026-09-30 11:00'))).toBe(0);
  });

  test('the stretches counted are shown, cut at both ends', () => {
    expect(workingStretches(office, local('2026-09-30 11:00'), local('2026-10-08 10:00'))).toEqual([
      { from: local('2026-09-30 11:00'), to: local('2026-09-30 12:00') },
      { from: local('2026-09-30 13:30'), to: local('2026-09-30 18:00') },
      { from: local('2026-10-08 09:00'), to: local('2026-10-08 10:00') },
    ]);
  });

  test('work added ends with the day it is done on', () => {
    expect(addWorkingMs(office, local('2026-09-30 17:00'), 3_600_000)).toBe(local('2026-09-30 18:00'));
  });

  test('hours are fractions, business days are whole', () => {
    const from = local('2026-09-28 09:00');
    expect(elapsedIn(office, from, local('2026-09-28 10:30'), 'business_hours')).toBe(1.5);
    expect(elapsedIn(office, from, local('2026-09-29 08:00'), 'business_days')).toBe(0);
    expect(elapsedIn(office, from, local('2026-09-29 09:00'), 'business_days')).toBe(1);
    expect(elapsedIn(office, from, local('2026-10-27 08:59'), 'months')).toBe(0);
    expect(elapsedIn(office, from, local('2026-10-28 09:00'), 'months')).toBe(1);
    expect(elapsedIn(office, local('2026-09-29 09:00'), from, 'days')).toBe(0);
  });

  test('the night of a change of the clock is an hour shorter or longer', () => {
    const night = compileCalendar(everyDay('Europe/Berlin', [[0, 6 * 60]]));
    const spring = startOfDay(night, '2026-03-29');
    const autumn = startOfDay(night, '2026-10-25');
    expect(workingMsBetween(night, spring, endOfDay(night, '2026-03-29'))).toBe(5 * 3_600_000);
    expect(workingMsBetween(night, autumn, endOfDay(night, '2026-10-25'))).toBe(7 * 3_600_000);
  });
});

test('hours with an edge inside a repeated hour have it at its first pass', () => {
  const berlin = compileCalendar(everyDay('Europe/Berlin', [[0, 150]]));
  expect(workingStretches(berlin, '2026-10-24T22:00:00.000Z', '2026-10-25T12:00:00.000Z')).toEqual([
    { from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T00:30:00.000Z' },
  ]);
});

describe('days', () => {
  test('a date is that of the zone', () => {
    expect(localDate(office, '2026-09-30T16:00:00.000Z')).toBe('2026-10-01');
    expect(startOfDay(office, '2026-10-01')).toBe('2026-09-30T16:00:00.000Z');
    expect(endOfDay(office, '2026-10-01')).toBe('2026-10-01T16:00:00.000Z');
  });

  test('a day that begins with a change of the clock begins after it', () => {
    const santiago = compileCalendar(everyDay('America/Santiago', [[0, 60]]));
    expect(startOfDay(santiago, '2025-09-07')).toBe('2025-09-07T04:00:00.000Z');
    expect(localDate(santiago, '2025-09-07T03:59:59.999Z')).toBe('2025-09-06');
  });

  test('holidays are off, make-up days are worked', () => {
    expect(isWorkingDay(office, '2026-10-01')).toBe(false);
    expect(isWorkingDay(office, '2026-10-08')).toBe(true);
    expect(isWorkingDay(office, '2026-10-10')).toBe(true);
    expect(isWorkingDay(office, '2026-10-11')).toBe(false);
  });

  test('past valid_through instants are provisional', () => {
    expect(isProvisional(office, '2026-12-31T15:59:59.999Z')).toBe(false);
    expect(isProvisional(office, '2026-12-31T16:00:00.000Z')).toBe(true);
  });

  test('a calendar without hours never works, and no question about it hangs', () => {
    const idle = compileCalendar({ ...OFFICE_CN, hours: [[], [], [], [], [], [], []] });
    const from = local('2026-09-28 09:00');
    expect(workingMsBetween(idle, from, local('2027-09-28 09:00'))).toBe(0);
    for (const unit of ['business_days', 'business_hours'] as const) {
      expect(addDuration(idle, from, { amount: 1, unit })).toBe('2199-12-31T16:00:00.000Z');
    }
  });

  test('years before and after the laid out ones are answered', () => {
    expect(addDuration(office, '0001-01-01T00:00:00.000Z', { amount: 1, unit: 'business_days' })).toMatch(/^1970-01/);
    const late = '2500-01-01T00:00:00.000Z';
    expect(addDuration(office, late, { amount: 1, unit: 'business_days' })).toBe(late);
    expect(workingMsBetween(office, late, '2600-01-01T00:00:00.000Z')).toBe(0);
  });
});
