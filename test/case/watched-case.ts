/** A case under a stall ladder of three rungs, the last of which demands a decision. */

import type { Ladder } from '../../engine/playbook/ladder.ts';
import { Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';

const remind = { kind: 'remind', who: { kind: 'owner' }, at: p.place() } as const;
const facts = Object.fromEntries([p.fact('waiting', 'yes_no')]);
export const rungs: Ladder['rungs'] = [
  { after: p.lasting(0, 'days'), do: [remind], at: p.place() },
  {
    after: p.lasting(2, 'days'),
    do: [
      { kind: 'notify', who: { kind: 'manager' }, at: p.place() },
      { kind: 'task', title: p.text('call'), owner: { kind: 'owner' }, due: p.lasting(1, 'days'), at: p.place() },
      { kind: 'require', evidence: 'plan', at: p.place() },
      { kind: 'flag', flag: 'cold', at: p.place() },
      { kind: 'send', to: 'crm', at: p.place() },
    ],
    at: p.place(),
  },
  {
    after: p.lasting(4, 'days'),
    do: [],
    demand: {
      of: { kind: 'role', role: 'director' },
      ways: { push: ['plan', 'next_step_on'], fall_back: ['stage'], hand_over: ['to'], close_lost: ['reason'] },
      fields: [{ field: 'cause', type: 'text', title: p.text('cause'), optional: false, at: p.place() }],
      at: p.place(),
    },
    at: p.place(),
  },
];
export const base: Partial<Ladder> = {
  starts: [
    { kind: 'no_activity', for: p.lasting(5, 'days'), at: p.place() },
    { kind: 'timebox', at: p.place() },
  ],
  rungs,
  pauses_while: p.factIs('waiting', 'is', true),
  pause_budget: p.lasting(6, 'days'),
};

/** No activity for five days starts the stall; the second stage has the same ladder. */
export function watchedCase(more: Partial<Ladder> = {}): Drive {
  const stages = [
    p.stage('one', { ladder: 'stall', evidence: [p.evidence('plan')] }),
    p.stage('two', { ladder: 'stall', timebox: p.lasting(3, 'days') }),
    p.stage('three'),
  ];
  const large = p.pipeline('large', stages, {
    facts,
    won_on_leaving: 'two',
    close_when: { lost: p.not(p.task('overdue')) },
  });
  const it = new Drive(p.setOf([large], [], [p.ladder('stall', { ...base, ...more })]));
  it.must('ann', { command: 'open', title: 'ACME' });
  return it;
}
