/** The cheapest change is cheapest: held against trying everything. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Changes, Obligation } from '../../engine/condition/changes.ts';
import { satisfies } from '../../engine/condition/changes.ts';
import { cheapestChange } from '../../engine/condition/cheapest-change.ts';
import type { Truth } from '../../engine/condition/result.ts';
import type { Condition, Leaf } from '../../engine/playbook/condition.ts';

const at = { file: 'test.yaml', line: 1, col: 1 };
const VARIABLES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** `x is <level>` over one variable, or `x is <other variable>` over two. */
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc
    .record({ fact: fc.constantFrom(...VARIABLES), level: fc.integer({ min: 0, max: 2 }) })
    .map(
      ({ fact, level }): Leaf => ({ kind: 'fact', fact, operator: 'is', operand: { kind: 'value', value: level }, at }),
    ),
  fc
    .tuple(fc.constantFrom(...VARIABLES), fc.constantFrom(...VARIABLES))
    .map(([fact, other]): Leaf => ({ kind: 'fact', fact, operator: 'is', operand: { kind: 'fact', fact: other }, at })),
);

const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc
      .record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      })
      .map((node): Condition => ({ ...node, at })),
    tie('tree').map((of): Condition => ({ kind: 'not', of, at })),
  ),
})).tree;

/** Option 0 is today's level, the others are the levels 0, 1, 2; a level of undefined makes unknown. */
interface Situation {
  readonly today: Readonly<Record<string, number | undefined>>;
  readonly costs: Readonly<Record<string, readonly number[]>>;
}

const situation: fc.Arbitrary<Situation> = fc.record({
  today: fc.record(
    Object.fromEntries(VARIABLES.map((name) => [name, fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined })])),
  ),
  costs: fc.record(
    Object.fromEntries(
      VARIABLES.map((name) => [
        name,
        fc.tuple(
          fc.constant(0),
          fc.integer({ min: 1, max: 4 }),
          fc.integer({ min: 1, max: 4 }),
          fc.integer({ min: 1, max: 4 }),
        ),
      ]),
    ),
  ),
});

function levelOf(place: Situation, variable: string, option: number): number | undefined {
  return option === 0 ? place.today[variable] : option - 1;
}

function leafTruth(place: Situation, one: Leaf, pick: (variable: string) => number): Truth {
  if (one.kind !== 'fact') return 'unknown';
  const seen = levelOf(place, one.fact, pick(one.fact));
  const against =
    one.operand.kind === 'fact'
      ? levelOf(place, one.operand.fact, pick(one.operand.fact))
      : one.operand.kind === 'value'
        ? one.operand.value
        : undefined;
  return seen === undefined || against === undefined ? 'unknown' : seen === against;
}

function treeTruth(place: Situation, tree: Condition, pick: (variable: string) => number): Truth {
  if (tree.kind === 'not') {
    const inner = treeTruth(place, tree.of, pick);
    return inner === 'unknown' ? inner : !inner;
  }
  if ('of' in tree) {
    const truths = tree.of.map((part) => treeTruth(place, part, pick));
    const decisive = tree.kind === 'any';
    if (truths.includes(decisive)) return decisive;
    return truths.includes('unknown') ? 'unknown' : !decisive;
  }
  return leafTruth(place, tree, pick);
}

function changesIn(place: Situation): Changes {
  return {
    variablesOf: (one) =>
      one.kind !== 'fact' ? [] : [...new Set(one.operand.kind === 'fact' ? [one.fact, one.operand.fact] : [one.fact])],
    costs: (variable) => place.costs[variable] ?? [0],
    truth: (one, pick) => leafTruth(place, one, pick),
    milestone: () => undefined,
    restrictions: [],
  };
}

/** Tries all 4^6 picks. */
function byForce(place: Situation, obligations: readonly Obligation[]): number | undefined {
  let best: number | undefined;
  for (let code = 0; code < 4 ** VARIABLES.length; code++) {
    const pick = (variable: string): number => Math.floor(code / 4 ** VARIABLES.indexOf(variable as never)) % 4;
    const cost = VARIABLES.reduce((sum, variable) => sum + (place.costs[variable]?.[pick(variable)] ?? 0), 0);
    if (best !== undefined && cost >= best) continue;
    if (obligations.every((one) => satisfies(treeTruth(place, one.condition, pick), one.want))) best = cost;
  }
  return best;
}

describe('cheapestChange', () => {
  const obligations = fc.array(
    fc.record({
      condition,
      want: fc.constantFrom('true' as const, 'false' as const, 'not_false' as const, 'not_true' as const),
    }),
    { minLength: 1, maxLength: 3 },
  );

  it('costs what trying every combination finds, and keeps every obligation', () => {
    fc.assert(
      fc.property(situation, obligations, (place, wanted) => {
        const { change: found } = cheapestChange(wanted, changesIn(place));
        expect(found?.cost).toBe(byForce(place, wanted));
        if (found === undefined) return;
        const pick = (variable: string): number => found.picks.get(variable) ?? 0;
        for (const one of wanted) expect(satisfies(treeTruth(place, one.condition, pick), one.want)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is irreducible: leaving any one change out breaks an obligation', () => {
    fc.assert(
      fc.property(situation, obligations, (place, wanted) => {
        const { change: found } = cheapestChange(wanted, changesIn(place));
        if (found === undefined) return;
        for (const left of found.picks.keys()) {
          const pick = (variable: string): number => (variable === left ? 0 : (found.picks.get(variable) ?? 0));
          const all = wanted.every((one) => satisfies(treeTruth(place, one.condition, pick), one.want));
          expect(all).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});
