import { describe, expect, it } from 'vitest';
import { Drive, START } from './drive.ts';
import * as p from './playbook-fixture.ts';

const facts = Object.fromEntries([
  p.fact('amount', 'number'),
  p.fact('segment', 'choice', { choices: { new: p.text('new'), old: p.text('old') } }),
  p.fact('source', 'text'),
  p.fact('half', 'number', {
    from: { kind: 'ratio', of: [{ kind: 'fact', fact: 'amount', at: p.place() }], at: p.place() },
  }),
]);
const stages = [
  p.stage('first', { milestones: [p.milestone('m', p.hasEvidence('visit'))], evidence: [p.evidence('visit')] }),
  p.stage('second', { milestones: [p.milestone('m2', p.hasEvidence('offer'))], evidence: [p.evidence('offer')] }),
  p.stage('third'),
];
const large = p.pipeline('large', stages, { facts, applies_when: p.factIs('amount', 'more_than', 10) });
const small = p.pipeline('small', stages, {
  facts,
  applies_when: p.factIs('amount', 'at_most', 10),
  open_at: [
    { stage: 'first', at: p.place() },
    { stage: 'second', when: p.factIs('segment', 'is', 'old'), at: p.place() },
  ],
});
const sourced = p.gate('sourced', p.factIs('source', 'is_known', true), { at_point: 'open' });
const drive = (gates = [sourced]) => new Drive(p.setOf([large, small], gates));
const opening = { command: 'open', title: 'ACME', facts: { amount: 50, source: 'call' } };

describe('open', () => {
  it('begins a case in the one pipeline that applies, at its first stage, owned by who opened it', () => {
    const it = drive();
    expect(it.must('ann', opening)).toEqual(['case_opened']);
    expect(it.state).toMatchObject({
      case: 'case-1',
      pipeline: 'large',
      stage: 'first',
      opened_stage: 'first',
      status: 'open',
      owner: 'ann',
      opened_at: START,
      clock: { entered_at: START, last_activity_at: START },
    });
    expect(it.state.facts['amount']).toEqual({ value: 50, set_at: START, by: 'ann' });
  });

  it('chooses by the facts, and says of every pipeline why it does not apply when none does', () => {
    const it = drive();
    expect(it.no('ann', { ...opening, facts: { source: 'call' } })).toBe(
      'refused: pipeline-does-not-apply (pipeline large), pipeline-does-not-apply (pipeline small)',
    );
    expect(it.must('ann', { ...opening, facts: { amount: 5, source: 'call' } })).toEqual(['case_opened']);
    expect(it.state.pipeline).toBe('small');
  });

  it('wants a name when several pipelines apply', () => {
    const both = new Drive(p.setOf([p.pipeline('one', stages), p.pipeline('two', stages)]));
    expect(both.no('ann', { command: 'open', title: 'x' })).toBe('invalid: pipelines-several /pipeline');
    expect(both.must('ann', { command: 'open', title: 'x', pipeline: 'two' })).toEqual(['case_opened']);
  });

  it('takes an unknown condition of the pipeline that was named, not a false one', () => {
    expect(drive().must('ann', { ...opening, pipeline: 'large', facts: { source: 'x' } })).toEqual(['case_opened']);
    const no = drive().reasons('ann', { ...opening, pipeline: 'large', facts: { amount: 5, source: 'x' } });
    expect(no).toMatchObject([{ about: 'pipeline large', unmet: [{ seen: 5, truth: false }], can_meet: ['ann'] }]);
  });

  it('opens only at the stages the playbook names, under their condition', () => {
    const at = (stage: string, segment: string) => ({
      ...opening,
      pipeline: 'small',
      stage,
      facts: { amount: 5, source: 'x', segment },
    });
    expect(drive().no('ann', at('third', 'old'))).toBe('refused: stage-not-open (stage third)');
    expect(drive().no('ann', at('second', 'new'))).toBe('refused: stage-not-open (stage second)');
    expect(drive().no('ann', at('nowhere', 'old'))).toBe('invalid: stage-unknown /stage');
    const it = drive();
    it.must('ann', at('second', 'old'));
    expect(it.state).toMatchObject({ stage: 'second', opened_stage: 'second' });
  });

  it('asks the gates at opening, with the tasks the case begins with', () => {
    expect(drive().no('ann', { ...opening, facts: { amount: 50 } })).toBe('refused: gate-closed (gate sourced)');
    const dated = p.gate('dated', p.task('dated'), { at_point: 'open' });
    expect(drive([dated]).no('ann', opening)).toBe('refused: gate-closed (gate dated)');
    const it = drive([dated]);
    expect(it.must('ann', { ...opening, tasks: [{ title: 'call', due_on: '2026-01-07' }] })).toEqual([
      'case_opened',
      'task_planned',
    ]);
    expect(it.state.tasks).toEqual({ t1: { title: 'call', owner: 'ann', due_at: '2026-01-08T00:00:00.000Z' } });
  });

  it('warns by a gate that is being tried out', () => {
    const it = drive([{ ...sourced, mode: 'warn' }]);
    const outcome = it.try('ann', { ...opening, facts: { amount: 50 } });
    expect(outcome).toMatchObject({ outcome: 'accepted', warnings: [{ about: 'gate sourced' }] });
    expect(it.events.map((event) => event.event)).toEqual(['case_opened', 'gate_noted']);
  });

  it('is for people with the right over the owner, and owners who are there', () => {
    expect(drive().no('nobody', opening)).toBe('forbidden: no-right');
    expect(drive().no('ann', { ...opening, owner: 'ben' })).toBe('forbidden: no-right');
    expect(drive().no('root', { ...opening, owner: 'nobody' })).toBe('invalid: person-unknown /owner');
    expect(drive().no('root', { ...opening, owner: 'liv' })).toBe('invalid: person-inactive /owner');
    expect(drive().must('mia', { ...opening, owner: 'ben' })).toEqual(['case_opened']);
  });

  it('says of every fact what is wrong with it', () => {
    expect(drive().no('ann', { ...opening, pipeline: 'large', facts: { amount: 'x', weight: 1, half: 2 } })).toBe(
      'invalid: wrong-type /facts/amount, fact-unknown /facts/weight, fact-derived /facts/half',
    );
    expect(drive().no('ann', { ...opening, pipeline: 'huge' })).toBe('invalid: pipeline-unknown /pipeline');
    expect(drive().no('ann', { ...opening, tasks: [{ title: 'x', due_on: '2026-01-04' }] })).toBe(
      'invalid: date-in-past /tasks/0/due_on',
    );
  });

  it('happens once', () => {
    const it = drive();
    it.must('ann', opening);
    expect(it.no('ann', opening)).toBe('refused: case-exists');
    expect(drive().no('ann', { command: 'advance' })).toBe('invalid: no-such-case');
  });
});

describe('an import', () => {
  const imported = { source: 'crm', opened_at: '2025-12-01T09:00:00.000Z', debt_due_on: '2026-02-01' };

  it('opens at any stage, whatever the doors and gates say, and owes the evidence of the stages before', () => {
    const it = drive();
    const body = { command: 'open', title: 'x', pipeline: 'large', owner: 'ann', stage: 'third', imported };
    expect(it.must('root', { ...body, facts: { amount: 5 } })).toContain('case_opened');
    expect(it.state).toMatchObject({
      stage: 'third',
      opened_stage: 'first',
      opened_at: imported.opened_at,
      clock: { entered_at: imported.opened_at },
      debts: [
        { evidence: 'visit', stage: 'first', due_on: '2026-02-01' },
        { evidence: 'offer', stage: 'second', due_on: '2026-02-01' },
      ],
    });
  });

  it('is not asked whether its pipeline applies, until it is moved', () => {
    const it = drive([]);
    const body = { command: 'open', title: 'x', pipeline: 'large', owner: 'ann', stage: 'second', imported };
    it.must('root', { ...body, facts: { amount: 5 } });
    it.must('ann', { command: 'submit_evidence', evidence: 'offer' });
    it.must('mia', { command: 'accept_evidence', evidence: 'offer' });
    expect(it.must('ann', { command: 'advance' })).toContain('stage_entered');
    const moved = drive([]);
    moved.must('root', { ...body, facts: { amount: 5 } });
    moved.must('ann', { command: 'move_pipeline', to: 'small' });
    moved.must('ann', { command: 'set_facts', facts: { amount: 50 } });
    expect(moved.no('ann', { command: 'advance' })).toContain('pipeline-does-not-apply (pipeline small)');
  });

  it('marks values that were not in the export', () => {
    const it = drive();
    const body = {
      ...opening,
      pipeline: 'large',
      owner: 'ann',
      imported: { ...imported, marks: { amount: 'estimated' } },
    };
    it.must('root', body);
    expect(it.state.facts['amount']).toMatchObject({ value: 50, mark: 'estimated' });
  });

  it('of a closed case makes a finished one that passed no gate', () => {
    const closed = { as: 'lost', reason: 'price', at: '2025-12-24T09:00:00.000Z' };
    const it = drive();
    const body = { command: 'open', title: 'x', pipeline: 'large', owner: 'ann', imported: { source: 'crm', closed } };
    expect(it.must('root', body)).toEqual(['case_opened', 'lost', 'finished']);
    expect(it.state).toMatchObject({
      status: 'lost',
      finished: true,
      finish_reason: 'price',
      ungated: true,
      debts: [],
    });
    expect(it.last('lost')).toMatchObject({ happened_at: closed.at });
    expect(it.wakesAt).toBeUndefined();

    const won = drive();
    won.must('root', { ...body, owner: 'liv', imported: { source: 'crm', closed: { as: 'won' } } });
    expect(won.state).toMatchObject({ status: 'won', finished: true, stage: 'third', owner: 'liv' });
  });

  it('knows only the past, and only the reasons of the list', () => {
    const body = (more: object) => ({
      ...opening,
      pipeline: 'large',
      owner: 'ann',
      imported: { source: 'crm', ...more },
    });
    expect(drive().no('root', body({ opened_at: '2026-01-06T00:00:00.000Z' }))).toBe(
      'invalid: date-in-future /imported/opened_at',
    );
    expect(drive().no('root', body({ closed: { as: 'lost', reason: 'rain', at: '2027-01-01T00:00:00.000Z' } }))).toBe(
      'invalid: date-in-future /imported/closed/at, lost-reason-unknown /imported/closed/reason',
    );
    expect(drive().no('root', body({ closed: { as: 'lost' } }))).toBe(
      'invalid: lost-reason-missing /imported/closed/reason',
    );
    expect(drive().no('root', { ...body({}), stage: 'nowhere' })).toBe('invalid: stage-unknown /stage');
    expect(drive().no('ann', body({}))).toBe('forbidden: no-right');
  });

  it('stands at once on the rung it has reached, and says so only in a digest', () => {
    const stall = p.ladder('stall', {
      rungs: [0, 2, 4, 40].map((days) => ({
        after: p.lasting(days, 'days'),
        do: [{ kind: 'remind', who: { kind: 'owner' }, at: p.place() }],
        at: p.place(),
      })),
    });
    const watched = p.pipeline('large', [p.stage('first', { ladder: 'stall' }), p.stage('second')]);
    const it = new Drive(p.setOf([watched], [], [stall]));
    expect(it.must('root', { command: 'open', title: 'x', owner: 'ann', pipeline: 'large', imported })).toEqual([
      'case_opened',
      'stall_started',
      'rung_fired',
    ]);
    expect(it.last('rung_fired')).toMatchObject({ rung: 2, folded: [0, 1], in_digest: true });
    expect(it.told).toEqual([]);
    expect(it.wakesAt).toBe('2026-01-15T09:00:00.000Z');
  });
});
