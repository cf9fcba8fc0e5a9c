import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundHalfEven } from '../../engine/condition/arithmetic.ts';
import { factReader } from '../../engine/condition/derived.ts';
import type { Condition } from '../../engine/playbook/condition.ts';
import type { Fact, Field, Formula, Money, Value } from '../../engine/playbook/value.ts';
import { at, cny, evidence, fact, seenIn, usd } from './fixtures.ts';

const title = { zh: '事实', en: 'Fact' };

function derived(name: string, from: Formula, type: Fact['type'] = 'number'): Fact {
  return { fact: name, type, title, from, at };
}

const of = (name: string): Formula => ({ kind: 'fact', fact: name, at });
const constant = (value: number | Money): Formula => ({ kind: 'constant', value, at });
const over = (kind: Extract<Formula, { of: unknown }>['kind'], ...parts: readonly Formula[]): Formula => ({
  kind,
  of: parts,
  at,
});

/** The value of one formula over given facts. */
function computed(
  formula: Formula,
  values: Readonly<Record<string, Value>> = {},
  facts: Readonly<Record<string, Fact>> = {},
) {
  const { fact: _none, ...around } = seenIn({ evidence: { visit: 'accepted' } });
  return factReader({ ...facts, result: derived('result', formula) }, (name) => values[name], around)('result');
}

describe('arithmetic', () => {
  const cases: readonly [string, Formula, Value | undefined][] = [
    ['numbers add up', over('sum', constant(1), constant(2), constant(3.5)), 6.5],
    ['money of one currency adds up', over('sum', constant(cny(1)), constant(cny(2))), cny(3)],
    ['money of two currencies does not', over('sum', constant(cny(1)), constant(usd(2))), undefined],
    ['money and a number do not', over('sum', constant(cny(1)), constant(2)), undefined],
    ['minus takes all the rest from the first', over('minus', constant(10), constant(3), constant(2)), 5],
    ['money less money may fall below zero', over('minus', constant(cny(1)), constant(cny(3))), cny(-2)],
    ['money times a number is money', over('times', constant(cny(100)), constant(0.1)), cny(10)],
    ['a number times money is money', over('times', constant(2), constant(cny(100)), constant(3)), cny(600)],
    ['money times money is nothing', over('times', constant(cny(1)), constant(cny(1))), undefined],
    ['money by money is a number', over('ratio', constant(cny(1)), constant(cny(4))), 0.25],
    ['money by a number is money', over('ratio', constant(cny(1)), constant(4)), { minor: 25, currency: 'CNY' }],
    ['a number by money is nothing', over('ratio', constant(1), constant(cny(4))), undefined],
    ['nothing is divided by zero', over('ratio', constant(1), constant(0)), undefined],
    ['nothing is divided by no money', over('ratio', constant(cny(1)), constant(cny(0))), undefined],
    [
      'half a fen goes to the even neighbour below',
      over('times', constant({ minor: 25, currency: 'CNY' }), constant(0.1)),
      { minor: 2, currency: 'CNY' },
    ],
    [
      'half a fen goes to the even neighbour above',
      over('times', constant({ minor: 35, currency: 'CNY' }), constant(0.1)),
      { minor: 4, currency: 'CNY' },
    ],
    ['what integers cannot hold exactly is unknown', over('times', constant(cny(1)), constant(1e15)), undefined],
    ['what is not finite is unknown', over('times', constant(1e200), constant(1e200)), undefined],
    ['the least', over('min', constant(3), constant(1), constant(2)), 1],
    ['the most, of money', over('max', constant(cny(3)), constant(cny(5))), cny(5)],
  ];
  test.each(cases)('%s', (_promise, formula, value) => {
    expect(computed(formula)).toEqual(value);
  });

  test('days are counted from the first to the second, across daylight saving', () => {
    const between = over('days_between', of('from'), of('to'));
    expect(computed(between, { from: '2026-02-27', to: '2026-03-01' })).toBe(2);
    expect(computed(between, { from: '2026-03-01', to: '2026-02-27' })).toBe(-2);
    expect(computed(between, { from: 'soon', to: '2026-02-27' })).toBeUndefined();
  });

  test('rounding half to even is odd-symmetric and never further than a half away', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5].map((value) => roundHalfEven(value) + 0)).toEqual([0, 2, 2, 0, -2, -2]);
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        expect(Math.abs(roundHalfEven(value) - value)).toBeLessThanOrEqual(0.5);
        expect(roundHalfEven(-value) + 0).toBe(0 - roundHalfEven(value));
      }),
    );
  });

  test('results are the same after a way through JSON', () => {
    expect(Object.is((computed(over('times', constant(cny(-1)), constant(0))) as Money).minor, 0)).toBe(true);
  });
});

describe('a missing input', () => {
  test.each(['sum', 'minus', 'times', 'ratio', 'min', 'max', 'days_between'] as const)('makes %s unknown', (kind) => {
    expect(computed(over(kind, of('gone'), constant(1)))).toBeUndefined();
    expect(computed(over(kind, constant(1), of('gone')))).toBeUndefined();
  });

  test('makes count, rows and score unknown', () => {
    expect(computed({ kind: 'count', fact: 'gone', at })).toBeUndefined();
    expect(computed({ kind: 'rows', how: 'sum', fact: 'gone', column: 'amount', at })).toBeUndefined();
    expect(computed({ kind: 'score', points: [{ when: fact('gone', 'is', 1), points: 5 }], at })).toBeUndefined();
  });
});

describe('lists', () => {
  const column = (type: Field['type'], currency?: string): Record<string, Fact> => ({
    payments: {
      fact: 'payments',
      type: 'rows',
      title,
      at,
      fields: [{ field: 'amount', type, title, optional: false, at, ...(currency !== undefined && { currency }) }],
    },
  });
  const rows = (how: 'sum' | 'min' | 'max'): Formula => ({ kind: 'rows', how, fact: 'payments', column: 'amount', at });

  test('are counted, empty ones too', () => {
    expect(computed({ kind: 'count', fact: 'list', at }, { list: ['a', 'b'] })).toBe(2);
    expect(computed({ kind: 'count', fact: 'list', at }, { list: [] })).toBe(0);
    expect(computed({ kind: 'count', fact: 'list', at }, { list: 'text' })).toBeUndefined();
  });

  test('are added up, and searched for the least and the most', () => {
    const payments = [{ amount: cny(3) }, { amount: cny(1) }, { amount: cny(2) }];
    expect(
      (['sum', 'min', 'max'] as const).map((how) => computed(rows(how), { payments }, column('money', 'CNY'))),
    ).toEqual([cny(6), cny(1), cny(3)]);
  });

  test('with a blank cell have no sum', () => {
    expect(computed(rows('sum'), { payments: [{ amount: 1 }, {}] }, column('number'))).toBeUndefined();
  });

  test('without rows sum to zero where zero has a measure, and have no least', () => {
    const payments: Value = [];
    expect(computed(rows('sum'), { payments }, column('number'))).toBe(0);
    expect(computed(rows('sum'), { payments }, column('money', 'CNY'))).toEqual(cny(0));
    expect(computed(rows('sum'), { payments }, column('money'))).toBeUndefined();
    expect(computed(rows('min'), { payments }, column('number'))).toBeUndefined();
  });
});

describe('score', () => {
  const score = (...points: readonly (readonly [Condition, number])[]): Formula => ({
    kind: 'score',
    points: points.map(([when, worth]) => ({ when, points: worth })),
    at,
  });

  test('adds the points of what holds, things of the case included', () => {
    const formula = score([fact('size', 'is', 'big'), 10], [fact('size', 'is', 'small'), 5], [evidence('visit'), 3]);
    expect(computed(formula, { size: 'big' })).toBe(13);
    expect(computed(formula, { size: 'small' })).toBe(8);
  });

  test('of derived facts sees them', () => {
    const facts = { total: derived('total', over('sum', of('a'), constant(1))) };
    expect(computed(score([fact('total', 'is', 3), 7]), { a: 2 }, facts)).toBe(7);
  });
});

describe('facts that depend on facts', () => {
  const { fact: _none, ...around } = seenIn();

  test('are computed through one another, each once', () => {
    let reads = 0;
    const facts = {
      discount: derived('discount', over('ratio', of('rebate'), of('list_price')), 'percent'),
      rebate: derived('rebate', over('minus', of('list_price'), of('amount')), 'money'),
    };
    const values: Record<string, Value> = { list_price: cny(200), amount: cny(150) };
    const counted = (name: string) => {
      reads += 1;
      return values[name];
    };
    const read = factReader(facts, counted, around);
    expect([read('discount'), read('discount'), read('rebate')]).toEqual([0.25, 0.25, cny(50)]);
    expect(reads).toBe(3);
    expect(read('amount')).toEqual(cny(150));
  });

  test('in a circle are unknown', () => {
    const facts = {
      a: derived('a', over('sum', of('b'), constant(1))),
      b: derived('b', of('a')),
      c: derived('c', of('c')),
    };
    const read = factReader(facts, () => 5, around);
    expect([read('a'), read('b'), read('c')]).toEqual([undefined, undefined, undefined]);
  });

  test('cannot be set: the formula wins', () => {
    const read = factReader({ a: derived('a', constant(1)) }, () => 5, around);
    expect(read('a')).toBe(1);
  });

  test('are looked up by name alone, whatever objects bring with them', () => {
    expect(factReader({}, () => undefined, around)('constructor')).toBeUndefined();
  });
});
