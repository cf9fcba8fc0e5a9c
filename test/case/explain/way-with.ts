/** The shortest way through facts alone, told shortly. */

import { expect } from 'vitest';
import type { Condition, Operator } from '../../../engine/playbook/condition.ts';
import type { PlaybookSet } from '../../../engine/playbook/set.ts';
import type { Fact } from '../../../engine/playbook/value.ts';
import { lasting, place } from '../playbook-fixture.ts';
import { asking, explained, set } from './explained.ts';
import { follow, unlocks } from './follow-plan.ts';
import { FACTS } from './random-facts.ts';

type Given = Readonly<Record<string, unknown>>;

/** Opened without the facts, so that its pipeline may have stopped to apply. */
export function inFacts(playbook: PlaybookSet, given: Given) {
  return explained(playbook, Object.keys(given).length === 0 ? [] : [set(given)]);
}

/** The facts to set, `!` before those to clear, and what each is to bring about. */
export function wayWith(when: Condition, given: Given, facts: Readonly<Record<string, Fact>> = FACTS) {
  const { world, state, said, plan } = inFacts(asking(when, { facts }), given);
  if (plan === undefined) return undefined;
  expect(unlocks(world, follow(world, state, plan, true), state, 's1')).toBe(true);
  return said.acts?.map((act, index) => {
    const step = plan[index];
    if (act.act !== 'set_fact' || step?.step !== 'set') return act.act;
    expect(Object.keys(act).sort()).toEqual(['act', 'fact', 'rule', 'so_that', 'title', 'who']);
    const wants = act.so_that.map(({ leaf, want }) => `${'fact' in leaf ? leaf.fact : leaf.kind} ${want}`);
    return `${step.value === undefined ? '!' : ''}${act.fact}: ${wants.join(', ')}`;
  });
}

export const compared = (name: string, operator: Operator, other: string): Condition => ({
  kind: 'fact',
  fact: name,
  operator,
  operand: { kind: 'fact', fact: other },
  at: place(),
});
export const spanned = (name: string, operator: Operator, days: number): Condition => ({
  kind: 'fact',
  fact: name,
  operator,
  operand: { kind: 'duration', duration: lasting(days, 'days') },
  at: place(),
});
