/** No duty is lost and none doubled, whatever changes; and what happens is what the calendar says. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PersonCommand } from '../../engine/person/command.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import type { Calendar } from '../../engine/playbook/calendar.ts';
import type { Rhythm, Series } from '../../engine/playbook/rhythm.ts';
import { compileCalendar } from '../../engine/time/calendar.ts';
import { nextAfter, parseRecurrence, type Recurrence } from '../../engine/time/recurrence.ts';
import { type DrivePerson, OFFICE } from './drive-person.ts';
import { ann, live, WAKE, weekly } from './live-rhythm.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const CHANGES = [
  'every Friday 17:00',
  'every Tuesday 09:00',
  'every working day 18:00',
  'every month, 3 business days before its end 17:00',
];

function only(text: string): Readonly<Record<string, Rhythm>> {
  const changed = weekly((one) => ({ ...one, every: recurrenceOf(text) }));
  const isKept = ({ duty }: Series): boolean => duty === 'follow-up-records';
  return Object.fromEntries(
    Object.entries(changed).map(([id, one]) => [id, { ...one, duties: one.duties.filter(isKept) }]),
  );
}

function recurrenceOf(text: string): Recurrence {
  const parsed = parseRecurrence(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.recurrence;
}

it('none is lost and none doubled, whatever changes of rhythm, leave, manager, time zone and clock come between', () => {
  const act = fc.record({
    wait: fc.integer({ min: 1, max: 200 }),
    what: fc.constantFrom('nothing', 'rhythm', 'zone', 'leave', 'back', 'manager', 'do', 'sleep'),
    every: fc.constantFrom(...CHANGES),
    zone: fc.constantFrom('Asia/Shanghai', 'America/Los_Angeles', 'Europe/Berlin', 'Pacific/Auckland'),
    days: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      let every = 'every Friday 17:00';
      const drive = ann(only(every));
      const all: Happened[] = [];
      const keep = (events: readonly PersonEvent[]) =>
        all.push(...events.map((event) => ({ event, every, calendar: drive.office })));
      for (const { wait, what, every: next, zone, days } of acts) {
        const until = new Date(Date.parse(drive.now) + wait * HOUR_MS).toISOString();
        // Nobody wakes anybody while the server is down.
        if (what === 'sleep') drive.to(until);
        else keep(live(drive, until));
        const outcome = drive.try(...actOf(drive, what, days));
        if (outcome.outcome === 'accepted') keep(outcome.events);
        if (what === 'zone') drive.office = { ...OFFICE, zone };
        if (what !== 'rhythm') continue;
        every = next;
        drive.rhythms = only(every);
      }
      keep(live(drive, new Date(Date.parse(drive.now) + 40 * DAY_MS).toISOString()));
      accountedFor(all);
      endedOnce(drive, all);
    }),
    { numRuns: 60 },
  );
});

/** With the recurrence and the calendar in force when it happened. */
interface Happened {
  readonly event: PersonEvent;
  readonly every: string;
  readonly calendar: Calendar;
}

function actOf(drive: DrivePerson, what: string, days: number): [string, PersonCommand] {
  const day = (ahead: number): string => new Date(Date.parse(drive.now) + ahead * DAY_MS).toISOString().slice(0, 10);
  const [first] = drive.state.duties ?? [];
  switch (what) {
    case 'leave':
      return ['ann', { command: 'set_absence', first_day: day(1), last_day: day(1 + days) }];
    case 'back':
      return ['ann', { command: 'cancel_absence', absence: drive.state.absences[0]?.absence ?? 'a0' }];
    case 'manager':
      return ['root', { command: 'change', manager: drive.state.manager === 'bob' ? 'dan' : 'bob' }];
    case 'do':
      return ['ann', { command: 'do_duty', duty: first?.id ?? 'd0', fields: { all_recorded: true } }];
    default:
      return ['system', WAKE];
  }
}

/** Each time round is what the calendar has next, by the rhythm of that moment, after the days of the one before. */
function accountedFor(all: readonly Happened[]): void {
  let through = '';
  for (const { event, every, calendar } of all) {
    if (event.event === 'series_begun') through = event.through;
    if (event.event !== 'duty_opened' && event.event !== 'duty_spared') continue;
    const next = nextAfter(recurrenceOf(every), 'before', compileCalendar(calendar), through);
    expect([event.due_on, event.until]).toEqual([next?.due_on, next?.until]);
    through = event.until;
  }
}

const ENDS: ReadonlySet<string> = new Set(['duty_done', 'duty_missed', 'duty_excused']);

/** What was opened has ended once, or is open. */
function endedOnce(drive: DrivePerson, all: readonly Happened[]): void {
  const open = drive.state.duties?.map(({ id }) => id) ?? [];
  const ended = all.flatMap(({ event }) => (ENDS.has(event.event) && 'duty' in event ? [event.duty] : []));
  const opened = all.flatMap(({ event }) => (event.event === 'duty_opened' ? [event.id] : []));
  expect([...ended, ...open].sort()).toEqual([...opened].sort());
}

it('what is due by the calendar is what happens, week after week', () => {
  const drive = ann();
  const events = live(drive, '2026-12-31T12:00:00.000Z');
  const dues = (name: string) =>
    events.flatMap((one) => (one.event === 'duty_opened' && one.series === name ? [one.due_on] : []));
  const expected: string[] = [];
  for (let day = '2026-10-19'; ; ) {
    const next = nextAfter(recurrenceOf('every Friday 17:00'), 'before', compileCalendar(OFFICE), day);
    if (next === undefined || next.due_on > '2026-12-31') break;
    expected.push(next.due_on);
    day = next.until;
  }
  expect(expected).toHaveLength(10);
  expect(dues('follow-up-records')).toEqual(expected);
});
