/** What comes again and again, laid into calendars: holidays, make-up days, weeks that are off as a whole. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar, isWorkingDay } from '../../engine/time/calendar.ts';
import {
  canBeDue,
  type DayOffRule,
  nextAfter,
  parseRecurrence,
  type Recurrence,
} from '../../engine/time/recurrence.ts';
import { dateOfDay, dayNumber } from '../../engine/time/working-year.ts';
import { compiledWith } from '../mapping/shipped-mapping.ts';

const { cn } = compiledWith().calendars;
if (cn === undefined) throw new Error('no calendar');
const CN = compileCalendar(cn);

function read(text: string): Recurrence {
  const parsed = parseRecurrence(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.recurrence;
}

function dues(text: string, after: string, times: number, dayOff: DayOffRule = 'before'): readonly string[] {
  const found: string[] = [];
  let day = after;
  for (let i = 0; i < times; i += 1) {
    const next = nextAfter(read(text), dayOff, CN, day);
    if (next === undefined) return [...found, 'never'];
    found.push(`${next.period} ${next.due_on}`);
    day = next.until;
  }
  return found;
}

describe('a recurrence', () => {
  it.each([
    ['every Friday 17:00', { every: 'week', nth: 1, weekday: 4, time: 1020 }],
    ['every working day 18:00', { every: 'working_day', time: 1080 }],
    ['every 2 weeks on Wednesday 15:30', { every: 'week', nth: 2, weekday: 2, time: 930 }],
    ['every quarter, 5 business days before its end 12:00', { every: 'quarter', days: 5, from: 'end', time: 720 }],
    ['every month, 0 business days after its start 09:00', { every: 'month', days: 0, from: 'start', time: 540 }],
  ])('%s', (text, recurrence) => expect(read(text)).toEqual(recurrence));

  it.each([
    'Friday 17:00',
    'every friday 17:00',
    'every Friday',
    'every Friday 24:00',
    'every 1 weeks on Friday 17:00',
    'every month on the 5th',
    'every quarter, 5 days before its end 12:00',
  ])('%s is none, and says how one is written', (text) => {
    const parsed = parseRecurrence(text);
    expect(parsed.ok ? parsed : parsed.hint.en).toContain('every Friday 17:00');
  });

  it('of Fridays moves before a holiday, and on to a make-up day where it is asked to', () => {
    // Mid-Autumn is on Friday 25 September 2026, and National Day week is off from Thursday to Wednesday; 10 October is made up.
    expect(dues('every Friday 17:00', '2026-09-13', 4)).toEqual([
      '2026-W38 2026-09-18',
      '2026-W39 2026-09-24',
      '2026-W40 2026-09-30',
      '2026-W41 2026-10-09',
    ]);
    expect(dues('every Wednesday 17:00', '2026-10-04', 1)).toEqual(['2026-W41 2026-10-08']);
    // Friday 2 October and what is left of its week are off: nothing after it works, so the day before does.
    expect(dues('every Friday 17:00', '2026-09-27', 1, 'after')).toEqual(['2026-W40 2026-09-30']);
    expect(dues('every Friday 17:00', '2026-09-20', 2, 'skip')).toEqual(['2026-W41 2026-10-09', '2026-W42 2026-10-16']);
    // Sunday 20 September is made up.
    expect(dues('every Sunday 10:00', '2026-09-13', 1, 'skip')).toEqual(['2026-W38 2026-09-20']);
  });

  it('of a week that is off as a whole is due in none of it', () => {
    // Spring Festival 2026: Sunday 15 to Monday 23 February; Saturday 14 and 28 are made up.
    expect(dues('every Friday 17:00', '2026-02-08', 2)).toEqual(['2026-W07 2026-02-13', '2026-W09 2026-02-27']);
  });

  it('of months, quarters and years counts the working days of the calendar', () => {
    expect(dues('every month, 3 business days before its end 17:00', '2026-08-31', 3)).toEqual([
      '2026-09 2026-09-24',
      '2026-10 2026-10-27',
      '2026-11 2026-11-25',
    ]);
    expect(dues('every quarter, 0 business days after its start 09:00', '2026-09-30', 1)).toEqual([
      '2026-Q4 2026-10-08',
    ]);
    expect(dues('every year, 0 business days before its end 12:00', '2026-01-01', 1)).toEqual(['2026 2026-12-31']);
  });

  it('of working days is due on each of them and on no other', () => {
    expect(dues('every working day 18:00', '2026-09-17', 5).map((one) => one.slice(0, 10))).toEqual([
      '2026-09-18',
      '2026-09-20',
      '2026-09-21',
      '2026-09-22',
      '2026-09-23',
    ]);
  });

  it('that no calendar can meet is known', () => {
    expect(canBeDue(read('every month, 23 business days before its end 17:00'))).toBe(false);
    expect(canBeDue(read('every month, 22 business days before its end 17:00'))).toBe(true);
  });

  it('goes on: each time round is after the one before, within its own days, on a working day', () => {
    const texts = [
      'every Monday 10:00',
      'every 3 weeks on Sunday 10:00',
      'every working day 18:00',
      'every month, 2 business days after its start 10:00',
      'every quarter, 5 business days before its end 10:00',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.constantFrom<DayOffRule>('before', 'after', 'skip'),
        fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2026-06-30') }),
        (text, dayOff, day) => {
          const next = nextAfter(read(text), dayOff, CN, dateOfDay(day));
          // Few Sundays are worked.
          if (next === undefined) return dayOff === 'skip';
          const again = nextAfter(read(text), dayOff, CN, next.until);
          return (
            next.due_on > dateOfDay(day) &&
            next.from <= next.due_on &&
            next.due_on <= next.until &&
            isWorkingDay(CN, next.due_on) &&
            (again === undefined || again.from > next.until)
          );
        },
      ),
    );
  });
});
