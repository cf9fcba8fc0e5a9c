/** Calendars for tests of time: one like the shipped `cn` around National Day 2026, and random ones in many zones. */

import fc from 'fast-check';
import type { Calendar, Hours } from '../../engine/playbook/calendar.ts';

export const AT = { file: 'test.yaml', line: 1, col: 1 };

const OFFICE: Hours = [
  [9 * 60, 12 * 60],
  [13 * 60 + 30, 18 * 60],
];

/** Monday to Friday 09:00-12:00 and 13:30-18:00, October 1 to 7 off, Saturday October 10 worked. */
export const OFFICE_CN: Calendar = {
  calendar: 'office-cn',
  zone: 'Asia/Shanghai',
  hours: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []],
  holidays: [{ from: '2026-10-01', to: '2026-10-07', at: AT }],
  make_up_days: [{ on: '2026-10-10', at: AT }],
  valid_through: '2026-12-31',
  at: AT,
};

/** The same every day of the week, without a holiday. */
export function everyDay(zone: string, hours: Hours): Calendar {
  return {
    calendar: 'every-day',
    zone,
    hours: [hours, hours, hours, hours, hours, hours, hours],
    holidays: [],
    make_up_days: [],
    valid_through: '2030-12-31',
    at: AT,
  };
}

/** Zones without and with changes of the clock: by an hour or half an hour, at night, at midnight, around Ramadan. */
export const ZONES = [
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'America/New_York',
  'Europe/Berlin',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Auckland',
  'UTC',
] as const;

export const zones = fc.constantFrom(...ZONES);

const hours: fc.Arbitrary<Hours> = fc
  .uniqueArray(fc.integer({ min: 0, max: 24 }), { minLength: 2, maxLength: 4 })
  .map((edges) => {
    const sorted = edges.sort((a, b) => a - b);
    const pairs: (readonly [number, number])[] = [];
    for (let index = 0; index + 1 < sorted.length; index += 2) {
      pairs.push([(sorted[index] ?? 0) * 60, (sorted[index + 1] ?? 0) * 60]);
    }
    return pairs;
  });

const dates = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 864e5, max: Date.UTC(2026, 11, 31) / 864e5 })
  .map((day) => new Date(day * 864e5).toISOString().slice(0, 10));

const holidays = fc.array(
  fc.record({ from: dates, length: fc.integer({ min: 0, max: 9 }) }).map(({ from, length }) => ({
    from,
    to: new Date(Date.parse(from) + length * 864e5).toISOString().slice(0, 10),
    at: AT,
  })),
  { maxLength: 8 },
);

/**
 * Hours on whole hours, different by weekday and across the changes of the clock; at least Mondays work. No zone here repeats
 * a part of the night with a whole hour inside it, where a wall clock cannot tell which of two instants is meant.
 */
export const calendars: fc.Arbitrary<Calendar> = fc.record({
  calendar: fc.constant('random'),
  zone: zones,
  hours: fc.tuple(
    hours,
    fc.oneof(hours, fc.constant([])),
    fc.oneof(hours, fc.constant([])),
    fc.oneof(hours, fc.constant([])),
    fc.oneof(hours, fc.constant([])),
    fc.oneof(hours, fc.constant([])),
    fc.oneof(hours, fc.constant([])),
  ),
  holidays,
  make_up_days: fc.array(
    dates.map((on) => ({ on, at: AT })),
    { maxLength: 6 },
  ),
  valid_through: fc.constant('2026-12-31'),
  at: fc.constant(AT),
});

/** Calendars in which every working day has the same hours, as nearly all have. */
export const uniformCalendars: fc.Arbitrary<Calendar> = fc.tuple(calendars, hours).map(([calendar, day]) => ({
  ...calendar,
  hours: [day, day, day, day, day, [], []],
}));

/** Instants of 2024 to 2026 on the quarter of an hour. */
export const instants = fc
  .integer({ min: Date.UTC(2024, 0, 3) / 9e5, max: Date.UTC(2026, 11, 1) / 9e5 })
  .map((quarter) => new Date(quarter * 9e5).toISOString());

/** Instants within two days of a change of the clock in Berlin or New York. */
export const instantsAroundChanges = fc
  .tuple(
    fc.constantFrom('2025-03-09T07:00', '2025-03-30T01:00', '2025-10-26T01:00', '2025-11-02T06:00', '2026-03-29T01:00'),
    fc.integer({ min: -192, max: 192 }),
  )
  .map(([change, quarters]) => new Date(Date.parse(`${change}:00.000Z`) + quarters * 9e5).toISOString());
