/** Duties, as the shipped rhythms have them: opened by the calendar, done, spared, missed, read; and none lost or doubled whatever changes. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonCommand } from '../../engine/person/command.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import type { Rhythm, Series } from '../../engine/playbook/rhythm.ts';
import { compileCalendar } from '../../engine/time/calendar.ts';
import { nextAfter, parseRecurrence, type Recurrence } from '../../engine/time/recurrence.ts';
import { compiledWith } from '../mapping/shipped-mapping.ts';
import { DrivePerson, OFFICE } from './drive-person.ts';

const SET = compiledWith();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WAKE = { command: 'wake' } as const;

/** The rep's rhythm, less what is only for newcomers and what the manager does, in the office's calendar of the tests. */
function weekly(change: (series: Series) => Series = (one) => one): Readonly<Record<string, Rhythm>> {
  const shipped = SET.rhythms?.['rep-rhythm'];
  if (shipped === undefined) throw new Error('no rhythm');
  const duties = shipped.duties.filter(({ by }) => by === 'self').map(change);
  return { 'rep-rhythm': { ...shipped, calendar: 'office', duties } };
}

function ann(rhythms = weekly()): DrivePerson {
  const drive = new DrivePerson('ann');
  drive.coaching = SET.coaching ?? {};
  drive.rhythms = rhythms;
  return drive;
}

/** Wakes whenever something is due, up to the instant; everything that happened. */
function live(drive: DrivePerson, until: string): readonly PersonEvent[] {
  const events: PersonEvent[] = [];
  for (let turns = 0; turns < 2_000; turns += 1) {
    const at = drive.wakesAt;
    if (at === undefined || at > until) break;
    if (at > drive.now) drive.to(at);
    const outcome = drive.try('system', WAKE);
    if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
    events.push(...outcome.events);
  }
  drive.to(until);
  return events;
}

function openOf(drive: DrivePerson, of: string): string {
  const found = drive.state.duties?.find(({ rule, done }) => rule.duty === of && done === undefined);
  if (found === undefined) throw new Error(`no open ${of}`);
  return found.id;
}

const PLAN = { visits: 'Ten customers', to_move: 'C-1 and C-2' };
const SUMMARY = { achieved: 'C-1 moved on', next_week: 'C-2 and C-3' };

/** A Tuesday, 10:00 in Shanghai, is where it begins: this week's Monday is over. */
describe('a duty', () => {
  it('opens in time, is done on time or late, and asks to be read', () => {
    const drive = ann();
    live(drive, '2026-10-23T01:30:00.000Z');
    // Friday: records and summary of the week; next Monday's plan opens two working days before.
    expect(drive.state.duties?.map(({ rule, due_at }) => [rule.duty, due_at])).toEqual([
      ['weekly-plan', '2026-10-26T04:00:00.000Z'],
      ['follow-up-records', '2026-10-23T09:00:00.000Z'],
      ['weekly-summary', '2026-10-23T10:00:00.000Z'],
    ]);
    const plan = openOf(drive, 'weekly-plan');
    expect(drive.no('ben', { command: 'do_duty', duty: plan, fields: PLAN })).toBe('forbidden: not-your-duty');
    expect(drive.no('bob', { command: 'do_duty', duty: plan, fields: PLAN })).toBe('forbidden: not-your-duty');
    expect(drive.no('ann', { command: 'do_duty', duty: plan, fields: { visits: 'Ten customers' } })).toBe(
      'invalid: field-missing /fields/to_move',
    );
    expect(drive.must('ann', { command: 'do_duty', duty: plan, fields: PLAN })).toEqual(['duty_done']);
    expect(drive.sent).toEqual(['settle ann', 'message bob']);
    expect(drive.no('ann', { command: 'do_duty', duty: plan, fields: PLAN })).toBe('invalid: no-such-duty /duty');
    expect(drive.no('ann', { command: 'read_duty', duty: plan })).toBe('forbidden: not-your-duty');
    expect(drive.must('bob', { command: 'read_duty', duty: plan })).toEqual(['duty_read']);
    drive.to('2026-10-23T11:00:00.000Z');
    const outcome = drive.try('ann', { command: 'do_duty', duty: openOf(drive, 'weekly-summary'), fields: SUMMARY });
    expect(outcome.outcome === 'accepted' && outcome.events[0]).toMatchObject({ event: 'duty_done', late: true });
  });

  it('that nobody reads is told to whoever is above', () => {
    const drive = ann();
    live(drive, '2026-10-23T01:30:00.000Z');
    drive.must('ann', { command: 'do_duty', duty: openOf(drive, 'weekly-plan'), fields: PLAN });
    const events = live(drive, '2026-10-27T02:00:00.000Z');
    expect(events.filter(({ event }) => event === 'duty_unread')).toMatchObject([{ readers: ['bob'] }]);
  });

  it('that is not done climbs its rungs and is missed; the series goes on', () => {
    const drive = ann();
    const events = live(drive, '2026-11-07T01:00:00.000Z');
    const of = (name: string) =>
      events.flatMap((one) => ('of' in one && one.event === name ? [`${one.of} ${one.period}`] : []));
    expect(of('duty_missed')).toEqual([
      'follow-up-records 2026-W43',
      'weekly-summary 2026-W43',
      'weekly-plan 2026-W44',
      'follow-up-records 2026-W44',
      'weekly-summary 2026-W44',
      'weekly-plan 2026-W45',
    ]);
    const rungs = events.filter((one) => one.event === 'duty_rung_fired');
    expect(rungs.slice(0, 4).map(({ duty, reminded, told }) => [duty, reminded, told])).toEqual([
      ['d2', ['ann'], []],
      ['d3', ['ann'], []],
      // The plan of Monday noon, at two; the records of Friday at four, eight hours of work after they were due.
      ['d1', ['ann'], []],
      ['d2', [], ['bob']],
    ]);
  });

  it('is spared to who is away when it is due, and let be by whoever leads with a reason, never by oneself', () => {
    const drive = ann();
    drive.must('ann', { command: 'set_absence', first_day: '2026-10-22', last_day: '2026-10-23' });
    const events = live(drive, '2026-10-26T01:30:00.000Z');
    expect(events.flatMap((one) => (one.event === 'duty_spared' ? [one.series] : []))).toEqual([
      'follow-up-records',
      'weekly-summary',
    ]);
    // The plan of Monday would have opened on Thursday, while away: it opens when they are back.
    const plan = openOf(drive, 'weekly-plan');
    const excuse = { command: 'excuse_duty', duty: plan, reason: 'At the fair all week' } as const;
    expect(drive.no('ann', excuse)).toBe('forbidden: not-your-rep');
    expect(drive.must('bob', excuse)).toEqual(['duty_excused']);
    expect(drive.state.duties).toEqual([]);
  });

  it('begins the flow that its playbook names where the week fell short', () => {
    const drive = ann();
    live(drive, '2026-10-23T01:30:00.000Z');
    const summary = openOf(drive, 'weekly-summary');
    drive.figures = { period_facts: { [summary]: { new_opportunities: 3, new_opportunities_n: 3 } } };
    expect(drive.must('ann', { command: 'do_duty', duty: summary, fields: SUMMARY })).toEqual([
      'duty_done',
      'coaching_opened',
    ]);
    expect(drive.state.sessions?.[0]?.flow.coaching).toBe('enrich-funnel');
  });

  it('that begins a session in the same breath as a goal that has ended gives it a name of its own', () => {
    const drive = ann();
    live(drive, '2026-10-23T01:30:00.000Z');
    const summary = openOf(drive, 'weekly-summary');
    const measured = { value: 1, n: 1, from: '2026-10-20', until: '2026-10-23' };
    const goal = {
      goal: 'g1',
      kind: 'goal',
      session: 's0',
      coaching: 'smart',
      title: 'Two a week',
      agreed_on: '2026-10-20',
      due_on: '2026-10-23',
      due_at: '2026-10-23T16:00:00.000Z',
      measure: { measure: 'new-opportunities', baseline: measured, realistic: 2 },
      when_missed: 'goal-review',
    } as const;
    drive.state = { ...drive.state, goals: [goal], goals_agreed: 1 };
    drive.figures = { outcomes: { g1: measured }, period_facts: { [summary]: { new_opportunities: 1 } } };
    drive.to('2026-11-05T02:00:00.000Z').must('system', WAKE);
    expect(drive.state.sessions?.map(({ session, flow }) => [session, flow.coaching])).toEqual([
      ['s1', 'goal-review'],
      ['s2', 'enrich-funnel'],
    ]);
  });

  it('goes to nobody when its person leaves, and begins anew when they come back', () => {
    const drive = ann();
    live(drive, '2026-10-23T01:30:00.000Z');
    drive.must('root', { command: 'leave' });
    expect([drive.state.duties, drive.state.series]).toEqual([undefined, undefined]);
    expect(live(drive, '2026-11-20T02:00:00.000Z')).toEqual([]);
    drive.must('root', { command: 'return' });
    const events = live(drive, '2026-11-23T01:00:00.000Z');
    expect(events.flatMap((one) => (one.event === 'duty_opened' ? [`${one.series} ${one.period}`] : []))).toEqual([
      'weekly-plan 2026-W48',
      'follow-up-records 2026-W47',
      'weekly-summary 2026-W47',
    ]);
  });
});

describe('a meeting', () => {
  it('turns each decision into a duty of whoever it names', () => {
    const meeting = SET.rhythms?.['team-rhythm'];
    if (meeting === undefined) throw new Error('no rhythm');
    const bob = new DrivePerson('bob');
    bob.rhythms = { 'team-rhythm': { ...meeting, applies_to: ['manager'], calendar: 'office' } };
    live(bob, '2026-10-26T08:00:00.000Z');
    const duty = openOf(bob, 'sales-meeting');
    const decided = (row: object) => ({ command: 'do_duty', duty, fields: { held: true, decisions: [row] } }) as const;
    const row = { what: 'Call the three lost customers', owner: 'ann', due_on: '2026-10-30' };
    expect(bob.no('bob', decided({ ...row, due_on: '2026-10-31' }))).toBe('refused: deadline-off-work');
    expect(bob.no('bob', decided({ ...row, due_on: '2026-10-23' }))).toBe('refused: deadline-past');
    expect(bob.no('bob', decided({ ...row, owner: 'nobody' }))).toMatch(/^invalid: .*owner/u);
    bob.must('bob', decided(row));
    const [told] = bob.effects.filter(({ effect }) => effect === 'tell_person');
    if (told?.effect !== 'tell_person') throw new Error('nobody is told');
    expect(told.to).toBe('ann');
    const drive = ann({});
    drive.to(bob.now);
    expect(drive.no('bob', told.command)).toBe('forbidden: not-a-meeting');
    expect(drive.must('system', told.command)).toEqual(['duty_opened']);
    expect(drive.state.duties?.[0]).toMatchObject({ due_on: '2026-10-30', decided: { what: row.what, by: 'bob' } });
    expect(drive.must('ann', { command: 'do_duty', duty: 'd1' })).toEqual(['duty_done']);
  });
});

describe('a newcomer', () => {
  it('is checked every working day of their first ninety days by whoever leads them, and told beforehand', () => {
    const shipped = SET.rhythms?.['rep-rhythm'];
    const checks = shipped?.duties.filter(({ duty }) => duty === 'newcomer-check') ?? [];
    const drive = ann(
      shipped === undefined ? {} : { 'rep-rhythm': { ...shipped, calendar: 'office', duties: checks } },
    );
    live(drive, '2026-10-21T09:00:00.000Z');
    // Since when ann has the post is not known: there is nothing to check.
    expect(drive.state.duties).toBeUndefined();
    drive.must('root', { command: 'change', in_post_since: '2026-07-25' });
    const events = live(drive, '2026-11-06T00:00:00.000Z');
    const opened = events.filter((one) => one.event === 'duty_opened');
    // Ninety days after 25 July is 23 October.
    expect(opened.map(({ due_on, asked }) => [due_on, asked])).toEqual([
      ['2026-10-20', ['bob']],
      ['2026-10-21', ['bob']],
      ['2026-10-22', ['bob']],
    ]);
  });
});

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

it('none is lost and none doubled, whatever changes of rhythm, leave, manager and clock come between', () => {
  const act = fc.record({
    wait: fc.integer({ min: 1, max: 200 }),
    what: fc.constantFrom('nothing', 'rhythm', 'leave', 'back', 'manager', 'do', 'sleep'),
    every: fc.constantFrom(...CHANGES),
    days: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      let every = 'every Friday 17:00';
      const drive = ann(only(every));
      const all: Happened[] = [];
      const keep = (events: readonly PersonEvent[]) => all.push(...events.map((event) => ({ event, every })));
      for (const { wait, what, every: next, days } of acts) {
        const until = new Date(Date.parse(drive.now) + wait * HOUR_MS).toISOString();
        // Nobody wakes anybody while the server is down.
        if (what === 'sleep') drive.to(until);
        else keep(live(drive, until));
        const outcome = drive.try(...actOf(drive, what, days));
        if (outcome.outcome === 'accepted') keep(outcome.events);
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

/** `every`: the recurrence in force when it happened. */
interface Happened {
  readonly event: PersonEvent;
  readonly every: string;
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
  for (const { event, every } of all) {
    if (event.event === 'series_begun') through = event.through;
    if (event.event !== 'duty_opened' && event.event !== 'duty_spared') continue;
    const next = nextAfter(recurrenceOf(every), 'before', compileCalendar(OFFICE), through);
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
