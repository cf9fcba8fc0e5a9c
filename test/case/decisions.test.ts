/** Decisions of a case: answered, kept with the facts and the clock, and asked for by gates. */

import { describe, expect, test } from 'vitest';
import { viewOf } from '../../engine/case/case-view.ts';
import { explainDecision } from '../../engine/case/explain-decision.ts';
import { CASE_PERSONAL } from '../../engine/case/personal.ts';
import type { Decision } from '../../engine/playbook/decision.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { DAY, Drive } from './drive.ts';
import { explained } from './explain/explained.ts';
import { follow } from './explain/follow-plan.ts';
import {
  decision,
  fact,
  factIs,
  lasting,
  outcome,
  pipeline,
  place,
  question,
  setOf,
  stage,
  text,
} from './playbook-fixture.ts';
import { worldAt } from './run-case.ts';

const OWNER = { kind: 'owner' } as const;

const win = decision(
  'win',
  {
    kind: 'tree',
    questions: [
      question('need', '?deliver', 'exit', { rests_on: ['pain'] }),
      question('deliver', 'frontal', '?far', { rests_on: ['stock'] }),
      question('far', 'flank', 'exit', { from: factIs('score', 'at_least', 80) }),
    ],
  },
  {
    answered_by: OWNER,
    fresh_for: lasting(30, 'days'),
    outcomes: [
      outcome('frontal', {
        do: [
          { kind: 'task', title: text('Lead'), owner: OWNER, due: lasting(5, 'days'), at: place() },
          { kind: 'notify', who: { kind: 'manager' }, at: place() },
          { kind: 'send', to: 'warehouse', at: place() },
        ],
      }),
      outcome('flank'),
      outcome('exit', { do: [{ kind: 'require', evidence: 'paper', at: place() }] }),
    ],
  },
);

const grade = decision(
  'grade',
  {
    kind: 'table',
    hit: 'first',
    rows: [
      { when: factIs('score', 'at_least', 80), outcome: 'a', at: place() },
      { when: factIs('score', 'at_least', 50), outcome: 'b', at: place() },
    ],
    otherwise: 'c',
  },
  { outcomes: [outcome('a', { do: [{ kind: 'remind', who: OWNER, at: place() }] }), outcome('b'), outcome('c')] },
);

const facts = Object.fromEntries([fact('pain', 'text'), fact('stock', 'number'), fact('score', 'number')]);

const strategy = { kind: 'decision', decision: 'win', operator: 'is_not', outcomes: ['exit'], at: place() } as const;

function playbook(decisions: readonly Decision[] = [win, grade]): PlaybookSet {
  const stages = [stage('s0'), stage('s1', { enter_when: strategy }), stage('s2')];
  const deal = pipeline('deal', stages, { facts });
  return setOf([deal, pipeline('other', [stage('s0'), stage('s1')], { facts })], [], [], decisions);
}

function opened(set = playbook()): Drive {
  const drive = new Drive(set);
  drive.must('ann', { command: 'open', title: 'A deal', pipeline: 'deal' });
  return drive;
}

const answer = (answers: Readonly<Record<string, string>>, note?: string) => ({
  command: 'answer',
  decision: 'win',
  answers,
  ...(note !== undefined && { note }),
});
const set = (values: Readonly<Record<string, unknown>>) => ({ command: 'set_facts', facts: values });
const ADVANCE = { command: 'advance' };

describe('answering', () => {
  test('leads to an outcome, does what it starts and opens the gate', () => {
    const drive = opened();
    expect(drive.no('ann', ADVANCE)).toBe('refused: enter-condition-unmet (stage s1)');
    expect(drive.must('ann', answer({ need: 'yes', deliver: 'yes' }))).toEqual(['decision_made', 'task_planned']);
    expect(drive.told).toEqual(['notice mia']);
    expect(drive.effects.filter((one) => one.effect === 'webhook')).toMatchObject([
      { destination: 'warehouse', type: 'decision_made', data: { decision: 'win', outcomes: ['frontal'] } },
    ]);
    drive.must('ann', ADVANCE);
  });

  test('keeps the way taken and who answered', () => {
    const drive = opened();
    drive.must('ann', set({ score: 90 }));
    drive.must('mia', answer({ need: 'yes', deliver: 'no' }, 'Nothing left in the warehouse'));
    expect(drive.last('decision_made')).toMatchObject({
      decision: 'win',
      outcomes: ['flank'],
      path: [
        { question: 'need', answer: 'yes', by: 'people' },
        { question: 'deliver', answer: 'no', by: 'people' },
        { question: 'far', answer: 'yes', by: 'facts' },
      ],
      answers: { need: { answer: 'yes', by: 'mia' }, deliver: { answer: 'no', by: 'mia' } },
    });
  });

  test('what was done for an outcome is not done again while it stays', () => {
    const drive = opened();
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    expect(drive.wait(DAY).must('ann', answer({ need: 'yes' }))).toEqual(['decision_made']);
    expect(drive.told).toEqual([]);
    drive.must('ann', answer({ need: 'no' }));
    expect(drive.must('ann', answer({ need: 'yes', deliver: 'yes' }))).toContain('task_planned');
  });

  test.each([
    [answer({ need: 'yes' }), 'invalid: answer-missing /answers/deliver'],
    [answer({}), 'invalid: answers-missing /answers'],
    [answer({ need: 'perhaps' }), 'invalid: answer-unknown /answers/need'],
    [answer({ wants: 'yes' }), 'invalid: question-unknown /answers/wants'],
    [answer({ need: 'no', deliver: 'yes' }), 'invalid: question-not-reached /answers/deliver'],
    [answer({ need: 'yes', deliver: 'no', far: 'no' }), 'invalid: question-by-facts /answers/far'],
    [{ command: 'answer', decision: 'grade', answers: { a: 'yes' } }, 'invalid: decision-by-facts /decision'],
    [{ command: 'answer', decision: 'wim', answers: { a: 'yes' } }, 'invalid: decision-unknown /decision'],
  ])('%j is %s', (body, no) => {
    const drive = opened();
    drive.must('ann', set({ score: 90 }));
    expect(drive.no('ann', body)).toBe(no);
  });

  test('is for whom the playbook names and those above them', () => {
    const drive = opened(playbook([{ ...win, answered_by: { kind: 'manager' } }]));
    expect(drive.no('ann', answer({ need: 'no' }))).toBe('forbidden: not-an-answerer');
    expect(drive.no('cyn', answer({ need: 'no' }))).toBe('forbidden: no-right');
    drive.must('dan', answer({ need: 'no' }));
  });

  test('ends with the case', () => {
    const drive = opened();
    drive.must('ann', { command: 'close', as: 'lost', reason: 'price' });
    expect(drive.no('ann', answer({ need: 'no' }))).toBe('refused: case-finished');
  });

  test('keeps the words that people add apart', () => {
    expect(CASE_PERSONAL.commands['answer']).toEqual([{ path: ['note'] }]);
    expect(CASE_PERSONAL.events['decision_made']).toEqual([{ path: ['note'] }]);
  });
});

describe('a fact behind an answer', () => {
  test('has that answer asked for again, and nobody else bothered', () => {
    const drive = opened();
    drive.must('ann', set({ stock: 5 }));
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    expect(drive.must('ann', set({ stock: 5 }))).toEqual(['facts_set']);
    expect(drive.must('mia', set({ stock: 0 }))).toEqual(['facts_set', 'decision_asked_again', 'asked']);
    expect(drive.told).toEqual(['reminder ann']);
    expect(drive.last('decision_asked_again')).toMatchObject({
      because: 'facts',
      facts: ['stock'],
      questions: ['deliver'],
    });
    expect(drive.no('ann', ADVANCE)).toBe('refused: enter-condition-unmet (stage s1)');
    // Once is enough.
    expect(drive.must('mia', set({ stock: 1 }))).toEqual(['facts_set']);
    drive.must('ann', answer({ deliver: 'yes' }));
    expect(drive.effects).toContainEqual({
      effect: 'settle',
      to: 'ann',
      subject: 'case-1/decision win',
      how: 'decided',
    });
    drive.must('ann', ADVANCE);
  });

  test('that is cleared counts as changed', () => {
    const drive = opened();
    drive.must('ann', set({ pain: 'Stock never agrees' }));
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    expect(drive.must('ann', set({ pain: null }))).toContain('decision_asked_again');
  });

  test('takes the outcome along where the facts answer by themselves', () => {
    const drive = opened();
    drive.must('ann', set({ score: 90 }));
    drive.must('ann', answer({ need: 'yes', deliver: 'no' }));
    const events = drive.must('ann', set({ score: 20 }));
    expect(events).toEqual(['facts_set', 'decision_made', 'evidence_required', 'decision_made']);
    expect(drive.events.slice(-3)).toMatchObject([
      { decision: 'win', outcomes: ['exit'], before: ['flank'] },
      { evidence: 'paper' },
      { decision: 'grade', outcomes: ['c'], before: ['a'] },
    ]);
  });

  test('goes to whoever owns the case then', () => {
    const drive = opened();
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    drive.must('ann', set({ stock: 0 }));
    expect(drive.must('mia', { command: 'hand_over', to: 'ben' })).toEqual(['handed_over', 'asked']);
    expect(drive.told).toContain('reminder ben');
    expect(drive.state.decisions?.['win']?.asked_again?.asked).toEqual(['ben']);
  });
});

describe('the age of an answer', () => {
  test('has it asked for again when its time is over, by itself and once', () => {
    const drive = opened();
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    const due = drive.wakesAt;
    expect(due).toBe('2026-02-04T09:00:00.000Z');
    drive.live(40 * DAY);
    const again = drive.events.filter((one) => one.event === 'decision_asked_again');
    expect(again).toMatchObject([{ because: 'time', at: due, questions: ['need', 'deliver'] }]);
    expect(drive.wakesAt).toBeUndefined();
  });

  test('is that of the oldest answer on the way', () => {
    const drive = opened();
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    drive.wait(20 * DAY).must('ann', answer({ deliver: 'yes' }));
    drive.live(10 * DAY);
    expect(drive.last('decision_asked_again').questions).toEqual(['need']);
  });

  test('is looked at by the clock, should the timer come late', () => {
    const drive = opened();
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    drive.wait(30 * DAY - 1);
    expect(drive.no('ben', ADVANCE)).toBe('forbidden: no-right');
    drive.wait(1);
    expect(drive.no('ann', ADVANCE)).toBe('refused: enter-condition-unmet (stage s1)');
  });

  test('may have to be less than the decision itself allows', () => {
    const young = { ...strategy, fresh_for: lasting(7, 'days') };
    const stages = [stage('s0'), stage('s1', { enter_when: young })];
    const drive = opened(setOf([pipeline('deal', stages, { facts })], [], [], [win]));
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    drive.wait(7 * DAY);
    expect(drive.reasons('ann', ADVANCE)[0]?.unmet).toMatchObject([{ truth: 'unknown', why: 'stale' }]);
  });

  test('no longer matters when the case is over', () => {
    const drive = opened();
    drive.must('ann', answer({ need: 'no' }));
    drive.must('ann', { command: 'close', as: 'lost', reason: 'price' });
    expect(drive.wakesAt).toBeUndefined();
  });
});

describe('a table', () => {
  test('follows the facts, and does what its outcome starts when it begins', () => {
    const drive = opened();
    expect(drive.events.filter((one) => one.event === 'decision_made')).toEqual([]);
    expect(drive.must('mia', set({ score: 85 }))).toEqual(['facts_set', 'decision_made']);
    expect(drive.told).toEqual(['reminder ann']);
    expect(drive.must('mia', set({ score: 99 }))).toEqual(['facts_set']);
    drive.must('mia', set({ score: 10 }));
    expect(drive.last('decision_made')).toMatchObject({ decision: 'grade', outcomes: ['c'], before: ['a'], rows: [] });
  });

  test('comes to nothing while the facts do not say, and needs no event for that', () => {
    const drive = opened();
    drive.must('ann', set({ score: 85 }));
    expect(drive.must('ann', set({ score: null }))).toEqual(['facts_set']);
    const view = viewOf(worldAt(drive.playbook, drive.now), drive.state);
    expect(view && explainDecision(view, grade).standing).toMatchObject({ standing: 'open', outcomes: [] });
  });
});

describe('what is said of a decision', () => {
  function told(drive: Drive, rule: Decision) {
    const view = viewOf(worldAt(drive.playbook, drive.now), drive.state);
    if (view === undefined) throw new Error('no view');
    return explainDecision(view, rule);
  }

  test('is for every other outcome the last answer that would have to be another', () => {
    const drive = opened();
    drive.must('ann', set({ score: 20 }));
    drive.must('ann', answer({ need: 'yes', deliver: 'no' }));
    expect(told(drive, win).others).toEqual([
      {
        outcome: 'frontal',
        because: 'answer',
        step: { question: 'deliver', answer: 'no', by: 'people' },
        needed: 'yes',
      },
      { outcome: 'flank', because: 'answer', step: { question: 'far', answer: 'no', by: 'facts' }, needed: 'yes' },
    ]);
  });

  test('is which question is open, before it is made', () => {
    const drive = opened();
    expect(told(drive, win).others).toMatchObject([
      { outcome: 'frontal', because: 'question', question: 'need' },
      { outcome: 'flank', because: 'question', question: 'need' },
      { outcome: 'exit', because: 'question', question: 'need' },
    ]);
  });

  test('is what each rule of a table lacks', () => {
    const drive = opened();
    drive.must('ann', set({ score: 85 }));
    expect(told(drive, grade)).toMatchObject({
      others: [
        { outcome: 'b', because: 'earlier', earlier: 0 },
        { outcome: 'c', because: 'otherwise', holding: [0] },
      ],
      rules: [{ rule: 1, because: 'earlier', earlier: 0 }],
    });
    drive.must('ann', set({ score: 60 }));
    expect(told(drive, grade).others).toMatchObject([{ outcome: 'a', because: 'unmet', unmet: [{ seen: 60 }] }, {}]);
  });
});

describe('the way to a stage', () => {
  const asking = (more: Partial<Parameters<typeof pipeline>[2]> = {}) =>
    setOf([pipeline('large', [stage('s0'), stage('s1', { enter_when: strategy })], { facts, ...more })], [], [], [win]);

  test('includes answering, with whoever may', () => {
    const { acts, plan, world, state } = explained(asking());
    expect(acts).toEqual(['answer win (ann)']);
    expect(follow(world, state, plan ?? [], true).decisions?.['win']?.outcomes).toEqual(['frontal']);
  });

  test('answers again what a fact that must be set takes away', () => {
    const set = setOf(
      [
        pipeline(
          'large',
          [stage('s0', { leave_when: factIs('stock', 'is_known', true) }), stage('s1', { enter_when: strategy })],
          {
            facts,
          },
        ),
      ],
      [],
      [],
      [win],
    );
    const { acts } = explained(set, [{ actor: 'ann', body: answer({ need: 'yes', deliver: 'yes' }) }]);
    expect(acts).toEqual(['set_fact stock (ann)', 'answer win (ann)']);
  });

  test('sets the facts that a table needs', () => {
    const wanted = { ...strategy, decision: 'grade', operator: 'is', outcomes: ['b'] } as const;
    const set = setOf(
      [pipeline('large', [stage('s0'), stage('s1', { enter_when: wanted })], { facts })],
      [],
      [],
      [grade],
    );
    const { acts, plan } = explained(set);
    expect(acts).toEqual(['set_fact score (ann)']);
    expect(plan).toMatchObject([{ step: 'set', fact: 'score' }]);
  });
});

describe('elsewhere', () => {
  test('an import beyond the stage that asks owes the answers, and starts nothing', () => {
    const drive = new Drive(playbook());
    drive.must('root', {
      command: 'open',
      title: 'From the CRM',
      pipeline: 'deal',
      stage: 's1',
      owner: 'ann',
      facts: { score: 90 },
      imported: { source: 'crm', debt_due_on: '2026-03-01' },
    });
    expect(drive.state.debts).toEqual([{ decision: 'win', stage: 's0', due_on: '2026-03-01' }]);
    expect(drive.last('decision_made')).toMatchObject({ decision: 'grade', outcomes: ['a'], begun: [] });
    expect(drive.told).toEqual([]);
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    expect(drive.state.debts).toEqual([]);
  });

  test('another pipeline takes along what it decides in the same way', () => {
    const drive = opened();
    drive.must('ann', answer({ need: 'yes', deliver: 'yes' }));
    drive.must('mia', { command: 'move_pipeline', to: 'other' });
    expect(drive.last('pipeline_moved').kept_decisions).toEqual(['win']);
    expect(drive.state.decisions?.['win']?.outcomes).toEqual(['frontal']);
  });

  test('a set from before there were decisions goes on as it did', () => {
    const drive = new Drive(setOf([pipeline('deal', [stage('s0'), stage('s1')], { facts })]));
    drive.must('ann', { command: 'open', title: 'A deal', pipeline: 'deal' });
    expect(drive.state).not.toHaveProperty('decisions');
    expect(drive.must('ann', set({ score: 90 }))).toEqual(['facts_set']);
  });
});
