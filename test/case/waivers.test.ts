/** A waiver lets a case pass for a while: by somebody else, with an end, and what it stood in for is owed. */

import { describe, expect, it } from 'vitest';
import { explain } from '../../engine/case/explain.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { away, peopleWith } from './approval-fixture.ts';
import { DAY, Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';
import { worldAt } from './run-case.ts';

const MANAGER = { kind: 'manager' } as const;
const budget = { kind: 'evidence', evidence: 'budget', at: p.place() } as const;

/** Three stages; the first is left with a milestone, each step needs a gate, and both may be waived for 30 days. */
function setWith(more: { readonly approval?: string } = {}): PlaybookSet {
  const waiver = {
    by: MANAGER,
    at_most: p.lasting(30, 'days'),
    remind_before: p.lasting(5, 'days'),
    ...more,
    at: p.place(),
  };
  const support = { milestone: 'support', title: p.text('support'), when: budget, waiver, at: p.place() };
  const strict = { milestone: 'strict', title: p.text('strict'), when: p.factIs('note', 'is', 'yes'), at: p.place() };
  const stages = [
    p.stage('one', { evidence: [p.evidence('budget', { accepted_by: MANAGER })], milestones: [support] }),
    p.stage('two', { milestones: [strict] }),
    p.stage('three'),
  ];
  const kept = p.gate('kept', p.factIs('note', 'is_known', true), { applies_to: ['deal'], waiver });
  const facts = Object.fromEntries([p.fact('note', 'text')]);
  return p.setOf([p.pipeline('deal', stages, { facts, won_on_leaving: 'two' })], [kept]);
}

function opened(set = setWith(), people = peopleWith()): Drive {
  const drive = new Drive(set);
  drive.people = people;
  drive.must('ann', { command: 'open', title: 'Deal', pipeline: 'deal', facts: { note: 'no' } });
  return drive;
}

const waive = (more: object = {}) =>
  ({
    command: 'waive',
    kind: 'milestone',
    name: 'support',
    until: '2026-01-23',
    reason: 'they move',
    ...more,
  }) as const;
const ADVANCE = { command: 'advance' } as const;

describe('a waiver', () => {
  it('lets the case pass, and says so', () => {
    const drive = opened();
    expect(drive.no('ann', ADVANCE)).toBe('refused: milestone-unmet (milestone support)');
    drive.must('mia', waive());
    expect(drive.told).toEqual(['notice ann']);
    drive.must('ann', ADVANCE);
    expect(drive.state.stage).toBe('two');
    expect(drive.last('waiver_used').name).toBe('support');
  });

  it('is told to who is refused: who could grant it, and for how long', () => {
    const [reason] = opened().reasons('ann', ADVANCE);
    expect(reason?.waiver).toEqual({ can_grant: ['mia'], at_most: { zh: '30 天', en: '30 days' } });
  });

  it('stands in for nothing else', () => {
    const drive = opened();
    drive.must('mia', waive());
    drive.must('ann', ADVANCE);
    expect(drive.no('ann', ADVANCE)).toBe('refused: milestone-unmet (milestone strict)');
    expect(drive.no('mia', waive({ name: 'strict' }))).toBe('refused: not-waivable (milestone strict)');
  });

  it('stands through its last day, and is asked for again after it at every later step', () => {
    const drive = opened();
    drive.must('mia', waive());
    drive.must('ann', ADVANCE);
    drive.must('ann', { command: 'set_facts', facts: { note: 'yes' } });
    drive.live(18 * DAY);
    expect(drive.now).toBe('2026-01-23T09:00:00.000Z');
    expect(drive.events.filter(({ event }) => event === 'waiver_ended')).toEqual([]);
    drive.live(DAY);
    expect(drive.last('waiver_ended')).toMatchObject({ because: 'expired', at: '2026-01-24T00:00:00.000Z' });
    expect(drive.state.stage).toBe('two');
    expect(drive.no('ann', ADVANCE)).toBe('refused: milestone-unmet (milestone support)');
    drive.must('ann', { command: 'submit_evidence', evidence: 'budget' });
    drive.must('mia', { command: 'accept_evidence', evidence: 'budget' });
    expect(drive.last('waiver_ended').because).toBe('met');
    drive.must('ann', ADVANCE);
    expect(drive.state.status).toBe('won');
  });

  it('reminds who answers for it while there is time, and tells the granter when it is over', () => {
    const drive = opened();
    drive.must('mia', waive({ owner: 'bob' }));
    expect(drive.told).toEqual(['notice bob']);
    drive.live(17 * DAY);
    expect(drive.events.filter(({ event }) => event === 'waiver_reminded')).toHaveLength(1);
    expect(drive.last('waiver_reminded').at < '2026-01-20').toBe(true);
    drive.live(2 * DAY);
    expect(drive.told).toEqual(['notice bob', 'notice mia']);
  });

  it('never makes a case fall back: what was passed by it did not rest on evidence', () => {
    const drive = opened();
    drive.must('ann', { command: 'submit_evidence', evidence: 'budget' });
    drive.must('mia', waive());
    drive.must('ann', ADVANCE);
    drive.must('mia', { command: 'reject_evidence', evidence: 'budget', reason: 'not theirs' });
    expect(drive.state.stage).toBe('two');
  });

  it('is withdrawn by who could grant it, and owes from then on', () => {
    const drive = opened();
    drive.must('mia', waive());
    drive.must('ann', ADVANCE);
    const withdraw = { command: 'withdraw_waiver', kind: 'milestone', name: 'support', reason: 'a mistake' };
    expect(drive.no('ann', withdraw)).toMatch(/^forbidden/);
    drive.must('dan', withdraw);
    expect(drive.no('dan', withdraw)).toBe('refused: waiver-not-there (milestone support)');
    drive.must('ann', { command: 'set_facts', facts: { note: 'yes' } });
    expect(drive.no('ann', ADVANCE)).toBe('refused: milestone-unmet (milestone support)');
  });

  it('counts how often it was granted, and a new one does not undo what is owed', () => {
    const drive = opened();
    drive.must('mia', waive());
    drive.must('ann', ADVANCE);
    drive.live(30 * DAY);
    drive.must('mia', waive({ until: '2026-02-10' }));
    expect(drive.last('waiver_granted').times).toBe(2);
    drive.must('ann', { command: 'set_facts', facts: { note: 'yes' } });
    drive.live(10 * DAY);
    expect(drive.no('ann', ADVANCE)).toBe('refused: milestone-unmet (milestone support)');
  });

  it('serves a gate as well, at each step while it stands', () => {
    const drive = opened();
    drive.must('ann', { command: 'set_facts', facts: { note: null } });
    drive.must('mia', waive());
    expect(drive.no('ann', ADVANCE)).toBe('refused: gate-closed (gate kept)');
    drive.must('mia', waive({ kind: 'gate', name: 'kept' }));
    drive.must('ann', ADVANCE);
  });

  it('takes the way out of what explain asks for', () => {
    const drive = opened();
    const unmet = () => explain({ ...worldAt(drive.playbook, drive.now), people: peopleWith() }, drive.state)?.unmet;
    expect(unmet()).toHaveLength(1);
    drive.must('mia', waive());
    expect(unmet()).toEqual([]);
  });

  it('ends with the case', () => {
    const drive = opened();
    drive.must('mia', waive());
    drive.must('ann', { command: 'close', as: 'lost', reason: 'price' });
    expect(drive.last('waiver_ended').because).toBe('closed');
    expect(drive.wakesAt).toBeUndefined();
  });
});

describe('a waiver is refused', () => {
  it('to whoever owns the case, and whoever steps in for them, whatever their post', () => {
    const own = opened(setWith(), peopleWith({ ann: { role: 'director' } }));
    expect(own.no('ann', waive())).toBe('forbidden: not-your-waiver');
    // Mia is the owner's manager, and does the owner's work while they are away.
    const standIn = opened(setWith(), peopleWith({ ann: { absences: away('mia') } }));
    expect(standIn.no('mia', waive())).toBe('forbidden: not-your-waiver');
    standIn.must('dan', waive());
  });

  it('for longer than the playbook allows, for the past, and for what is met', () => {
    const drive = opened();
    expect(drive.no('mia', waive({ until: '2026-02-05' }))).toBe('refused: waiver-too-long (milestone support)');
    expect(drive.no('mia', waive({ until: '2026-01-04' }))).toBe('invalid: date-in-past /until');
    expect(drive.no('mia', waive({ name: 'suport' }))).toBe('invalid: milestone-unknown /name');
    expect(drive.no('mia', waive({ owner: 'nobody' }))).toBe('invalid: person-unknown /owner');
    expect(drive.no('mia', waive({ kind: 'gate', name: 'kept' }))).toBe('refused: waiver-needless (gate kept)');
  });

  it('without the approval that the playbook asks for first', () => {
    const drive = opened(setWith({ approval: 'sign' }));
    expect(drive.no('mia', waive())).toBe('refused: waiver-not-approved (approval sign)');
  });
});
