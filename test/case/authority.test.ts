/** Evidence and decisions that take authority: who is asked follows the facts, and who may not is told which limit was too low. */

import { describe, expect, it } from 'vitest';
import { decide } from '../../engine/case/decide.ts';
import type { Dimension, Limits } from '../../engine/playbook/authority.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { DAY, Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';
import { worldAt } from './run-case.ts';

const AUTHORITY = { kind: 'authority' } as const;
const cny = (amount: number) => ({ minor: amount * 100, currency: 'CNY' });
const amount: Dimension = {
  dimension: 'amount',
  title: p.text('Amount'),
  fact: 'amount',
  type: 'money',
  graver: 'higher',
  at: p.place(),
};
const upTo = (value: number): Limits => ({ amount: { kind: 'up_to', value: cny(value), at: p.place() } });
const noLimit: Limits = { amount: { kind: 'no_limit', at: p.place() } };

function setWith(limits: Readonly<Record<string, Limits>>): PlaybookSet {
  const facts = Object.fromEntries([p.fact('amount', 'money')]);
  const ladder = p.ladder('stall', {
    rungs: [
      {
        after: p.lasting(0, 'days'),
        do: [{ kind: 'notify', who: AUTHORITY, at: p.place() }],
        demand: { of: AUTHORITY, ways: { push: [] }, fields: [], at: p.place() },
        at: p.place(),
      },
    ],
  });
  const one = p.stage('one', { evidence: [p.evidence('offer', { accepted_by: AUTHORITY })], ladder: 'stall' });
  const pipelines = ['large', 'other'].map((id) => p.pipeline(id, [one, p.stage('two')], { facts }));
  const set = p.setOf(pipelines, [], [ladder]);
  const posts = set.roles.posts.map((post) => {
    const authority = limits[post.role];
    return authority === undefined ? post : { ...post, authority };
  });
  return { ...set, roles: { ...set.roles, posts, authority: [amount] } };
}

const BY_SIZE = setWith({ manager: upTo(200_000), director: noLimit });

function opened(value: string, owner = 'ann', set = BY_SIZE): Drive {
  const drive = new Drive(set);
  drive.must(owner, { command: 'open', title: 'ACME', pipeline: 'large', facts: { amount: value } });
  return drive;
}
const submit = { command: 'submit_evidence', evidence: 'offer' };
const accept = { command: 'accept_evidence', evidence: 'offer' };
const reject = { command: 'reject_evidence', evidence: 'offer', reason: 'too cheap' };

describe('evidence accepted by anyone with authority', () => {
  it('is asked of the lowest whose limits cover the case', () => {
    const small = opened('20万 CNY');
    small.must('ann', submit);
    expect(small.told).toEqual(['evidence_to_accept mia']);
    small.must('mia', accept);
    const large = opened('20.01万 CNY');
    large.must('ann', submit);
    expect(large.told).toEqual(['evidence_to_accept dan']);
    large.must('dan', accept);
  });

  it('may be accepted higher up, never lower, and the no says which limit was too low', () => {
    const large = opened('30万 CNY');
    large.must('ann', submit);
    const outcome = large.try('mia', accept);
    expect(outcome).toMatchObject({ outcome: 'forbidden', reason: { code: 'no-authority' } });
    expect(outcome.outcome === 'forbidden' && outcome.reason.message.en).toBe(
      'this takes the authority to approve: ' +
        'mia (Manager): Amount 300,000.00 CNY, may approve up to 200,000.00 CNY',
    );
    expect(large.no('mia', reject)).toBe('forbidden: no-authority');
    expect(large.no('moe', accept)).toBe('forbidden: no-right');
    const small = opened('1万 CNY');
    small.must('ann', submit);
    small.must('dan', accept);
  });

  it('is asked anew when the facts change, and taken back from who may no longer', () => {
    const drive = opened('20万 CNY');
    drive.must('ann', submit);
    expect(drive.must('ann', { command: 'set_facts', facts: { amount: '25万 CNY' } })).toEqual(['facts_set', 'asked']);
    expect(drive.told).toEqual(['evidence_to_accept dan']);
    expect(drive.effects.filter(({ effect }) => effect === 'settle')).toMatchObject([{ to: 'mia' }]);
    expect(drive.no('mia', accept)).toBe('forbidden: no-authority');
    expect(drive.must('ann', { command: 'set_facts', facts: { amount: '26万 CNY' } })).toEqual(['facts_set']);
    drive.must('ann', { command: 'set_facts', facts: { amount: null } });
    drive.must('dan', accept);
  });

  it('is asked anew when the limits change: publishing them wakes whoever waits', () => {
    const drive = opened('20万 CNY');
    drive.must('ann', submit);
    const lowered = setWith({ manager: upTo(100_000), director: noLimit });
    const wake = { id: 'w', actor: 'system', body: { command: 'wake' } };
    expect(decide(worldAt(lowered, drive.now), drive.state, wake)).toMatchObject({
      outcome: 'accepted',
      events: [{ event: 'asked', evidence: 'offer', people: ['dan'], before: ['mia'] }],
    });
    const byMia = { id: 'a', actor: 'mia', body: accept };
    expect(decide(worldAt(lowered, drive.now), drive.state, byMia)).toMatchObject({ reason: { code: 'no-authority' } });
    expect(decide(worldAt(BY_SIZE, drive.now), drive.state, wake)).toMatchObject({ outcome: 'accepted', events: [] });
  });

  it('skips who submitted it or owns the case, though their limits cover it', () => {
    const drive = opened('1万 CNY');
    drive.must('mia', submit);
    expect(drive.no('mia', accept)).toBe('forbidden: own-evidence');
    drive.must('dan', accept);
    const own = opened('1万 CNY', 'mia');
    own.must('mia', submit);
    expect(own.told).toEqual(['evidence_to_accept dan']);
  });

  it('is nobody’s beyond all limits: the administrators hear of it, and may not accept it either', () => {
    const drive = opened('30万 CNY', 'ann', setWith({ manager: upTo(200_000) }));
    drive.must('ann', submit);
    expect(drive.told).toEqual(['evidence_to_accept root']);
    for (const person of ['mia', 'dan', 'root']) expect(drive.no(person, accept)).toBe('forbidden: no-authority');
    // As soon as the facts are within somebody's limits it is theirs.
    drive.must('ann', { command: 'set_facts', facts: { amount: '20万 CNY' } });
    expect(drive.told).toEqual(['evidence_to_accept mia']);
  });

  it('waits again in a pipeline it is moved to, where who accepted it has not the authority', () => {
    const drive = opened('20万 CNY');
    drive.must('ann', submit);
    drive.must('mia', accept);
    drive.must('ann', { command: 'set_facts', facts: { amount: '30万 CNY' } });
    drive.must('ann', { command: 'move_pipeline', to: 'other' });
    expect(drive.state.evidence['offer']?.status).toBe('submitted');
    expect(drive.told).toContain('evidence_to_accept dan');
  });
});

describe('a ladder that asks for authority', () => {
  it('tells and demands of the lowest who has it, and says to others which limit was too low', () => {
    const drive = opened('30万 CNY');
    drive.live(6 * DAY);
    expect(drive.told).toEqual(['demand dan']);
    expect(drive.no('mia', { command: 'resolve', way: 'push', with: { plan: 'call' } })).toBe(
      'forbidden: no-authority',
    );
    drive.must('dan', { command: 'resolve', way: 'push', with: { plan: 'call' } });
  });
});

describe('a change in the CRM that waits for authority', () => {
  const note = {
    command: 'note_change',
    policy: 'quarantine',
    source: 'crm',
    was: { stage: 'one' },
    now: { stage: 'two' },
    asks: AUTHORITY,
  };
  const settle = { command: 'settle_change', take: 'ours' };

  it('is settled by who has it; where nobody has, by who may import', () => {
    const drive = opened('30万 CNY');
    drive.must('root', note);
    expect(drive.no('mia', settle)).toBe('forbidden: not-your-decision');
    expect(drive.no('root', settle)).toBe('forbidden: not-your-decision');
    drive.must('dan', settle);
    const beyond = opened('30万 CNY', 'ann', setWith({ manager: upTo(200_000) }));
    beyond.must('root', note);
    expect(beyond.no('dan', settle)).toBe('forbidden: not-your-decision');
    beyond.must('root', settle);
  });
});
