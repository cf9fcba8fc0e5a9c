/** What `explain` proposes for facts that are computed: which of the facts behind them to set, by every kind of formula. */

import { describe, expect, it } from 'vitest';
import type { Operator } from '../../engine/playbook/condition.ts';
import { asking } from './explain/explained.ts';
import { cny } from './explain/random-facts.ts';
import { inFacts, wayWith } from './explain/way-with.ts';
import { all, fact, factIs, not, place, task } from './playbook-fixture.ts';

describe('explain, about computed facts', () => {
  it('names a fact they are computed from, and what it is to bring about', () => {
    const both = { amount: cny(1_000), cost: cny(900) };
    expect(wayWith(factIs('margin', 'at_least', cny(500)), both)).toEqual([
      expect.stringMatching(/^(amount|cost): margin true$/),
    ]);
    expect(wayWith(factIs('margin', 'at_least', cny(500)), { amount: cny(1_000) })).toEqual(['cost: margin true']);
    expect(wayWith(factIs('margin', 'at_least', cny(500)), {})?.sort()).toEqual([
      'amount: margin true',
      'cost: margin true',
    ]);
    expect(wayWith(factIs('fee', 'is', cny(100)), { amount: cny(1_000) })).toEqual(['rate: fee true']);
    expect(wayWith(not(factIs('discount', 'more_than', 0.1)), both)).toEqual([]);
    expect(wayWith(factIs('discount', 'more_than', 0.9), { amount: cny(1_000), cost: cny(900), rate: 0 })).toHaveLength(
      1,
    );
  });

  it('finds values for every formula', () => {
    expect(wayWith(factIs('total', 'is', 8), { count: 3, bonus: 100 })).toEqual(['bonus: total true']);
    expect(wayWith(factIs('least', 'at_least', 4), { count: 5, bonus: 1 })).toEqual(['bonus: least true']);
    expect(wayWith(factIs('least', 'at_least', 4), { count: 1, bonus: 1 })).toHaveLength(2);
    expect(wayWith(factIs('most', 'less_than', 4), { count: 5, bonus: 1 })).toEqual(['count: most true']);
    expect(wayWith(factIs('length', 'is', 90), { starts: '2026-01-31' })).toEqual(['ends: length true']);
    expect(wayWith(factIs('length', 'is', -7), { ends: '2026-01-31' })).toEqual(['starts: length true']);
  });

  it('finds rows by how many there are and what their columns come to', () => {
    expect(wayWith(factIs('lines', 'at_least', 3), {})).toEqual(['items: lines true']);
    expect(wayWith(factIs('lines', 'is', 0), {})).toEqual(['items: lines true']);
    expect(wayWith(factIs('worth', 'more_than', cny(200_000)), {})).toEqual(['items: worth true']);
    const few = all(factIs('lines', 'is', 4), factIs('worth', 'is', cny(1_000)), factIs('pieces', 'less_than', 3));
    expect(wayWith(few, {})).toEqual(['items: lines true, worth true, pieces true']);
    expect(wayWith(all(factIs('cheapest', 'less_than', cny(2_000)), factIs('worth', 'is', cny(2_000))), {})).toEqual([
      'items: cheapest true, worth true',
    ]);
    expect(wayWith(all(factIs('cheapest', 'at_least', cny(500)), factIs('worth', 'at_most', cny(500))), {})).toEqual([
      'items: cheapest true, worth true',
    ]);
  });

  it('wins a score by what gives points, and names what it is for', () => {
    const points = [
      { when: factIs('warm', 'is', true), points: 2 },
      { when: factIs('size', 'at_least', 3), points: 3 },
      { when: task('open'), points: 1 },
    ];
    const facts = Object.fromEntries([
      fact('warm', 'yes_no'),
      fact('size', 'number'),
      fact('score', 'number', { from: { kind: 'score', points, at: place() } }),
    ]);
    const score = (operator: Operator, value: number) => factIs('score', operator, value);
    expect(wayWith(score('at_least', 3), { warm: false, size: 1 }, facts)).toEqual(['size: score true']);
    expect(wayWith(score('is', 3), { warm: true, size: 1 }, facts)).toEqual(['plan_task']);
    expect(wayWith(score('more_than', 5), { warm: true, size: 1 }, facts)).toEqual(['size: score true', 'plan_task']);
    expect(wayWith(score('less_than', 3), { warm: false, size: 4 }, facts)).toEqual(['size: score true']);
    expect(wayWith(not(score('at_least', 1)), { warm: false }, facts)).toEqual(['size: score false']);
    expect(wayWith(score('more_than', 6), { warm: true }, facts)).toBeUndefined();
    // A pipeline applies as long as it is not known not to: not knowing the score is enough.
    const never = asking(task('open'), { facts, applies_when: score('more_than', 6) });
    expect(inFacts(never, { warm: true, size: 1 }).said.effort).toBe(2);
  });

  it('wins long scores too, finding first what they do not know', () => {
    const names = Array.from({ length: 10 }, (_one, index) => `f${index}`);
    const points = names.map((name, index) => ({ when: factIs(name, 'at_least', index), points: index + 1 }));
    const score = fact('score', 'number', { from: { kind: 'score', points, at: place() } });
    const facts = Object.fromEntries([...names.map((name) => fact(name, 'number')), score]);
    const low = Object.fromEntries(names.map((name) => [name, -1]));
    const half = factIs('score', 'at_least', 27);
    expect(wayWith(half, low, facts)).toEqual(['f7: score true', 'f8: score true', 'f9: score true']);
    expect(wayWith(half, {}, facts)).toHaveLength(10);
    expect(wayWith(not(half), low, facts)).toEqual([]);
    expect(wayWith(factIs('score', 'more_than', 55), {}, facts)).toBeUndefined();
  });

  it('takes one of them away where the computed fact must not be known', () => {
    const way = wayWith(factIs('margin', 'is_known', false), { amount: cny(1), cost: cny(1) });
    expect(way).toEqual([expect.stringMatching(/^!(amount|cost): margin true$/)]);
    expect(wayWith(not(factIs('amount', 'is_known', true)), { amount: cny(1) })).toEqual(['!amount: amount false']);
  });
});
