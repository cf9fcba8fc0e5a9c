import { describe, expect, it } from 'vitest';
import { DAY, Drive } from './drive.ts';
import { advance, facts, known, opened, prove, set, stages } from './four-stages.ts';
import * as p from './playbook-fixture.ts';

describe('advance', () => {
  it('is refused with every criterion, what was seen, the rule, who can meet it, and what is under way', () => {
    const it = opened();
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    const reasons = it.reasons('ann', advance());
    expect(reasons.map(({ code, about }) => [code, about])).toEqual([
      ['milestone-unmet', 'milestone met'],
      ['enter-condition-unmet', 'stage two'],
    ]);
    expect(reasons[0]).toMatchObject({
      rule: stages[0]?.milestones[0]?.at,
      can_meet: ['mia', 'ann'],
      unmet: [
        { leaf: { kind: 'evidence' }, why: 'submitted' },
        { leaf: { kind: 'fact' }, truth: false },
      ],
      under_way: [
        {
          en: '`visit` waits for acceptance by mia since 2026-01-05',
          zh: '`visit` 自 2026-01-05 起等待 mia 验收',
        },
      ],
    });
    expect(reasons[1]).toMatchObject({ can_meet: ['ann'], under_way: [] });
  });

  it('goes to the next stage when all of it is true, and starts its clock', () => {
    const it = prove(opened(), { a: 1, b: 1 }).wait(DAY);
    expect(it.must('ann', advance())).toEqual(['stage_entered']);
    expect(it.last('stage_entered')).toMatchObject({ from: 'one', stage: 'two', because: 'advance' });
    expect(it.state.clock).toEqual({ entered_at: it.now, last_activity_at: it.now, pauses: [] });
  });

  it('skips stages only where each one on the way would let it pass', () => {
    const it = prove(opened(), { a: 1, b: 1 });
    expect(it.no('ann', advance('three'))).toBe('refused: leave-condition-unmet (stage two)');
    it.must('ann', set({ b: 2 }));
    expect(it.must('ann', advance('three'))).toEqual(['stage_entered']);
    expect(it.state.stage).toBe('three');
  });

  it('does not go where it has been, nor where nothing is', () => {
    const it = prove(opened(), { a: 1, b: 2 });
    it.must('ann', advance());
    expect(it.no('ann', advance('one'))).toBe('refused: stage-not-ahead (stage one)');
    expect(it.no('ann', advance('two'))).toBe('refused: stage-not-ahead (stage two)');
    expect(it.no('ann', advance('five'))).toBe('invalid: stage-unknown /to');
    expect(it.no('ben', advance())).toBe('forbidden: no-right');
  });

  it('wins on leaving the winning stage, and finishes after the last', () => {
    const it = prove(opened(), { a: 1, b: 2, c: 1 });
    it.must('ann', advance('three'));
    expect(it.must('ann', advance())).toEqual(['won', 'stage_entered']);
    expect(it.state).toMatchObject({ status: 'won', finished: false, stage: 'four' });
    it.must('ann', set({ c: 10 }));
    expect(it.must('ann', advance())).toEqual(['finished']);
    expect(it.state).toMatchObject({ status: 'won', finished: true, stage: 'four' });
    expect(it.no('ann', advance())).toBe('refused: case-finished');
  });

  it('finishes on entering a last stage that asks nothing', () => {
    const it = new Drive(p.setOf([p.pipeline('large', [p.stage('one'), p.stage('two')])]));
    it.must('ann', { command: 'open', title: 'x' });
    expect(it.must('ann', advance())).toEqual(['won', 'stage_entered', 'finished']);
    expect(it.state).toMatchObject({ status: 'won', finished: true, stage: 'two' });
  });

  it('asks each gate at its point, and all that hangs on the win', () => {
    const gates = [
      p.gate('kept', p.task('dated')),
      p.gate('timely', p.factIs('c', 'at_least', 2), { at_point: 'win' }),
      p.gate('done', p.factIs('c', 'at_least', 11), { at_point: 'finish' }),
    ];
    const won = p.factIs('a', 'at_least', 5);
    const it = prove(opened({ close_when: { won } }, gates), { a: 1, b: 2, c: 1 });
    expect(it.no('ann', advance())).toBe('refused: gate-closed (gate kept)');
    it.must('ann', { command: 'plan_task', title: 'x', due_on: '2026-01-09' });
    it.must('ann', advance('three'));
    expect(it.no('ann', advance())).toBe('refused: gate-closed (gate timely), close-condition-unmet (pipeline large)');
    it.must('ann', set({ a: 5, c: 10 }));
    it.must('ann', advance());
    expect(it.no('ann', advance())).toBe('refused: gate-closed (gate done)');
  });

  it('opens a gate only on true, also where the playbook says `not`', () => {
    const it = prove(opened({}, [p.gate('shy', p.not(p.factIs('c', 'is', 3)))]), { a: 1, b: 1 });
    const [reason] = it.reasons('ann', advance());
    expect(reason).toMatchObject({ about: 'gate shy', unmet: [{ truth: 'unknown' }] });
    it.must('ann', set({ c: 3 }));
    expect(it.reasons('ann', advance())[0]).toMatchObject({ unmet: [{ truth: true, seen: 3 }] });
    it.must('ann', set({ c: 4 }));
    it.must('ann', advance());
  });

  it('names only the leaves that stand in the way', () => {
    const when = p.all(p.any(known('a'), known('c')), p.any(p.factIs('a', 'is', 7), p.factIs('b', 'is', 7)));
    const it = prove(opened({}, [p.gate('both', when)]), { a: 1, b: 1 });
    const [reason] = it.reasons('ann', advance());
    expect(reason?.unmet.map(({ seen }) => seen)).toEqual([1, 1]);
    expect(reason?.unmet).toHaveLength(2);
  });

  it('notes what gates on trial would have said, and warns by those that warn', () => {
    const when = known('c');
    const gates = [p.gate('soft', when, { mode: 'warn' }), p.gate('dark', when, { mode: 'shadow' })];
    const it = prove(opened({}, gates), { a: 1, b: 1 });
    const outcome = it.try('ann', advance());
    expect(outcome).toMatchObject({ outcome: 'accepted', warnings: [{ about: 'gate soft' }] });
    const noted = it.events.flatMap((event) => (event.event === 'gate_noted' ? [[event.gate, event.mode]] : []));
    expect(noted).toEqual([
      ['soft', 'warn'],
      ['dark', 'shadow'],
    ]);
  });

  it('is refused once the pipeline does not apply any more', () => {
    const large = p.pipeline('large', stages, { facts, applies_when: p.factIs('a', 'less_than', 10) });
    const it = new Drive(p.setOf([large]));
    it.must('ann', { command: 'open', title: 'x', facts: { a: 1 } });
    prove(it, { a: 10, b: 1 });
    expect(it.no('ann', advance())).toBe('refused: pipeline-does-not-apply (pipeline large)');
    it.must('ann', set({ a: 9 }));
    it.must('ann', advance());
  });

  it('asks again for freshness at every step', () => {
    const aged = [
      p.stage('one', { evidence: [p.evidence('visit', { fresh_for: p.lasting(5, 'days') })] }),
      p.stage('two'),
    ];
    const asks = [{ ...aged[0], leave_when: p.hasEvidence('visit') }, aged[1]].flatMap((one) => one ?? []);
    const it = new Drive(
      p.setOf([
        p.pipeline(
          'large',
          asks.map((one) => ({ ...p.stage('x'), ...one })),
        ),
      ]),
    );
    it.must('ann', { command: 'open', title: 'x' });
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    it.must('mia', { command: 'accept_evidence', evidence: 'visit' });
    it.wait(5 * DAY + 1);
    expect(it.no('ann', advance())).toBe('refused: leave-condition-unmet (stage one)');
    it.wait(-1);
    it.must('ann', advance());
  });
});

describe('fall back', () => {
  it('goes to any earlier stage, with a reason, and undoes a win that lies ahead again', () => {
    const it = prove(opened(), { a: 1, b: 2, c: 1 });
    it.must('ann', advance('four'));
    expect(it.state.status).toBe('won');
    const back = { command: 'fall_back', to: 'two', reason: 'the customer says no' };
    expect(it.must('mia', back)).toEqual(['stage_entered']);
    expect(it.last('stage_entered')).toMatchObject({ because: 'fall_back', reason: back.reason, status: 'open' });
    expect(it.state).toMatchObject({ stage: 'two', status: 'open' });
    expect(it.must('ann', advance('four'))).toEqual(['won', 'stage_entered']);
  });

  it('does not go forward', () => {
    const it = opened();
    expect(it.no('ann', { command: 'fall_back', to: 'one', reason: 'x' })).toBe(
      'refused: stage-not-behind (stage one)',
    );
    expect(it.no('ann', { command: 'fall_back', to: 'two', reason: 'x' })).toBe(
      'refused: stage-not-behind (stage two)',
    );
    expect(it.no('ann', { command: 'fall_back', to: 'x', reason: 'x' })).toBe('invalid: stage-unknown /to');
    expect(it.no('ann', { command: 'fall_back', to: 'one' })).toBe('invalid: key-missing /reason');
    expect(it.no('ben', { command: 'fall_back', to: 'one', reason: 'x' })).toBe('forbidden: no-right');
  });
});
