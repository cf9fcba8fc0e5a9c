/** A case keeps its questions with those who can answer them, whoever leaves, is away or is placed elsewhere. */

import { describe, expect, test } from 'vitest';
import type { Ladder } from '../../engine/playbook/ladder.ts';
import type { People, Person } from '../../engine/who/people.ts';
import { DAY, Drive, START } from './drive.ts';
import * as p from './playbook-fixture.ts';

const owner = { kind: 'owner' } as const;
const manager = { kind: 'manager' } as const;

function ladder(): Ladder {
  return p.ladder('stall', {
    rungs: [
      { after: p.lasting(0, 'days'), do: [{ kind: 'remind', who: owner, at: p.place() }], at: p.place() },
      {
        after: p.lasting(1, 'days'),
        do: [],
        demand: { of: manager, ways: { push: [] }, fields: [], at: p.place() },
        at: p.place(),
      },
    ],
  });
}

function drive(): Drive {
  const one = p.stage('one', { evidence: [p.evidence('visit')], ladder: 'stall' });
  const it = new Drive(p.setOf([p.pipeline('large', [one, p.stage('two')])], [], [ladder()]));
  it.must('ann', { command: 'open', title: 'ACME' });
  return it;
}

function withPerson(id: string, more: Partial<Person>, people: People = p.people): People {
  const before = people.by_id[id];
  if (before === undefined) throw new Error(id);
  return { version: people.version + 1, by_id: { ...people.by_id, [id]: { ...before, ...more } } };
}

const gone = (id: string, people?: People) => withPerson(id, { active: false }, people);

function away(id: string, substitutes: readonly string[], people?: People): People {
  const days = { first_day: '2026-01-05', last_day: '2026-03-31', from: START, until: '2026-04-01T00:00:00.000Z' };
  return withPerson(id, { absences: [{ absence: 'a1', ...days, substitutes }] }, people);
}

const changed = (person: string, successor?: string) => ({
  command: 'people_changed',
  person,
  ...(successor !== undefined && { successor }),
});

const settled = (it: Drive) =>
  it.effects.flatMap((one) => (one.effect === 'settle' ? [`${one.how} ${one.to} ${one.subject}`] : []));

describe('an owner who has left', () => {
  test('is followed by the successor, tasks and all, and the manager is asked for what waits', () => {
    const it = drive();
    it.must('ann', { command: 'plan_task', title: 'call', due_on: '2026-02-01' });
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    it.people = gone('ann');
    expect(it.must('system', changed('ann', 'cyn'))).toEqual(['handed_over', 'asked']);
    expect(it.state.owner).toBe('cyn');
    expect(it.state.tasks['t1']?.owner).toBe('cyn');
    // Mia led ann; moe leads cyn.
    expect(it.told).toEqual(['handed_over cyn', 'evidence_to_accept moe']);
    expect(settled(it)).toContain('asked_elsewhere mia case-1/evidence visit');
  });

  test('is followed by whoever stands above where the successor has left too, or is none', () => {
    for (const successor of ['liv', undefined]) {
      const it = drive();
      it.people = gone('ann');
      it.must('system', changed('ann', successor));
      expect(it.state.owner).toBe('mia');
    }
  });

  test('is followed by an administrator where nobody stands above', () => {
    const it = drive();
    it.people = gone('dan', gone('mia', gone('ann')));
    it.must('system', changed('ann'));
    expect(it.state.owner).toBe('root');
  });

  test('leaves a finished case as it was', () => {
    const it = drive();
    it.must('ann', { command: 'close', as: 'lost', reason: 'price' });
    it.people = gone('ann');
    expect(it.must('system', changed('ann'))).toEqual([]);
    expect(it.state.owner).toBe('ann');
  });

  test('is told of by the system only', () => {
    const it = drive();
    it.people = gone('ann');
    expect(it.no('root', changed('ann'))).toBe('forbidden: timer-only');
  });
});

describe('somebody with a task', () => {
  test('who has left hands it to the successor', () => {
    const it = drive();
    it.must('ann', { command: 'plan_task', title: 'offer', due_on: '2026-02-01', owner: 'ben' });
    it.people = gone('ben');
    expect(it.must('system', changed('ben', 'cyn'))).toEqual(['task_handed_over']);
    expect(it.told).toEqual(['task cyn']);
    expect(it.must('cyn', { command: 'complete_task', task: 't1' })).toContain('task_completed');
  });

  test('who is away may have it done by their substitute', () => {
    const it = drive();
    it.must('ann', { command: 'plan_task', title: 'offer', due_on: '2026-02-01', owner: 'ben' });
    expect(it.no('cyn', { command: 'complete_task', task: 't1' })).toContain('forbidden');
    it.people = away('ben', ['cyn']);
    expect(it.must('cyn', { command: 'complete_task', task: 't1' })).toContain('task_completed');
  });
});

describe('somebody who is asked', () => {
  test('and is away is stood in for by the substitute, on whose behalf it is said', () => {
    const it = drive();
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    it.people = away('mia', ['moe']);
    expect(it.must('system', changed('mia'))).toEqual(['asked']);
    expect(it.effects).toMatchObject([
      { effect: 'settle', to: 'mia', how: 'asked_elsewhere' },
      {
        to: 'moe',
        message: {
          kind: 'evidence_to_accept',
          on_behalf_of: 'mia',
          text: { en: expect.stringContaining('on behalf of mia') },
        },
      },
    ]);
    expect(it.must('moe', { command: 'accept_evidence', evidence: 'visit' })).toEqual(['evidence_accepted']);
    expect(settled(it)).toEqual(['accepted moe case-1/evidence visit']);
  });

  test('as before is not asked again', () => {
    const it = drive();
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    expect(it.must('system', changed('mia'))).toEqual([]);
  });

  test('never accepts by stepping in what they handed in, nor what they do for the owner', () => {
    const it = drive();
    it.people = away('ann', ['ben'], away('mia', ['ben', 'moe']));
    it.must('ben', { command: 'submit_evidence', evidence: 'visit' });
    expect(it.told).toEqual(['evidence_to_accept moe']);
    expect(it.no('ben', { command: 'accept_evidence', evidence: 'visit' })).toContain('forbidden');
    expect(it.no('ann', { command: 'accept_evidence', evidence: 'visit' })).toContain('forbidden');
    expect(it.must('moe', { command: 'accept_evidence', evidence: 'visit' })).toEqual(['evidence_accepted']);
  });

  test('for a decision and has left makes way for whoever is meant now', () => {
    const it = drive();
    it.live(40 * DAY);
    expect(it.state.clock.stall).toMatchObject({ demanded: true, asked: ['mia'], told: ['ann', 'mia'] });
    it.people = gone('mia');
    it.must('system', changed('mia'));
    expect(it.told).toEqual(['demand dan']);
    it.must('dan', { command: 'resolve', way: 'push', with: { plan: 'go', next_step_on: '2026-03-01' } });
    expect(settled(it)).toContain('decided dan case-1/stall');
  });
});

describe('what ends', () => {
  test('a stall takes its reminders back from everybody who got one', () => {
    const it = drive();
    it.live(40 * DAY);
    it.must('mia', { command: 'resolve', way: 'push', with: { plan: 'go', next_step_on: '2026-03-01' } });
    expect(settled(it).sort()).toEqual([
      'decided mia case-1/stall',
      'stall_ended ann case-1/stall',
      'stall_ended mia case-1/stall',
    ]);
  });

  test('a case takes everything back', () => {
    const it = drive();
    it.must('ann', { command: 'plan_task', title: 'offer', owner: 'ben' });
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    it.must('ann', { command: 'close', as: 'lost', reason: 'price' });
    expect(settled(it).sort()).toEqual(['finished ben case-1/task t1', 'finished mia case-1/evidence visit']);
  });

  test('evidence that is withdrawn is asked of nobody', () => {
    const it = drive();
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    it.must('ann', { command: 'withdraw_evidence', evidence: 'visit' });
    expect(settled(it)).toEqual(['withdrawn mia case-1/evidence visit']);
  });
});

test('reminders of an owner who is away go to their substitute, else above them', () => {
  for (const [substitutes, to] of [
    [['ben'], 'ben'],
    [[], 'mia'],
  ] as const) {
    const it = drive();
    it.people = away('ann', substitutes);
    it.live(30 * DAY);
    const fired = it.events.find((event) => event.event === 'rung_fired');
    expect(fired).toMatchObject({ told: [to] });
  }
});
