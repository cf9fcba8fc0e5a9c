/** What the figures of a rep say, by the shipped diagnoses: found, asked, taken up by a flow that is filled in, or declined. */

import { expect, it } from 'vitest';
import type { PersonCommandOf } from '../../engine/person/command.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { compiledWith } from '../mapping/shipped-mapping.ts';
import { DrivePerson } from './drive-person.ts';

const SET = compiledWith();
const DAY_MS = 86_400_000;

const LOW = { win_rate: 0.38, win_rate_n: 21, win_rate_team: 0.6, win_rate_to_team: 0.38 / 0.6 };
const BETTER = { win_rate: 0.61, win_rate_n: 18, win_rate_team: 0.6, win_rate_to_team: 0.61 / 0.6 };

function ann(): DrivePerson {
  const drive = new DrivePerson('ann');
  drive.coaching = SET.coaching ?? {};
  drive.diagnoses = SET.rep_diagnoses ?? {};
  return drive;
}

type Facts = Readonly<Record<string, Value>>;

function look(facts: Facts, finding = 'win-rate-low'): PersonCommandOf<'record_findings'> {
  const watching = Object.values(SET.rep_diagnoses ?? {});
  const one = watching.find(({ findings }) => findings.some((rule) => rule.finding === finding));
  if (one === undefined) throw new Error(finding);
  const support = { cases: ['C-1', 'C-2'], n: 13, of: 21 };
  const sight = { facts, from: '2026-07-22', until: '2026-10-20', support };
  return {
    command: 'record_findings',
    found: [{ finding, diagnosis: one.diagnosis, hash: one.hash, ...sight }],
    gone: [],
  };
}

const ACCEPT = { command: 'answer_finding', finding: 'win-rate-low', answer: 'respond' } as const;
const DECLINE = { command: 'answer_finding', finding: 'win-rate-low', answer: 'decline' } as const;

const WAKE = { command: 'wake' } as const;

function found(): DrivePerson {
  const drive = ann();
  expect(drive.must('system', look(LOW))).toEqual(['finding_found']);
  return drive;
}

it('asks the manager, with the figures, the causes and how many deals it rests on', () => {
  const drive = found();
  expect(drive.sent).toEqual(['message bob']);
  const [effect] = drive.effects;
  if (effect?.effect !== 'message') throw new Error('no message');
  expect(effect.message.title.en).toBe("ann: Win rate below the team's");
  expect(effect.message.text.en).toContain('Win rate: 38%\n');
  expect(effect.message.text.en).toContain('Win rate: cases: 21\n');
  expect(effect.message.text.en).toContain('13 of 21 cases: C-1, C-2');
  expect(effect.message.text.zh).toContain('21 个案件中的 13 个');
});

it('once accepted opens the flow it proposes, filled in; what is not said otherwise stands', () => {
  const drive = found();
  drive.figures = {
    baselines: {
      'win-rate': {
        measure: 'win-rate',
        own: { value: 38, n: 21, from: '2026-07-22', until: '2026-10-20' },
        team: { low: 38, middle: 60, high: 70, n: 4 },
      },
    },
  };
  expect(drive.must('bob', ACCEPT)).toEqual(['finding_answered', 'coaching_opened']);
  expect(drive.state.findings?.['win-rate-low']?.answer).toMatchObject({ as: 'respond', by: 'bob', session: 's1' });
  expect(drive.state.sessions?.[0]?.proposed).toMatchObject({ measure: 'win-rate', realistic: 60, kind: 'stretch' });
  const answer = (step: string, fields = {}) =>
    drive.must('bob', { command: 'answer_step', session: 's1', step, fields });
  answer('specific', { result: 'Win six of ten' });
  answer('measurable');
  answer('realistic', { ideal: 65 });
  answer('time-bound');
  drive.must('ann', { command: 'agree', session: 's1' });
  expect(drive.state.goals?.[0]).toMatchObject({
    title: 'Win six of ten',
    // 60 working days after 20 October 2026, in the calendar of the flow.
    due_on: '2027-01-12',
    measure: { measure: 'win-rate', realistic: 60, ideal: 65, baseline: { value: 38 } },
  });
});

it('may be answered by another flow, or declined with a reason, by whoever leads and by nobody else', () => {
  const drive = found();
  expect(drive.no('ann', ACCEPT)).toBe('forbidden: not-finding-owner');
  expect(drive.no('ben', ACCEPT)).toBe('forbidden: not-finding-owner');
  expect(drive.no('bob', DECLINE)).toBe('invalid: argument-missing /reason');
  expect(drive.no('bob', { ...ACCEPT, coaching: 'smarter' })).toBe('invalid: no-such-coaching /coaching');
  drive.must('bob', { ...ACCEPT, coaching: 'joint-visit' });
  expect(drive.state.sessions?.[0]?.flow.coaching).toBe('joint-visit');
  expect(drive.state.sessions?.[0]?.proposed).toBeUndefined();
  expect(drive.no('bob', { ...DECLINE, reason: 'too late' })).toBe('refused: finding-not-open');
});

it('is not proposed again while it goes on holding, but after the time that the playbook names', () => {
  const drive = found();
  drive.must('bob', { ...DECLINE, reason: 'Two large deals were lost to one tender' });
  expect(drive.must('system', look(LOW))).toEqual([]);
  drive.wait(89 * DAY_MS);
  expect(drive.must('system', look(LOW))).toEqual([]);
  drive.wait(2 * DAY_MS);
  expect(drive.must('system', look(LOW))).toEqual(['finding_found']);
  expect(drive.state.findings?.['win-rate-low']).toMatchObject({ n: 2 });
});

it('is gone once the figures say so, with those of before and after', () => {
  const drive = found();
  drive.must('bob', ACCEPT);
  const gone = [{ finding: 'win-rate-low', facts: BETTER }];
  expect(drive.must('system', { command: 'record_findings', found: [], gone })).toEqual(['finding_gone']);
  const entry = drive.state.findings?.['win-rate-low'];
  expect([entry?.facts['win_rate'], entry?.gone?.facts['win_rate']]).toEqual([0.38, 0.61]);
  // A look from before is no look.
  expect(drive.must('system', { command: 'record_findings', found: [], gone })).toEqual([]);
});

it('records nothing that does not hold by its own conditions, under other rules, or from anybody', () => {
  const drive = ann();
  expect(drive.must('system', look(BETTER))).toEqual([]);
  const [first] = look(LOW).found;
  if (first === undefined) throw new Error('nothing found');
  const old = { ...look(LOW), found: [{ ...first, hash: 'of another set' }] };
  expect(drive.must('system', old)).toEqual([]);
  expect(drive.no('bob', look(LOW))).toBe('forbidden: not-a-look');
  // Too few deals say nothing, however low the share is.
  expect(drive.must('system', look({ ...LOW, win_rate_n: 9 }))).toEqual([]);
});

it('waits for an answer as the playbook says: a reminder, then the director; and goes with the rep to another manager', () => {
  const drive = found();
  drive.wait(7 * DAY_MS).must('system', WAKE);
  expect(drive.sent).toEqual(['message bob']);
  const changed = { command: 'change', manager: 'dan' } as const;
  drive.must('root', changed);
  expect(drive.sent).toEqual(['settle bob', 'message dan']);
  expect(drive.state.findings?.['win-rate-low']?.asked).toEqual(['dan']);
});

it('cannot begin coaching with somebody on leave; nothing is answered then', () => {
  const drive = found();
  drive.must('ann', { command: 'set_absence', first_day: '2026-10-20', last_day: '2026-10-23' });
  drive.must('system', WAKE);
  expect(drive.no('bob', ACCEPT)).toBe('refused: on-leave');
  expect(drive.state.findings?.['win-rate-low']?.answer).toBeUndefined();
});
