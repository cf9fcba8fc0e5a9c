/** Coaching, as the shipped flows have it: whose act each step is, what waiting brings, what is agreed and what it comes to. */

import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../engine/person/coaching/session.ts';
import type { PersonCommand } from '../../engine/person/command.ts';
import { compiledWith } from '../mapping/shipped-mapping.ts';
import { DrivePerson, someone } from './drive-person.ts';

const OWN = { value: 40, n: 20, from: '2026-07-22', until: '2026-10-20' };
const WIN_RATE: Baseline = { measure: 'win-rate', own: OWN, team: { low: 35, middle: 50, high: 62, n: 4 } };

const ANSWERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  specific: {
    result: 'Win six of ten closings',
    expected_level: 'as good as the middle of the team',
    serves: 'the year',
    kind: 'routine',
  },
  measurable: { measure: 'win-rate' },
  realistic: { realistic: 50, ideal: 60 },
  'time-bound': { due_on: '2026-12-18' },
};

const COACHING = compiledWith().coaching ?? {};

function ann(): DrivePerson {
  const drive = new DrivePerson('ann');
  drive.coaching = COACHING;
  drive.figures = { baselines: { 'win-rate': WIN_RATE }, owners: { 'C-1': 'ann', 'C-2': 'ben' } };
  return drive;
}

function step(name: string, fields = ANSWERS[name] ?? {}): PersonCommand {
  return { command: 'answer_step', session: 's1', step: name, fields };
}

/** Up to the rep's acceptance. */
function proposed(drive = ann()): DrivePerson {
  drive.must('bob', { command: 'open_coaching', coaching: 'smart' });
  for (const name of Object.keys(ANSWERS)) drive.must('bob', step(name));
  return drive;
}

const AGREE: PersonCommand = { command: 'agree', session: 's1' };

describe('a SMART goal', () => {
  it('is active once the rep has accepted it, with its baseline', () => {
    const drive = proposed();
    expect(drive.state.goals).toBeUndefined();
    expect(drive.sent).toEqual(['settle bob', 'message ann']);
    expect(drive.must('ann', AGREE)).toEqual(['step_agreed', 'goal_agreed', 'coaching_finished']);
    expect(drive.state.goals).toEqual([
      {
        goal: 'g1',
        kind: 'goal',
        session: 's1',
        coaching: 'smart',
        title: 'Win six of ten closings',
        agreed_on: '2026-10-20',
        due_on: '2026-12-18',
        due_at: '2026-12-18T16:00:00.000Z',
        measure: { measure: 'win-rate', baseline: OWN, realistic: 50, ideal: 60 },
        when_met: 'goal-review',
        when_missed: 'goal-review',
      },
    ]);
    expect(drive.state.sessions).toEqual([]);
  });

  it('is accepted by nobody in the place of the rep', () => {
    const drive = proposed();
    for (const other of ['bob', 'dan', 'ben', 'root'])
      expect(drive.no(other, AGREE)).toBe('forbidden: acceptance-is-theirs');
    expect(drive.state.goals).toBeUndefined();
  });

  it('sent back is proposed anew, with what was said before the step kept', () => {
    const drive = proposed();
    expect(drive.must('ann', { command: 'send_back', session: 's1', reason: 'the year is nearly over' })).toEqual([
      'step_sent_back',
    ]);
    expect(drive.state.sessions?.[0]).toMatchObject({ at_step: 0, asked: ['bob'], answers: {} });
    for (const name of Object.keys(ANSWERS)) drive.must('bob', step(name));
    drive.must('ann', AGREE);
    expect(drive.state.goals).toHaveLength(1);
  });

  it('must be beyond the baseline and within what the team has reached, or say why', () => {
    const drive = ann();
    drive.must('bob', { command: 'open_coaching', coaching: 'smart' });
    drive.must('bob', step('specific'));
    drive.must('bob', step('measurable'));
    expect(drive.no('bob', step('realistic', { realistic: 40, ideal: 50 }))).toBe('refused: check-unmet');
    expect(drive.no('bob', step('realistic', { realistic: 50, ideal: 63 }))).toBe('refused: check-unmet');
    expect(drive.no('bob', step('realistic', { realistic: 55, ideal: 50 }))).toBe('refused: levels-reversed');
    drive.must('bob', step('realistic', { realistic: 40, ideal: 50, why_no_harder: 'a new territory' }));
  });

  it('needs something to measure, a measure there is, and a working day to come', () => {
    const drive = ann();
    drive.must('bob', { command: 'open_coaching', coaching: 'smart' });
    drive.must('bob', step('specific'));
    expect(drive.no('bob', step('measurable', { measure: 'happiness' }))).toBe(
      'invalid: choice-unknown /fields/measure',
    );
    drive.figures = {};
    expect(drive.no('bob', step('measurable'))).toBe('refused: nothing-to-measure');
    drive.figures = { baselines: { 'win-rate': WIN_RATE } };
    drive.must('bob', step('measurable'));
    drive.must('bob', step('realistic'));
    expect(drive.no('bob', step('time-bound', { due_on: '2026-10-20' }))).toBe('refused: deadline-past');
    expect(drive.no('bob', step('time-bound', { due_on: '2026-12-19' }))).toBe('refused: deadline-off-work');
    drive.must('bob', step('time-bound'));
    // What was a day to come when it was proposed may be past when it is accepted.
    drive.to('2026-12-21T02:00:00.000Z');
    expect(drive.no('ann', AGREE)).toBe('refused: deadline-past');
  });

  it.each([
    [65, 'ideal'],
    [60, 'ideal'],
    [50, 'realistic'],
    [49.9, 'missed'],
  ] as const)('that came to %s on its last day ends as %s and opens its review', (value, how) => {
    const drive = proposed();
    drive.must('ann', AGREE);
    expect(drive.wakesAt).toBe('2026-12-18T16:00:00.000Z');
    drive.to('2026-12-18T16:00:00.000Z');
    const measured = { value, n: 9, from: '2026-10-20', until: '2026-12-18' };
    drive.figures = { outcomes: { g1: measured } };
    const outcome = drive.try('system', { command: 'wake' });
    expect(outcome).toMatchObject({
      outcome: 'accepted',
      events: [
        { event: 'goal_ended', goal: 'g1', how, measured },
        { event: 'coaching_opened', session: 's2', after: 'g1', asked: ['ann'] },
      ],
    });
    expect(drive.sent).toEqual(['message ann', 'message ann']);
    expect(drive.state.goals).toEqual([]);
  });

  it('of which nothing can be measured in the end is judged by whoever coaches', () => {
    const drive = proposed();
    drive.must('ann', AGREE);
    const judge = { command: 'judge_goal', goal: 'g1', kept: false } as const;
    expect(drive.no('bob', judge)).toBe('refused: goal-computed');
    drive.to('2026-12-18T16:00:00.000Z');
    expect(drive.must('system', { command: 'wake' })).toEqual(['goal_due']);
    expect(drive.wakesAt).toBeUndefined();
    expect(drive.no('ann', judge)).toBe('forbidden: not-your-rep');
    expect(drive.must('bob', judge)).toEqual(['goal_ended', 'coaching_opened']);
    expect(drive.sent).toEqual(['settle bob', 'message ann', 'message ann']);
  });

  it('is changed by both: another one takes its place when the rep accepts it', () => {
    const drive = proposed();
    drive.must('ann', AGREE);
    expect(drive.no('bob', { command: 'open_coaching', coaching: 'smart', renews: 'g7' })).toBe(
      'invalid: no-such-goal /goal',
    );
    drive.must('bob', { command: 'open_coaching', coaching: 'smart', renews: 'g1' });
    for (const [name, fields] of Object.entries(ANSWERS)) {
      drive.must('bob', { command: 'answer_step', session: 's2', step: name, fields });
    }
    expect(drive.state.goals?.map(({ goal }) => goal)).toEqual(['g1']);
    drive.must('ann', { command: 'agree', session: 's2' });
    expect(drive.state.goals?.map(({ goal }) => goal)).toEqual(['g2']);
  });
});

describe('a session', () => {
  it('is begun by the rep or whoever coaches them, once at a time, and not with somebody on leave', () => {
    const drive = ann();
    const open = { command: 'open_coaching', coaching: 'smart' } as const;
    for (const other of ['ben', 'dan', 'root']) expect(drive.no(other, open)).toBe('forbidden: not-your-rep');
    expect(drive.no('bob', { ...open, coaching: 'smrt' })).toBe('invalid: no-such-coaching /coaching');
    drive.must('ann', open);
    expect(drive.no('bob', open)).toBe('refused: session-open');
    drive.must('ann', { command: 'set_absence', first_day: '2026-10-21', last_day: '2026-10-23' });
    drive.to('2026-10-20T16:00:00.000Z').must('system', { command: 'wake' });
    expect(drive.no('bob', { command: 'open_coaching', coaching: 'best' })).toBe('refused: on-leave');
  });

  it('takes each step from whose turn it is, and no other step', () => {
    const drive = ann();
    drive.must('bob', { command: 'open_coaching', coaching: 'smart' });
    for (const other of ['ann', 'ben', 'dan', 'root'])
      expect(drive.no(other, step('specific'))).toBe('forbidden: not-your-turn');
    expect(drive.no('bob', step('measurable'))).toBe('refused: not-this-step');
    expect(drive.no('bob', AGREE)).toBe('refused: not-this-step');
    expect(drive.no('bob', { ...step('specific'), session: 's9' } as PersonCommand)).toBe(
      'invalid: no-such-session /session',
    );
    const accepted = proposed();
    expect(accepted.no('ann', step('accepted', {}))).toBe('invalid: agreement-wanted /step');
  });

  it('reminds when the time to answer is over, tells those above, and stops while the rep is away', () => {
    const drive = proposed();
    expect(drive.wakesAt).toBe('2026-10-23T02:00:00.000Z');
    drive.to('2026-10-23T02:00:00.000Z').must('system', { command: 'wake' });
    expect(drive.sent).toEqual(['message ann']);
    drive.must('ann', { command: 'set_absence', first_day: '2026-10-26', last_day: '2026-10-30' });
    drive.to('2026-10-25T16:00:00.000Z').must('system', { command: 'wake' });
    // Back at midnight after the 30th: three working days later the turn has lasted its time again.
    expect(drive.wakesAt).toBe('2026-10-30T16:00:00.000Z');
    drive.to('2026-10-30T16:00:00.000Z').must('system', { command: 'wake' });
    expect(drive.state.sessions?.[0]).toMatchObject({ fired: 0, turn_since: '2026-10-30T16:00:00.000Z' });
    drive.to('2026-11-20T02:00:00.000Z').must('system', { command: 'wake' });
    // Both rungs at once: one reminder, and the manager told.
    expect(drive.sent).toEqual(['message ann', 'message bob']);
  });

  it('is put off only as often, and as far, as its playbook lets it be', () => {
    const drive = ann();
    drive.must('bob', { command: 'open_coaching', coaching: 'smart' });
    const until = (day: string): PersonCommand => ({
      command: 'postpone',
      session: 's1',
      until: day,
      reason: 'a fair',
    });
    expect(drive.no('ann', until('2026-10-22'))).toBe('forbidden: not-your-turn');
    expect(drive.no('bob', until('2026-10-20'))).toBe('invalid: date-in-past /until');
    expect(drive.no('bob', until('2026-12-01'))).toBe('refused: postponed-too-far');
    drive.must('bob', until('2026-10-27'));
    expect(drive.wakesAt).toBe('2026-10-30T01:00:00.000Z');
    drive.must('bob', until('2026-10-27'));
    expect(drive.no('bob', until('2026-10-27'))).toBe('refused: postponed-enough');
    // What is sent back does not give the budget back.
    for (const name of Object.keys(ANSWERS)) drive.must('bob', step(name));
    expect(drive.no('ann', until('2026-10-27'))).toBe('refused: postponed-enough');
  });

  it('goes with the rep to another manager whole', () => {
    const drive = ann();
    drive.must('bob', { command: 'open_coaching', coaching: 'smart' });
    drive.must('bob', step('specific'));
    expect(drive.must('root', { command: 'change', manager: 'dan' })).toEqual(['person_changed', 'turn_passed']);
    expect(drive.sent).toEqual(['settle bob', 'message dan']);
    expect(drive.no('bob', step('measurable'))).toBe('forbidden: not-your-turn');
    drive.must('dan', step('measurable'));
    expect(drive.state.sessions?.[0]?.answers.specific?.by).toBe('bob');
  });

  it('falls to who steps in while the manager is away', () => {
    const drive = ann();
    drive.must('bob', { command: 'open_coaching', coaching: 'smart' });
    const away = { absence: 'a1', first_day: '2026-10-20', last_day: '2026-10-30', substitutes: ['meg'] };
    const span = { from: '2026-10-19T16:00:00.000Z', until: '2026-10-30T16:00:00.000Z' };
    drive.withOthers((others) => [
      ...others.map((one) => (one.person === 'bob' ? { ...one, absences: [{ ...away, ...span }] } : one)),
      someone('meg', 'manager', 'dan'),
    ]);
    drive.must('meg', step('specific'));
    expect(drive.no('dan', step('measurable'))).toBe('forbidden: not-your-turn');
  });

  it('is dropped by whoever coaches with a reason, and ends with everything when the rep leaves', () => {
    const drive = proposed();
    const drop: PersonCommand = { command: 'drop_coaching', session: 's1', reason: 'the territory is closed' };
    expect(drive.no('ann', drop)).toBe('forbidden: not-your-rep');
    expect(drive.no('bob', { ...drop, reason: ' ' })).toMatch(/^invalid: /u);
    drive.must('bob', drop);
    expect(drive.sent).toEqual(['settle ann']);
    const leaving = proposed();
    leaving.must('root', { command: 'leave' });
    expect([leaving.state.sessions, leaving.state.goals]).toEqual([undefined, undefined]);
    expect(leaving.wakesAt).toBeUndefined();
  });
});

describe('BEST feedback', () => {
  const BEHAVIOUR = {
    case: 'C-1',
    happened_on: '2026-10-16',
    behaviour: 'The first question was what the business of the customer is',
  };

  function begun(): DrivePerson {
    const drive = ann();
    drive.must('bob', { command: 'open_coaching', coaching: 'best' });
    return drive;
  }

  it('points at something that happened, with this rep', () => {
    const drive = begun();
    expect(drive.no('bob', step('behaviour', { ...BEHAVIOUR, case: 'C-9' }))).toBe('refused: points-at-nothing');
    expect(drive.no('bob', step('behaviour', { ...BEHAVIOUR, case: 'C-2' }))).toBe('refused: points-at-nothing');
    expect(drive.no('bob', step('behaviour', { ...BEHAVIOUR, happened_on: '2026-07-01' }))).toBe(
      'refused: check-unmet',
    );
    drive.must('bob', step('behaviour', BEHAVIOUR));
  });

  it('has words that judge the person pointed out, and takes them', () => {
    const outcome = begun().try(
      'bob',
      step('behaviour', { ...BEHAVIOUR, behaviour: 'You are Always lazy, 总是不认真' }),
    );
    expect(outcome).toMatchObject({ outcome: 'accepted', warnings: [{ code: 'judging-words' }] });
    expect(JSON.stringify(outcome)).toMatch(/不认真、总是、lazy、always/u);
  });

  it('leaves an agreement that is followed up, and what was not kept opens the next session', () => {
    const drive = begun();
    drive.must('bob', step('behaviour', BEHAVIOUR));
    drive.must('bob', step('effect', { effect: 'the customer lost interest' }));
    // Either may say what will be done instead.
    drive.must('ann', step('change', { change: 'look the company up before each visit', checked_on: '2026-11-20' }));
    drive.must('bob', step('outcomes', { if_changed: 'they talk', if_not: 'they do not' }));
    drive.must('ann', AGREE);
    expect(drive.wakesAt).toBe('2026-11-20T16:00:00.000Z');
    drive.to('2026-11-20T16:00:00.000Z').must('system', { command: 'wake' });
    expect(drive.sent).toEqual(['message bob']);
    expect(drive.must('bob', { command: 'judge_goal', goal: 'g1', kept: false, note: 'twice not' })).toEqual([
      'goal_ended',
      'coaching_opened',
    ]);
    expect(drive.state.sessions?.[0]?.flow.coaching).toBe('best');
    drive.must('bob', { command: 'drop_coaching', session: 's2', reason: 'enough' });
  });
});
