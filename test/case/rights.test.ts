import { describe, expect, it } from 'vitest';
import { decide } from '../../engine/case/decide.ts';
import { RIGHTS, type Right } from '../../engine/playbook/roles.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';
import { worldAt } from './run-case.ts';

const stages = [p.stage('one', { evidence: [p.evidence('visit')] }), p.stage('two')];
const set = p.setOf([p.pipeline('large', stages, { facts: Object.fromEntries([p.fact('a', 'number')]) })]);

/** One command for every right that commands ask for. */
const COMMANDS = {
  set_facts: { facts: { a: 1 } },
  log_activity: { activity: 'call' },
  submit_evidence: { evidence: 'visit' },
  withdraw_evidence: { evidence: 'visit' },
  accept_evidence: { evidence: 'visit' },
  reject_evidence: { evidence: 'visit', reason: 'x' },
  advance: {},
  fall_back: { to: 'one', reason: 'x' },
  plan_task: { title: 'x' },
  complete_task: { task: 't1' },
  snooze: { until: '2026-01-09', reason: 'x' },
  resolve: { way: 'push' },
  move_pipeline: { to: 'small' },
  hand_over: { to: 'ben' },
  close: { as: 'won' },
  reopen: { reason: 'x' },
} as const satisfies Partial<Record<Right, object>>;

function answer(may: readonly Right[], command: string, more: object): string {
  const posts = set.roles.posts.map((post) => (post.role === 'rep' ? { ...post, may } : post));
  const playbook: PlaybookSet = { ...set, roles: { ...set.roles, posts } };
  const it = new Drive(set);
  it.must('ann', { command: 'open', title: 'x' });
  const outcome = decide(worldAt(playbook, it.now), it.state, { id: 'c', actor: 'ann', body: { command, ...more } });
  return outcome.outcome === 'forbidden' ? outcome.reason.code : outcome.outcome;
}

describe('a command', () => {
  it.each(Object.entries(COMMANDS))('to %s needs the right of that name and no other', (command, more) => {
    const own = RIGHTS.filter((right) => right === command);
    const others = RIGHTS.filter((right) => right !== command);
    expect(own).toHaveLength(1);
    expect(answer(others, command, more)).toBe('no-right');
    expect(answer(own, command, more)).not.toBe('no-right');
  });
});
