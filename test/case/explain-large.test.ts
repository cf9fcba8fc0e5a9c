/** `explain` answers in good time whatever is asked of it, and what it answers when it gives up early still holds. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../engine/playbook/condition.ts';
import { asking, explained } from './explain/explained.ts';
import { follow, unlocks } from './explain/follow-plan.ts';
import { activity, all, any, evidence, fact, factIs, hasEvidence, lasting, not, task } from './playbook-fixture.ts';

const FACTS = Object.fromEntries(['f0', 'f1', 'f2', 'f3', 'f4', 'f5'].map((name) => fact(name, 'number')));
const proofs = (count: number): readonly string[] => Array.from({ length: count }, (_one, index) => `e${index}`);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  { arbitrary: fc.constantFrom(...proofs(16)).map(hasEvidence), weight: 5 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom(...Object.keys(FACTS)),
        fc.constantFrom('at_least', 'less_than'),
        fc.integer({ min: 0, max: 5 }),
      )
      .map(([name, operator, value]) => factIs(name, operator, value)),
    weight: 3,
  },
  { arbitrary: fc.constantFrom('open', 'dated', 'overdue').map(task), weight: 1 },
  { arbitrary: fc.constantFrom('any', 'call').map((kind) => activity(kind, lasting(2, 'days'))), weight: 1 },
);

/** So many leaves of some kind. */
const leaves = <T>(kind: fc.Arbitrary<T>, count: number): fc.Arbitrary<readonly T[]> =>
  fc.array(kind, { minLength: count, maxLength: count });

/** A choice of three for every three leaves; in some, the second must not hold. */
function threes(all32: readonly Condition[]): readonly Condition[] {
  return all32.flatMap((one, index) => {
    const [second, third] = all32.slice(index + 1);
    if (index % 3 !== 0 || second === undefined || third === undefined) return [];
    return [any(one, index % 2 === 0 ? second : not(second), third)];
  });
}

function expectsWay(when: Condition): boolean {
  const set = asking(when, { facts: FACTS, evidence: proofs(40).map((id) => evidence(id)) });
  const { world, state, said, plan } = explained(set);
  if (plan === undefined) return said.is_cheapest;
  expect(unlocks(world, follow(world, state, plan, true), state, 's1')).toBe(true);
  for (const left of plan) {
    const others = plan.filter((step) => step !== left);
    expect(unlocks(world, follow(world, state, others, false), state, 's1')).toBe(false);
  }
  return said.is_cheapest;
}

describe('explain', () => {
  it('finds the least for thirty-two leaves in ten choices, without being cut short', () => {
    const when = leaves(leaf, 32).map((list) => {
      const [a, b, c, d, ...rest] = list;
      if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four at least');
      return all(any(all(a, b), all(c, d)), ...threes(rest));
    });
    fc.assert(
      fc.property(when, (one) => {
        expect(expectsWay(one)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('gives acts that do, and none too many, when it is cut short', () => {
    const proof = fc.constantFrom(...proofs(40)).map(hasEvidence);
    let cut = 0;
    fc.assert(
      fc.property(leaves(leaves(proof, 3), 60), (list) => {
        if (!expectsWay(all(...list.map((three) => any(...three))))) cut += 1;
      }),
      { numRuns: 4 },
    );
    expect(cut).toBeGreaterThan(0);
  });
});
