import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, truthOf } from '../../engine/condition/evaluate.ts';
import type { Truth } from '../../engine/condition/result.ts';
import type { Condition } from '../../engine/playbook/condition.ts';
import { conditions, sights } from './arbitrary.ts';
import { all, any, not, seenIn } from './fixtures.ts';

describe('the explanation', () => {
  test('comes to the same answer as the short way', () => {
    fc.assert(
      fc.property(conditions, sights, (condition, sight) => {
        const seen = seenIn(sight);
        expect(truthOf(condition, seen)).toBe(evaluate(condition, seen).truth);
      }),
      { numRuns: 2000 },
    );
  });

  test('survives the way through JSON', () => {
    fc.assert(
      fc.property(conditions, sights, (condition, sight) => {
        const result = evaluate(condition, seenIn(sight));
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        for (const leaf of result.leaves) expect(Object.values(leaf)).not.toContain(undefined);
      }),
      { numRuns: 500 },
    );
  });
});

describe('laws of three-valued logic', () => {
  const law = (promise: string, holds: (a: Condition, b: Condition, truth: (c: Condition) => Truth) => void) =>
    test(promise, () => {
      fc.assert(
        fc.property(conditions, conditions, sights, (a, b, sight) => {
          const seen = seenIn(sight);
          holds(a, b, (condition) => truthOf(condition, seen));
        }),
        { numRuns: 500 },
      );
    });

  law('not twice is nothing', (a, _b, truth) => expect(truth(not(not(a)))).toBe(truth(a)));
  law('De Morgan: not all is any not', (a, b, truth) => expect(truth(not(all(a, b)))).toBe(truth(any(not(a), not(b)))));
  law('De Morgan: not any is all not', (a, b, truth) => expect(truth(not(any(a, b)))).toBe(truth(all(not(a), not(b)))));
  law('order does not matter', (a, b, truth) => {
    expect(truth(all(a, b))).toBe(truth(all(b, a)));
    expect(truth(any(a, b))).toBe(truth(any(b, a)));
  });
  law('saying it twice changes nothing', (a, _b, truth) => {
    expect(truth(all(a, a))).toBe(truth(a));
    expect(truth(any(a, a))).toBe(truth(a));
  });
  law('absorption', (a, b, truth) => {
    expect(truth(all(a, any(a, b)))).toBe(truth(a));
    expect(truth(any(a, all(a, b)))).toBe(truth(a));
  });

  test('learning a missing fact never turns a settled answer round, save where a leaf asks whether it is known', () => {
    const isKnown = (condition: Condition): boolean => {
      if (condition.kind === 'all' || condition.kind === 'any') return condition.of.some(isKnown);
      if (condition.kind === 'not') return isKnown(condition.of);
      return (condition.kind === 'fact' && condition.operator === 'is_known') || condition.kind === 'milestone';
    };
    fc.assert(
      fc.property(
        conditions.filter((condition) => !isKnown(condition)),
        sights,
        sights,
        (condition, sight, more) => {
          const before = truthOf(condition, seenIn(sight));
          const after = truthOf(condition, seenIn({ ...sight, facts: { ...more.facts, ...sight.facts } }));
          if (before !== 'unknown') expect(after).toBe(before);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
