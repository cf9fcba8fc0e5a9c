/** The cheapest change is cheapest: held against trying everything. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Changes, Obligation, Picked, Restriction, Want } from '../../engine/condition/changes.ts';
import { satisfies } from '../../engine/condition/changes.ts';
import { type Change, cheapestChange } from '../../engine/condition/cheapest-change.ts';
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

const FREE: Restriction = { variables: [], allows: () => true };

function changesIn(place: Situation, restriction: Restriction = FREE): Changes {
  return {
    variablesOf: (one) =>
      one.kind !== 'fact' ? [] : [...new Set(one.operand.kind === 'fact' ? [one.fact, one.operand.fact] : [one.fact])],
    costs: (variable) => place.costs[variable] ?? [0],
    truth: (one, pick) => leafTruth(place, one, pick),
    milestone: () => undefined,
    restriction,
  };
}

/** Tries all 4^6 picks. */
function byForce(place: Situation, wanted: readonly Obligation[], rule: Restriction): number | undefined {
  let best: number | undefined;
  for (let code = 0; code < 4 ** VARIABLES.length; code++) {
    const pick = (variable: string): number => Math.floor(code / 4 ** VARIABLES.indexOf(variable as never)) % 4;
    const cost = VARIABLES.reduce((sum, variable) => sum + (place.costs[variable]?.[pick(variable)] ?? 0), 0);
    if (best !== undefined && cost >= best) continue;
    if (keeps(place, wanted, rule, pick)) best = cost;
  }
  return best;
}

/** Variables that must not change with another, or not without it. */
const restriction: fc.Arbitrary<Restriction> = fc
  .array(fc.tuple(fc.constantFrom(...VARIABLES), fc.constantFrom(...VARIABLES), fc.boolean()), { maxLength: 3 })
  .map((pairs) => ({
    variables: [...new Set([...pairs.map(([one]) => one), ...pairs.map(([, other]) => other)])],
    allows: (pick) =>
      pairs.every(([one, other, isTogether]) => one === other || pick(one) === 0 || (pick(other) === 0) !== isTogether),
  }));

const obligations = fc.array(
  fc.record({ condition, want: fc.constantFrom<Want>('true', 'false', 'not_false', 'not_true') }),
  { minLength: 1, maxLength: 3 },
);

function keeps(place: Situation, wanted: readonly Obligation[], rule: Restriction, pick: Picked): boolean {
  return wanted.every((one) => satisfies(treeTruth(place, one.condition, pick), one.want)) && rule.allows(pick);
}

/** Whether it works, and whether any change in it could be left out or made cheaper. */
function expectsGood(
  place: Situation,
  wanted: readonly Obligation[],
  rule: Restriction,
  { picks, cost }: Change,
): void {
  const pick: Picked = (variable) => picks.get(variable) ?? 0;
  expect(keeps(place, wanted, rule, pick)).toBe(true);
  const costs = (variable: string, option: number): number => place.costs[variable]?.[option] ?? 0;
  expect(cost).toBe([...picks].reduce((sum, [variable, option]) => sum + costs(variable, option), 0));
  for (const [changed, option] of picks) {
    for (const other of [0, 1, 2, 3].filter((one) => costs(changed, one) < costs(changed, option))) {
      const less: Picked = (variable) => (variable === changed ? other : pick(variable));
      expect(keeps(place, wanted, rule, less)).toBe(false);
    }
  }
}

describe('cheapestChange', () => {
  it('costs what trying every combination finds, and keeps every obligation and restriction', () => {
    fc.assert(
      fc.property(situation, obligations, restriction, (place, wanted, rule) => {
        // However long it takes: what is held to here is the answer, not the effort.
        const { change, exhaustive } = cheapestChange(wanted, changesIn(place, rule), 100);
        expect(exhaustive).toBe(true);
        expect(change?.cost).toBe(byForce(place, wanted, rule));
        if (change !== undefined) expectsGood(place, wanted, rule, change);
      }),
      { numRuns: 300 },
    );
  });

  it('works without a needless change even when it was cut short', () => {
    let cut = 0;
    fc.assert(
      fc.property(
        situation,
        obligations,
        restriction,
        fc.constantFrom(0.0005, 0.001, 0.002),
        (place, wanted, rule, effort) => {
          const { change, exhaustive } = cheapestChange(wanted, changesIn(place, rule), effort);
          if (change !== undefined) expectsGood(place, wanted, rule, change);
          if (!exhaustive) cut += 1;
          else if (change === undefined) expect(byForce(place, wanted, rule)).toBeUndefined();
          else expect(change.cost).toBe(byForce(place, wanted, rule));
        },
      ),
      { numRuns: 300 },
    );
    expect(cut).toBeGreaterThan(0);
  });

  it('names leaves that all hold after the change, and that make the conditions come out as wanted', () => {
    fc.assert(
      fc.property(situation, obligations, (place, wanted) => {
        const { change } = cheapestChange(wanted, changesIn(place));
        if (change === undefined) return;
        const pick: Picked = (variable) => change.picks.get(variable) ?? 0;
        for (const { leaf: one, want } of change.leaves)
          expect(satisfies(leafTruth(place, one, pick), want)).toBe(true);
        // Whatever changes is there for one of them.
        const named = new Set(change.leaves.flatMap(({ leaf: one }) => changesIn(place).variablesOf(one)));
        for (const changed of change.picks.keys()) expect(named).toContain(changed);
      }),
      { numRuns: 300 },
    );
  });

  const is = (fact: string, value: number): Condition => ({
    kind: 'fact',
    fact,
    operator: 'is',
    operand: { kind: 'value', value },
    at,
  });
  const every = (...of: readonly Condition[]): Condition => ({ kind: 'all', of, at });
  const some = (...of: readonly Condition[]): Condition => ({ kind: 'any', of, at });
  const place: Situation = {
    today: {},
    costs: Object.fromEntries(VARIABLES.map((name) => [name, [0, 1, 1, 1]])),
  };

  it('counts two leaves that one change meets once', () => {
    const when = some(every(is('a', 1), { kind: 'not', of: is('a', 2), at }), every(is('b', 1), is('c', 1)));
    expect(cheapestChange([{ condition: when, want: 'true' }], changesIn(place)).change?.picks).toEqual(
      new Map([['a', 2]]),
    );
  });

  it('does not take two leaves that one change meets for two changes', () => {
    const not = (of: Condition): Condition => ({ kind: 'not', of, at });
    const cheap = every(is('a', 1), not(is('a', 2)), is('b', 1), not(is('b', 2)));
    const dear: Situation = { ...place, costs: { ...place.costs, c: [0, 3, 3, 3] } };
    const { change } = cheapestChange([{ condition: some(cheap, is('c', 1)), want: 'true' }], changesIn(dear));
    expect(change?.cost).toBe(2);
  });

  it('takes the way that many conditions share before one that each has for itself', () => {
    const shared = [is('b', 1), is('c', 1), is('d', 1)].map((own) => some(own, is('a', 1)));
    expect(cheapestChange([{ condition: every(...shared), want: 'true' }], changesIn(place)).change?.cost).toBe(1);
  });

  it('knows that a milestone which asks for itself, one that is missing and an empty list stay unknown', () => {
    const milestone = (id: string): Condition => ({ kind: 'milestone', milestone: id, at });
    const changes: Changes = {
      ...changesIn(place),
      milestone: (id) => (id === 'circle' ? some(milestone('circle'), is('a', 1)) : undefined),
    };
    const cost = (condition: Condition, want: Want) => cheapestChange([{ condition, want }], changes).change?.cost;
    expect(cost(milestone('circle'), 'true')).toBe(1);
    expect(cost(milestone('circle'), 'false')).toBeUndefined();
    for (const never of [milestone('nowhere'), every(), some()]) {
      expect(cost(never, 'true')).toBeUndefined();
      expect(cost(never, 'false')).toBeUndefined();
      expect(cost(never, 'not_true')).toBe(0);
      expect(cost(never, 'not_false')).toBe(0);
    }
  });
});
