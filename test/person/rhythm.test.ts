/** Duties, as the shipped rhythms have them: opened by the calendar, done, spared, missed, read. */

import { describe, expect, it } from 'vitest';
import { compiledWith } from '../mapping/shipped-mapping.ts';
import { DrivePerson } from './drive-person.ts';
import { ann, live, WAKE } from './live-rhythm.ts';

const SET = compiledWith();

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

  it('is not asked of who joins after it was due; the next one is', () => {
    const drive = ann().to('2026-10-23T09:20:00.000Z');
    const events = live(drive, '2026-10-23T12:00:00.000Z');
    // Records were due at five; the summary at six is still to come, and so is the plan of Monday.
    expect(events.flatMap((one) => (one.event === 'duty_opened' ? [`${one.series} ${one.period}`] : []))).toEqual([
      'weekly-plan 2026-W44',
      'weekly-summary 2026-W43',
    ]);
    const later = live(drive, '2026-10-30T02:00:00.000Z');
    expect(later.flatMap((one) => (one.event === 'duty_opened' ? [`${one.series} ${one.period}`] : []))).toContain(
      'follow-up-records 2026-W44',
    );
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
