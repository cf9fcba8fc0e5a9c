import { describe, expect, it } from 'vitest';
import { DAY, Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';

const visit = p.evidence('visit', {
  fields: [
    { field: 'people', type: 'text', title: p.text('people'), optional: false, min_length: 2, at: p.place() },
    { field: 'on', type: 'date', title: p.text('on'), optional: true, at: p.place() },
  ],
});
const { accepted_by: _nobody, ...selfMade } = p.evidence('sheet');
const stages = [
  p.stage('one', {
    evidence: [visit, selfMade, p.evidence('other'), p.evidence('aged', { fresh_for: p.lasting(10, 'days') })],
    milestones: [p.milestone('met', p.all(p.hasEvidence('visit'), p.factIs('warm', 'is', true)))],
  }),
  p.stage('two', {
    evidence: [p.evidence('late')],
    milestones: [p.milestone('either', p.any(p.hasEvidence('late'), p.hasEvidence('other')))],
    leave_when: p.hasEvidence('aged'),
  }),
  p.stage('three', { milestones: [p.milestone('end', p.hasEvidence('late'))] }),
];
const facts = Object.fromEntries([p.fact('warm', 'yes_no')]);
const set = p.setOf([p.pipeline('large', stages, { facts })]);

function opened(): Drive {
  const it = new Drive(set);
  it.must('ann', { command: 'open', title: 'ACME', facts: { warm: true } });
  return it;
}
const submit = (evidence: string, fields?: object) => ({
  command: 'submit_evidence',
  evidence,
  ...(evidence === 'visit' ? { fields: fields ?? { people: 'Liu Wei' } } : {}),
});
const accept = (evidence: string) => ({ command: 'accept_evidence', evidence });
const reject = (evidence: string) => ({ command: 'reject_evidence', evidence, reason: 'not them' });
const withdraw = (evidence: string) => ({ command: 'withdraw_evidence', evidence });

/** Up to stage `three`, everything accepted. */
function climbed(): Drive {
  const it = opened();
  for (const evidence of ['visit', 'other', 'aged']) {
    it.must('ann', submit(evidence));
    it.must('mia', accept(evidence));
  }
  it.must('ann', { command: 'advance' });
  it.must('ann', { command: 'advance' });
  return it;
}

describe('evidence', () => {
  it('is handed in, waits, and is accepted by who leads the owner', () => {
    const it = opened();
    expect(it.must('ann', submit('visit'))).toEqual(['evidence_submitted']);
    expect(it.told).toEqual(['evidence_to_accept mia']);
    expect(it.state.evidence['visit']).toMatchObject({ status: 'submitted', fields: { people: 'Liu Wei' } });
    expect(it.must('mia', { ...accept('visit'), note: 'seen it' })).toEqual(['evidence_accepted']);
    expect(it.told).toEqual(['evidence_settled ann']);
    expect(it.state.evidence['visit']).toMatchObject({ status: 'accepted', settled_by: 'mia', settled_at: it.now });
  });

  it('that nobody accepts counts when it is handed in', () => {
    const it = opened();
    it.must('ann', submit('sheet'));
    expect(it.told).toEqual([]);
    expect(it.state.evidence['sheet']).toMatchObject({ status: 'accepted', settled_by: 'system' });
  });

  it('is checked field by field', () => {
    const it = opened();
    expect(it.no('ann', submit('visit', { people: 'L', on: '2026-02-30', by: 1 }))).toBe(
      'invalid: field-unknown /fields/by, wrong-type /fields/on, too-short /fields/people',
    );
    expect(it.no('ann', { command: 'submit_evidence', evidence: 'visit' })).toBe(
      'invalid: field-missing /fields/people',
    );
    expect(it.no('ann', submit('rumour'))).toBe('invalid: evidence-unknown /evidence');
    expect(it.no('mia', accept('toString'))).toBe('invalid: evidence-unknown /evidence');
    expect(it.no('ben', submit('visit'))).toBe('forbidden: no-right');
  });

  it('is never settled by who handed it in, nor by who owns the case', () => {
    const it = opened();
    it.must('mia', submit('visit'));
    expect(it.no('mia', accept('visit'))).toBe('forbidden: own-evidence');
    // Who leads the one who may not is asked instead.
    expect(it.told).toEqual([]);
    it.must('dan', accept('visit'));

    const own = new Drive(set);
    own.must('mia', { command: 'open', title: 'x' });
    own.must('mia', submit('visit'));
    expect(own.told).toEqual(['evidence_to_accept dan']);
    expect(own.no('mia', accept('visit'))).toBe('forbidden: own-evidence');
    expect(own.no('mia', reject('visit'))).toBe('forbidden: own-evidence');
    own.must('dan', accept('visit'));
  });

  it('is not settled by who owned the case then, though they have given it away since', () => {
    const it = new Drive(set);
    it.must('mia', { command: 'open', title: 'ACME', facts: { warm: true } });
    it.must('dan', submit('visit'));
    it.must('mia', { command: 'hand_over', to: 'ann' });
    expect(it.no('mia', accept('visit'))).toBe('forbidden: own-evidence');
    expect(it.no('dan', accept('visit'))).toBe('forbidden: own-evidence');
    it.must('root', accept('visit'));
  });

  it('falls to the administrator when all who might settle it are barred', () => {
    const byManager = p.evidence('visit', { accepted_by: { kind: 'role', role: 'manager' } });
    const it = new Drive(p.setOf([p.pipeline('large', [p.stage('one', { evidence: [byManager] }), p.stage('two')])]));
    it.must('mia', { command: 'open', title: 'x' });
    it.must('dan', { command: 'submit_evidence', evidence: 'visit' });
    expect(it.told).toEqual(['evidence_to_accept root']);
    expect(it.no('mia', accept('visit'))).toBe('forbidden: own-evidence');
    expect(it.no('dan', accept('visit'))).toBe('forbidden: own-evidence');
    it.must('root', accept('visit'));
  });

  it('is settled by nobody beside the line that the rule names', () => {
    const it = opened();
    it.must('ann', submit('visit'));
    expect(it.no('moe', accept('visit'))).toBe('forbidden: no-right');
    expect(it.no('root', accept('visit'))).toBe('forbidden: not-an-acceptor');
    expect(it.no('ann', accept('visit'))).toBe('forbidden: no-right');
    it.must('dan', accept('visit'));
  });

  it('is accepted once, and only when it waits', () => {
    const it = opened();
    expect(it.no('mia', accept('visit'))).toBe('refused: evidence-not-waiting (evidence visit)');
    expect(it.no('mia', reject('visit'))).toBe('refused: evidence-not-there (evidence visit)');
    expect(it.no('ann', withdraw('visit'))).toBe('refused: evidence-not-there (evidence visit)');
    it.must('ann', submit('visit'));
    it.must('mia', accept('visit'));
    expect(it.no('mia', accept('visit'))).toBe('refused: evidence-not-waiting (evidence visit)');
  });

  it('that was rejected can be handed in again', () => {
    const it = opened();
    it.must('ann', submit('visit'));
    expect(it.must('mia', reject('visit'))).toEqual(['evidence_rejected']);
    expect(it.told).toEqual(['evidence_settled ann']);
    it.must('ann', submit('visit'));
    it.must('mia', accept('visit'));
    it.must('ann', { command: 'advance' });
  });
});

describe('support', () => {
  it('lost by rejection takes the case back to the first stage that rested on it', () => {
    const it = climbed();
    expect(it.state.stage).toBe('three');
    expect(it.must('mia', reject('visit'))).toEqual(['evidence_rejected', 'stage_entered']);
    expect(it.last('stage_entered')).toMatchObject({
      from: 'three',
      stage: 'one',
      because: 'support_lost',
      reason: 'visit',
    });
  });

  it('lost by withdrawal takes it back too, and it stays where something else supports it', () => {
    const it = climbed();
    it.must('ann', submit('late'));
    it.must('mia', accept('late'));
    expect(it.must('ann', withdraw('other'))).toEqual(['evidence_withdrawn']);
    expect(it.state.stage).toBe('three');
    expect(it.must('ann', withdraw('late'))).toEqual(['evidence_withdrawn', 'stage_entered']);
    expect(it.state.stage).toBe('two');
  });

  it('is not lost by age, which only blocks what comes next', () => {
    const it = climbed();
    it.wait(11 * DAY);
    it.must('ann', submit('late'));
    expect(it.must('mia', reject('late'))).toEqual(['evidence_rejected']);
    expect(it.state.stage).toBe('three');
    it.must('ann', { command: 'fall_back', to: 'two', reason: 'x' });
    const [aged] = it.reasons('ann', { command: 'advance' });
    expect(aged).toMatchObject({ code: 'leave-condition-unmet', unmet: [{ why: 'stale' }], can_meet: ['ann'] });
  });

  it('is not lost by handing evidence in again, but acceptance is needed again', () => {
    const it = climbed();
    expect(it.must('ann', submit('aged'))).toEqual(['evidence_submitted']);
    expect(it.state.stage).toBe('three');
    it.must('ann', { command: 'fall_back', to: 'two', reason: 'x' });
    expect(it.no('ann', { command: 'advance' })).toBe('refused: leave-condition-unmet (stage two)');
    // Rejected, it supports nothing any more.
    it.must('mia', accept('aged'));
    it.must('ann', { command: 'advance' });
    it.must('ann', submit('aged'));
    expect(it.must('mia', reject('aged'))).toEqual(['evidence_rejected', 'stage_entered']);
  });

  it('is not lost by facts that changed since', () => {
    const it = climbed();
    it.must('ann', { command: 'set_facts', facts: { warm: false } });
    expect(it.state.stage).toBe('three');
    expect(it.must('ann', withdraw('other'))).toContain('stage_entered');
    expect(it.state.stage).toBe('two');
  });

  it('of an import rests on trust until the debt is due, or until something is handed in', () => {
    const imported = { source: 'crm', debt_due_on: '2026-01-20' };
    const it = new Drive(set);
    const body = { command: 'open', title: 'x', owner: 'ann', stage: 'three', facts: { warm: true }, imported };
    it.must('root', body);
    it.must('ann', submit('other'));
    expect(it.must('mia', reject('other'))).toEqual(['evidence_rejected']);
    expect(it.state.stage).toBe('three');
    it.must('ann', submit('visit'));
    expect(it.must('mia', reject('visit'))).toEqual(['evidence_rejected', 'stage_entered']);
    expect(it.state.stage).toBe('one');
  });

  it('paid by acceptance is owed no more', () => {
    const it = new Drive(set);
    it.must('root', { command: 'open', title: 'x', owner: 'ann', stage: 'two', imported: { source: 'crm' } });
    expect(it.state.debts.map(({ evidence }) => evidence)).toEqual(['visit']);
    it.must('ann', submit('visit'));
    it.must('mia', accept('visit'));
    expect(it.state.debts).toEqual([]);
  });

  it('is counted from the door the case came in by', () => {
    const doors = ['one', 'two'].map((stage) => ({ stage, at: p.place() }));
    const it = new Drive(p.setOf([p.pipeline('large', stages, { facts, open_at: doors })]));
    it.must('ann', { command: 'open', title: 'x', stage: 'two' });
    for (const evidence of ['visit', 'other', 'aged']) {
      it.must('ann', submit(evidence));
      it.must('mia', accept(evidence));
    }
    it.must('ann', { command: 'advance' });
    // Stage `one` asks for the visit, but this case was never asked to leave it.
    expect(it.must('mia', reject('visit'))).toEqual(['evidence_rejected']);
    expect(it.must('mia', reject('aged'))).toEqual(['evidence_rejected', 'stage_entered']);
    expect(it.state.stage).toBe('two');
  });

  it('reaches through scores that evidence gives points to', () => {
    const points = [{ when: p.hasEvidence('visit'), points: 2 }];
    const scored = Object.fromEntries([p.fact('score', 'number', { from: { kind: 'score', points, at: p.place() } })]);
    const one = p.stage('one', { evidence: [visit], leave_when: p.factIs('score', 'at_least', 2) });
    const two = p.stage('two', { leave_when: p.task('open') });
    const it = new Drive(p.setOf([p.pipeline('large', [one, two], { facts: scored })]));
    it.must('ann', { command: 'open', title: 'x' });
    it.must('ann', submit('visit'));
    it.must('mia', accept('visit'));
    it.must('ann', { command: 'advance' });
    expect(it.must('ann', withdraw('visit'))).toEqual(['evidence_withdrawn', 'stage_entered']);
  });
});
