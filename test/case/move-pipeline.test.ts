import { describe, expect, it } from 'vitest';
import type { Pipeline } from '../../engine/playbook/pipeline.ts';
import { DAY, Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';

const choices = (...ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, p.text(id)]));
const largeFacts = Object.fromEntries([
  p.fact('amount', 'number'),
  p.fact('segment', 'choice', { choices: choices('new', 'old') }),
  p.fact('region', 'choice', { choices: choices('north', 'south') }),
  p.fact('extra', 'text'),
  p.fact('kind', 'text'),
]);
const smallFacts = Object.fromEntries([
  p.fact('amount', 'number'),
  p.fact('segment', 'choice', { choices: choices('new', 'old') }),
  p.fact('region', 'choice', { choices: choices('north') }),
  p.fact('kind', 'number'),
]);
const visit = p.evidence('visit');
const large = p.pipeline(
  'large',
  [
    p.stage('l1', { evidence: [visit, p.evidence('plan')], leave_when: p.hasEvidence('plan'), ladder: 'stall' }),
    p.stage('l2'),
  ],
  { facts: largeFacts, applies_when: p.factIs('amount', 'more_than', 10) },
);
const small = p.pipeline(
  'small',
  [
    p.stage('s1', { evidence: [visit], milestones: [p.milestone('met', p.hasEvidence('visit'))] }),
    p.stage('s2', { leave_when: p.factIs('amount', 'is_known', true) }),
    p.stage('s3', { evidence: [p.evidence('signed')], leave_when: p.hasEvidence('signed') }),
    p.stage('s4', { leave_when: p.task('open') }),
  ],
  {
    facts: smallFacts,
    applies_when: p.factIs('amount', 'at_most', 10),
    won_on_leaving: 's3',
    open_at: [
      { stage: 's2', when: p.factIs('segment', 'is', 'old'), at: p.place() },
      { stage: 's1', when: p.factIs('segment', 'is', 'new'), at: p.place() },
    ],
  },
);
const stall = p.ladder('stall', { rungs: [{ after: p.lasting(0, 'days'), do: [], at: p.place() }] });

function opened(facts: object, to: Pipeline = small): Drive {
  const it = new Drive(p.setOf([large, to], [], [stall]));
  it.must('ann', { command: 'open', title: 'ACME', pipeline: 'large', facts });
  return it;
}
const WAITING = { status: 'submitted', settled_by: undefined, settled_at: undefined };
const move = { command: 'move_pipeline', to: 'small', reason: 'it shrank' };

describe('move_pipeline', () => {
  it('is refused while the target does not apply', () => {
    const it = opened({ amount: 50, segment: 'new' });
    expect(it.reasons('ann', move)).toMatchObject([
      { code: 'pipeline-does-not-apply', about: 'pipeline small', unmet: [{ seen: 50 }] },
    ]);
  });

  it('puts the case at the door that is open to it', () => {
    const it = opened({ amount: 50, segment: 'new' });
    it.must('ann', { command: 'set_facts', facts: { amount: 5 } });
    expect(it.no('ann', { command: 'advance' })).toContain('pipeline-does-not-apply');
    expect(it.must('ann', move)).toEqual(['pipeline_moved']);
    expect(it.state).toMatchObject({ pipeline: 'small', rules: 'hash of small', stage: 's1', opened_stage: 's1' });
    expect(it.last('pipeline_moved')).toMatchObject({ from: 'large', reason: 'it shrank' });
  });

  it('is refused where no door is open', () => {
    const it = opened({ amount: 50 });
    it.must('ann', { command: 'set_facts', facts: { amount: 5 } });
    expect(it.no('ann', move)).toBe('refused: stage-not-open (stage s2), stage-not-open (stage s1)');
  });

  it('counts what was accepted before, up to the stage it supports and never over the win', () => {
    const it = opened({ amount: 50, segment: 'new' });
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    it.must('mia', { command: 'accept_evidence', evidence: 'visit' });
    it.must('ann', { command: 'set_facts', facts: { amount: 5 } });
    it.must('ann', move);
    expect(it.state).toMatchObject({ stage: 's3', opened_stage: 's1', status: 'open' });
    // What it stands on can be taken from it.
    it.must('ann', { command: 'withdraw_evidence', evidence: 'visit' });
    expect(it.state.stage).toBe('s1');
  });

  it('does not count what only waits', () => {
    const it = opened({ amount: 50, segment: 'new' });
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    it.must('ann', { command: 'set_facts', facts: { amount: 5 } });
    it.must('ann', move);
    expect(it.state.stage).toBe('s1');
  });

  it('does not count what the target wants accepted by others, and asks them', () => {
    const { accepted_by: _nobody, ...selfMade } = visit;
    const [first, ...others] = large.stages;
    const lenient = { ...large, stages: [{ ...(first ?? p.stage('l1')), evidence: [selfMade] }, ...others] };
    const it = new Drive(p.setOf([lenient, small], [], [stall]));
    it.must('ann', { command: 'open', title: 'ACME', pipeline: 'large', facts: { amount: 50, segment: 'new' } });
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    it.must('ann', { command: 'set_facts', facts: { amount: 5 } });
    it.must('ann', move);
    expect(it.state.stage).toBe('s1');
    expect(it.state.evidence['visit']).toEqual({
      ...it.last('evidence_submitted').entry,
      ...WAITING,
      asked: ['mia'],
    });
    expect(it.told).toEqual(['evidence_to_accept mia']);
    it.must('mia', { command: 'accept_evidence', evidence: 'visit' });
  });

  it('counts what somebody accepted whom the target would ask too', () => {
    const [first, ...others] = small.stages;
    const byRole = p.evidence('visit', { accepted_by: { kind: 'role', role: 'manager' } });
    const strict = { ...small, stages: [{ ...(first ?? p.stage('s1')), evidence: [byRole] }, ...others] };
    const it = opened({ amount: 50, segment: 'new' }, strict);
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    it.must('mia', { command: 'accept_evidence', evidence: 'visit' });
    it.must('ann', { command: 'set_facts', facts: { amount: 5 } });
    it.must('ann', move);
    expect(it.state.stage).toBe('s3');
  });

  it('is told everything that stands against it', () => {
    const it = opened({ amount: 50 });
    expect(it.no('ann', move)).toBe(
      'refused: pipeline-does-not-apply (pipeline small), stage-not-open (stage s2), stage-not-open (stage s1)',
    );
  });

  it('stops at a stage that asks nothing: there somebody must say that it goes on', () => {
    const idle = { ...small, stages: [p.stage('s1'), p.stage('s2'), ...small.stages.slice(2)] };
    const it = opened({ amount: 50, segment: 'new' }, idle);
    it.must('ann', { command: 'set_facts', facts: { amount: 5 } });
    it.must('ann', move);
    expect(it.state.stage).toBe('s1');
  });

  it('keeps facts by name and type, where the value still has a meaning', () => {
    const it = opened({ amount: 50, segment: 'new', region: 'south', extra: 'x', kind: 'x' });
    it.must('ann', { command: 'set_facts', facts: { amount: 5 } });
    it.must('ann', move);
    expect(Object.keys(it.state.facts).sort()).toEqual(['amount', 'segment']);
    expect(it.last('pipeline_moved').dropped_facts).toEqual(['region', 'extra', 'kind']);
  });

  it('ends the stall of the stage it leaves, and forgets what was on trust', () => {
    const it = new Drive(p.setOf([large, small], [], [stall]));
    const imported = { source: 'crm', opened_at: '2025-12-01T00:00:00.000Z' };
    const facts = { amount: 5, segment: 'new' };
    it.must('root', { command: 'open', title: 'x', owner: 'ann', pipeline: 'large', stage: 'l1', facts, imported });
    expect(it.state.clock.stall).toBeDefined();
    expect(it.must('ann', move)).toEqual(['stall_ended', 'pipeline_moved']);
    expect(it.state.clock.stall).toBeUndefined();
    expect(it.state.debts).toEqual([]);
  });

  it('is no way around a decision that is owed', () => {
    const demand = { of: { kind: 'manager' }, ways: { push: ['plan'] }, fields: [], at: p.place() } as const;
    const asking = p.ladder('stall', { rungs: [{ after: p.lasting(0, 'days'), do: [], demand, at: p.place() }] });
    const it = new Drive(p.setOf([large, small], [], [asking]));
    it.must('ann', { command: 'open', title: 'x', pipeline: 'large', facts: { amount: 50, segment: 'new' } });
    it.live(6 * DAY);
    expect(it.no('ann', move)).toBe('refused: decision-owed (ladder stall), pipeline-does-not-apply (pipeline small)');
    it.must('ann', { command: 'set_facts', facts: { amount: 5 } });
    expect(it.reasons('ann', move)).toMatchObject([{ code: 'decision-owed', can_meet: ['mia'] }]);
    it.must('mia', { command: 'resolve', way: 'push', with: { plan: 'call' } });
    it.must('ann', move);
  });

  it('goes to another pipeline that there is, by who may', () => {
    const it = opened({ amount: 50, segment: 'new' });
    expect(it.no('ann', { command: 'move_pipeline', to: 'large' })).toBe('refused: pipeline-same (pipeline large)');
    expect(it.no('ann', { command: 'move_pipeline', to: 'huge' })).toBe('invalid: pipeline-unknown /to');
    expect(it.no('ben', move)).toBe('forbidden: no-right');
  });

  it('is not for what is won', () => {
    const facts = { amount: 5, segment: 'old' };
    const it = new Drive(p.setOf([large, small], [], [stall]));
    it.must('ann', { command: 'open', title: 'x', pipeline: 'small', facts });
    it.must('ann', { command: 'submit_evidence', evidence: 'signed' });
    it.must('mia', { command: 'accept_evidence', evidence: 'signed' });
    it.must('ann', { command: 'advance', to: 's3' });
    it.must('ann', { command: 'advance' });
    expect(it.no('ann', { command: 'move_pipeline', to: 'large' })).toBe('refused: already-won');
  });
});
