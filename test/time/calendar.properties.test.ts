/** Working time in random calendars and zones, changes of the clock included, against a slow clock and against itself. */

import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import {
  addDuration,
  addWorkingMs,
  compileCalendar,
  elapsedIn,
  endOfDay,
  localDate,
  startOfDay,
  workingMsBetween,
  workingStretches,
} from '../../engine/time/calendar.ts';
import type { DurationUnit } from '../../engine/time/duration.ts';
import { toMs } from '../../engine/time/instant.ts';
import { zoneOf } from '../../engine/time/zone.ts';
import { isAtWork, QUARTER_MS, workedSlowly, worksOn } from '../../simulation/oracle/slow-clock.ts';
import { calendars, instants, instantsAroundChanges, uniformCalendars, zones } from './sample-calendars.ts';

const someInstants = fc.oneof(instants, instantsAroundChanges);

test('working time agrees with a clock that is asked every quarter of an hour', () => {
  fc.assert(
    fc.property(calendars, someInstants, fc.integer({ min: 0, max: 1200 }), (calendar, from, quarters) => {
      const working = compileCalendar(calendar);
      const to = new Date(toMs(from) + quarters * QUARTER_MS).toISOString();
      expect(workingMsBetween(working, from, to)).toBe(workedSlowly(calendar, toMs(from), toMs(to)));
      const shown = workingStretches(working, from, to);
      expect(shown.reduce((sum, stretch) => sum + toMs(stretch.to) - toMs(stretch.from), 0)).toBe(
        workingMsBetween(working, from, to),
      );
      for (const stretch of shown)
        expect(from <= stretch.from && stretch.from < stretch.to && stretch.to <= to).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('adding then measuring gives the duration back, months aside', () => {
  const units: readonly DurationUnit[] = ['minutes', 'hours', 'days', 'weeks', 'business_hours'];
  fc.assert(
    fc.property(
      calendars,
      someInstants,
      fc.nat({ max: 600 }),
      fc.constantFrom(...units),
      (calendar, from, amount, unit) => {
        const working = compileCalendar(calendar);
        expect(elapsedIn(working, from, addDuration(working, from, { amount, unit }), unit)).toBe(amount);
      },
    ),
    { numRuns: 300 },
  );
});

test('adding business days then measuring gives them back', () => {
  fc.assert(
    fc.property(uniformCalendars, someInstants, fc.nat({ max: 300 }), (calendar, from, amount) => {
      const working = compileCalendar(calendar);
      const to = addDuration(working, from, { amount, unit: 'business_days' });
      expect(elapsedIn(working, from, to, 'business_days')).toBe(amount);
      expect(isAtWork(calendar, toMs(to) - (toMs(to) % QUARTER_MS))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('what business days measure, added again, comes to the same instant, however the weekdays differ', () => {
  fc.assert(
    fc.property(calendars, someInstants, fc.nat({ max: 300 }), (calendar, from, amount) => {
      const working = compileCalendar(calendar);
      const to = addDuration(working, from, { amount, unit: 'business_days' });
      const measured = elapsedIn(working, from, to, 'business_days');
      expect(measured).toBeGreaterThanOrEqual(amount);
      expect(addDuration(working, from, { amount: measured, unit: 'business_days' })).toBe(to);
    }),
    { numRuns: 300 },
  );
});

test('N business days later lies N working days later on the wall', () => {
  fc.assert(
    fc.property(uniformCalendars, someInstants, fc.integer({ min: 1, max: 12 }), (calendar, from, amount) => {
      fc.pre(isAtWork(calendar, toMs(from)));
      const working = compileCalendar(calendar);
      let day = DateTime.fromMillis(toMs(from), { zone: calendar.zone });
      for (let left = amount; left > 0; ) {
        day = day.plus({ days: 1 });
        if (worksOn(calendar, day.startOf('day').plus({ hours: 12 }).toMillis())) left -= 1;
      }
      const to = addDuration(working, from, { amount, unit: 'business_days' });
      // A local time that the change of the clock skips that day is moved; any other is kept.
      const wall = (ms: number): string => DateTime.fromMillis(ms, { zone: calendar.zone }).toFormat('HH:mm');
      if (wall(day.toMillis()) === wall(toMs(from))) expect(wall(toMs(to))).toBe(wall(toMs(from)));
      expect(localDate(working, to)).toBe(day.toFormat('yyyy-MM-dd'));
    }),
    { numRuns: 200 },
  );
});

test('what begins later never ends earlier', () => {
  const units: readonly DurationUnit[] = ['minutes', 'hours', 'days', 'weeks', 'business_hours', 'business_days'];
  fc.assert(
    fc.property(
      calendars,
      instants,
      fc.nat({ max: 400 }),
      fc.nat({ max: 60 }),
      fc.constantFrom(...units),
      (calendar, from, quarters, amount, unit) => {
        const working = compileCalendar(calendar);
        const later = new Date(toMs(from) + quarters * QUARTER_MS).toISOString();
        const end = addDuration(working, from, { amount, unit });
        expect(addDuration(working, later, { amount, unit }) >= end).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('durations never lead back, and longer ones never lead less far', () => {
  const units: readonly DurationUnit[] = [
    'minutes',
    'hours',
    'days',
    'weeks',
    'months',
    'business_hours',
    'business_days',
  ];
  fc.assert(
    fc.property(
      calendars,
      someInstants,
      fc.nat({ max: 90 }),
      fc.nat({ max: 90 }),
      fc.constantFrom(...units),
      (calendar, from, amount, more, unit) => {
        const working = compileCalendar(calendar);
        const near = addDuration(working, from, { amount, unit });
        expect(near >= from).toBe(true);
        expect(addDuration(working, from, { amount: amount + more, unit }) >= near).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('work added in two parts is work added at once', () => {
  fc.assert(
    fc.property(calendars, someInstants, fc.nat({ max: 9e8 }), fc.nat({ max: 9e8 }), (calendar, from, some, more) => {
      const working = compileCalendar(calendar);
      const halfway = addWorkingMs(working, from, some);
      expect(addWorkingMs(working, halfway, more)).toBe(addWorkingMs(working, from, some + more));
      expect(workingMsBetween(working, from, halfway)).toBe(some);
    }),
    { numRuns: 200 },
  );
});

test('zones agree with luxon in both directions, also inside changes of the clock', () => {
  fc.assert(
    fc.property(zones, someInstants, fc.nat({ max: 899_999 }), (name, at, ms) => {
      const zone = zoneOf(name);
      const instant = toMs(at) + ms;
      const luxon = DateTime.fromMillis(instant, { zone: name });
      const wall = zone.toLocal(instant);
      expect(wall).toBe(instant + luxon.offset * 60_000);
      const first = zone.fromLocal(wall);
      expect(first).toBeLessThanOrEqual(instant);
      expect(zone.toLocal(first)).toBe(wall);
    }),
    { numRuns: 500 },
  );
});

test('a day holds what its date says, from its start to its end', () => {
  fc.assert(
    fc.property(calendars, someInstants, (calendar, at) => {
      const working = compileCalendar(calendar);
      const date = localDate(working, at);
      expect(startOfDay(working, date) <= at && at < endOfDay(working, date)).toBe(true);
      expect(localDate(working, startOfDay(working, date))).toBe(date);
      expect(localDate(working, endOfDay(working, date)) > date).toBe(true);
    }),
    { numRuns: 300 },
  );
});
