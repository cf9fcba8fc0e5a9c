import { describe, expect, it } from 'vitest';
import { decide } from '../../engine/case/decide.ts';
import { evolve } from '../../engine/case/evolve.ts';
import { DAY, Drive } from './drive.ts';
import { advance, facts, known, opened, prove, set } from './four-stages.ts';
import * as p from './playbook-fixture.ts';
import { worldAt } from './run-case.ts';

describe('close', () => {
  it('as won is the advance that wins', () => {
    const it = prove(opened(), { a: 1, b: 2 });
    it.must('ann', advance('three'));
    expect(it.no('ann', { command: 'close', as: 'won' })).toBe('refused: milestone-unmet (milestone signed)');
    it.must('ann', set({ c: 1 }));
    expect(it.must('ann', { command: 'close', as: 'won', note: 'at last' })).toEqual(['won', 'stage_entered']);
    expect(it.last('won').note).toBe('at last');
    expect(it.no('ann', { command: 'close', as: 'won' })).toBe('refused: already-won');
    expect(it.no('ann', { command: 'close', as: 'lost', reason: 'price' })).toBe('refused: already-won');
  });

  it('as won is refused from anywhere else, with all that is in between', () => {
    const it = prove(opened(), { a: 1, b: 1 });
    expect(it.no('ann', { command: 'close', as: 'won' })).toBe(
      'refused: stage-not-winning (stage three), leave-condition-unmet (stage two), milestone-unmet (milestone signed)',
    );
    expect(it.no('ann', { command: 'close', as: 'won', reason: 'price' })).toBe('invalid: reason-not-taken /reason');
  });

  it('as lost takes a reason of the list, and what the playbook asks of it', () => {
    const it = opened({ close_when: { lost: known('a') } });
    expect(it.no('ann', { command: 'close', as: 'lost' })).toBe('invalid: lost-reason-missing /reason');
    expect(it.no('ann', { command: 'close', as: 'lost', reason: 'rain' })).toBe('invalid: lost-reason-unknown /reason');
    expect(it.no('ann', { command: 'close', as: 'lost', reason: 'price' })).toBe(
      'refused: close-condition-unmet (pipeline large)',
    );
    it.must('ann', set({ a: 1 }));
    expect(it.must('ann', { command: 'close', as: 'lost', reason: 'price', note: 'too dear' })).toEqual([
      'lost',
      'finished',
    ]);
    expect(it.state).toMatchObject({ status: 'lost', finished: true, finish_reason: 'price' });
    expect(it.no('ben', { command: 'close', as: 'lost', reason: 'price' })).toBe('forbidden: no-right');
  });
});

describe('reopen', () => {
  it('takes up a lost case where it ended, its clock new', () => {
    const it = prove(opened(), { a: 1, b: 1 });
    expect(it.no('ann', { command: 'reopen', reason: 'x' })).toBe('refused: case-not-finished');
    it.must('ann', advance());
    it.must('ann', { command: 'close', as: 'lost', reason: 'price' });
    it.wait(DAY);
    expect(it.no('ben', { command: 'reopen', reason: 'x' })).toBe('forbidden: no-right');
    expect(it.no('ann', { command: 'reopen' })).toBe('invalid: key-missing /reason');
    expect(it.must('ann', { command: 'reopen', reason: 'they called' })).toEqual(['reopened']);
    expect(it.state).toMatchObject({ status: 'open', finished: false, stage: 'two', clock: { entered_at: it.now } });
    expect('finish_reason' in it.state).toBe(false);
  });

  it('leaves a delivered case won, and undoes a win that its own last stage made', () => {
    const it = prove(opened(), { a: 1, b: 2, c: 10 });
    it.must('ann', advance('four'));
    it.must('ann', advance());
    it.must('ann', { command: 'reopen', reason: 'a return' });
    expect(it.state).toMatchObject({ status: 'won', finished: false, stage: 'four' });

    const short = new Drive(p.setOf([p.pipeline('large', [p.stage('one', { leave_when: known('a') })], { facts })]));
    short.must('ann', { command: 'open', title: 'x', facts: { a: 1 } });
    expect(short.must('ann', advance())).toEqual(['won', 'finished']);
    short.must('ann', { command: 'reopen', reason: 'not after all' });
    expect(short.state).toMatchObject({ status: 'open', stage: 'one' });
    expect(short.must('ann', advance())).toEqual(['won', 'finished']);
  });

  it('finds the case an owner where the one it had has left meanwhile, and its tasks too', () => {
    const it = prove(opened(), { a: 1, b: 1 });
    it.must('ann', { command: 'plan_task', title: 'call' });
    it.must('ann', { command: 'close', as: 'lost', reason: 'price' });
    const ann = p.people.by_id['ann'];
    if (ann === undefined) throw new Error('ann is missing');
    const without = { ...p.people, by_id: { ...p.people.by_id, ann: { ...ann, active: false } } };
    const envelope = { id: 'r', actor: 'mia', body: { command: 'reopen', reason: 'they called' } };
    const outcome = decide({ ...worldAt(it.playbook, it.now), people: without }, it.state, envelope);
    if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
    const state = outcome.events.reduce(evolve, it.state);
    expect(outcome.events.map((event) => event.event)).toEqual(['reopened', 'handed_over']);
    expect(state.owner).toBe('mia');
    expect(Object.values(state.tasks).map((task) => task.owner)).toEqual(['mia']);
  });
});
