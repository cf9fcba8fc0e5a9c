import { describe, expect, it } from 'vitest';
import { DAY, Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';
import { base, watchedCase } from './watched-case.ts';

describe('a pause', () => {
  it('by condition stands as long as the condition holds', () => {
    const it = watchedCase().wait(2 * DAY);
    expect(it.must('ann', { command: 'set_facts', facts: { waiting: true } })).toEqual(['facts_set', 'pause_started']);
    expect(it.must('ann', { command: 'set_facts', facts: { waiting: true } })).toEqual(['facts_set']);
    it.wait(3 * DAY);
    expect(it.must('ann', { command: 'set_facts', facts: { waiting: null } })).toEqual(['facts_set', 'pause_ended']);
    expect(it.wakesAt).toBe('2026-01-13T09:00:00.000Z');
  });

  it('by condition follows evidence too, where a fact is computed from it', () => {
    const points = [{ when: p.hasEvidence('talk'), points: 1, at: p.place() }];
    const facts = Object.fromEntries([p.fact('talks', 'number', { from: { kind: 'score', points, at: p.place() } })]);
    const one = p.stage('one', { evidence: [p.evidence('talk')], ladder: 'stall' });
    const stall = { ...p.ladder('stall', base), pauses_while: p.factIs('talks', 'at_least', 1) };
    const it = new Drive(p.setOf([p.pipeline('large', [one, p.stage('two')], { facts })], [], [stall]));
    it.must('ann', { command: 'open', title: 'x' });
    it.must('ann', { command: 'submit_evidence', evidence: 'talk' });
    const accepted = it.must('mia', { command: 'accept_evidence', evidence: 'talk' });
    expect(accepted).toEqual(['evidence_accepted', 'pause_started']);
    const withdrawn = it.must('ann', { command: 'withdraw_evidence', evidence: 'talk' });
    expect(withdrawn).toEqual(['evidence_withdrawn', 'pause_ended']);
  });

  it('by condition ends for the clock when its budget is used up', () => {
    const it = watchedCase();
    it.must('ann', { command: 'set_facts', facts: { waiting: true } });
    expect(it.wakesAt).toBe('2026-01-16T09:00:00.000Z');
  });

  it('goes on in the next stay, a snooze does not', () => {
    const it = watchedCase();
    it.must('ann', { command: 'set_facts', facts: { waiting: true } });
    it.must('ann', { command: 'snooze', until: '2026-01-06', reason: 'trade fair' });
    expect(it.must('ann', { command: 'advance' })).toEqual(['stage_entered']);
    expect(it.state.clock.pauses).toEqual([{ from: it.now, why: 'condition' }]);
  });

  it('asked for lasts through its last day, within the budget', () => {
    const it = watchedCase();
    expect(it.no('ann', { command: 'snooze', until: '2026-01-12', reason: 'x' })).toBe(
      'refused: pause-budget-exceeded (ladder stall)',
    );
    const [reason] = it.reasons('ann', { command: 'snooze', until: '2026-01-12', reason: 'x' });
    expect(reason?.message.en).toBe(
      'the pause budget does not reach so far: 6 days remain, until 2026-01-11 at the latest',
    );
    expect(it.must('ann', { command: 'snooze', until: '2026-01-07', reason: 'trade fair' })).toEqual(['snoozed']);
    expect(it.last('snoozed').until).toBe('2026-01-08T00:00:00.000Z');
    expect(it.wakesAt).toBe('2026-01-13T00:00:00.000Z');
  });

  it('cannot be asked for yesterday, nor where nothing is counted, nor by others', () => {
    const it = watchedCase();
    expect(it.no('ann', { command: 'snooze', until: '2026-01-04', reason: 'x' })).toBe('invalid: date-in-past /until');
    expect(it.no('ben', { command: 'snooze', until: '2026-01-07', reason: 'x' })).toBe('forbidden: no-right');
    const { pause_budget: _none, ...noBudget } = p.ladder('stall', base);
    const tight = new Drive(
      p.setOf([p.pipeline('large', [p.stage('one', { ladder: 'stall' }), p.stage('two')])], [], [noBudget]),
    );
    tight.must('ann', { command: 'open', title: 'x' });
    expect(tight.no('ann', { command: 'snooze', until: '2026-01-07', reason: 'x' })).toBe(
      'refused: pausing-not-allowed (stage one)',
    );
  });
});
