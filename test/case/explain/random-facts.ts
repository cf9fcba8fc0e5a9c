/** Random conditions over facts of every type and formulas of every kind, and random facts to judge them by. */

import fc from 'fast-check';
import type { Condition, Operator } from '../../../engine/playbook/condition.ts';
import type { PlaybookSet } from '../../../engine/playbook/set.ts';
import type { Fact, Field, Formula, Money, Value } from '../../../engine/playbook/value.ts';
import { fact, factIs, lasting, place, text } from '../playbook-fixture.ts';
import { asking } from './explained.ts';

const of = (name: string): Formula => ({ kind: 'fact', fact: name, at: place() });
const constant = (value: number | Money): Formula => ({ kind: 'constant', value, at: place() });
type Parts = Extract<Formula, { of: readonly Formula[] }>['kind'];
const formula = (kind: Parts, ...parts: readonly Formula[]): Formula => ({ kind, of: parts, at: place() });
const column = (how: 'sum' | 'min' | 'max', name: string): Formula => ({
  kind: 'rows',
  how,
  fact: 'items',
  column: name,
  at: place(),
});

export const cny = (yuan: number): Money => ({ minor: yuan * 100, currency: 'CNY' });
const field = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  field: name,
  type,
  title: text(name),
  optional: false,
  at: place(),
  ...more,
});

/** What is set, and what is computed from it by every kind of formula. */
export const FACTS: Readonly<Record<string, Fact>> = Object.fromEntries([
  fact('amount', 'money', { currency: 'CNY' }),
  fact('cost', 'money', { currency: 'CNY' }),
  fact('rate', 'percent', { min: 0, max: 1 }),
  fact('count', 'number', { min: 0, max: 100 }),
  fact('bonus', 'number'),
  fact('starts', 'date'),
  fact('ends', 'date'),
  fact('tags', 'choices', { choices: { a: text('a'), b: text('b'), c: text('c') } }),
  fact('note', 'text'),
  fact('sponsor', 'person'),
  fact('items', 'rows', {
    fields: [field('name', 'text'), field('price', 'money', { currency: 'CNY' }), field('pieces', 'number')],
  }),
  fact('margin', 'money', { from: formula('minus', of('amount'), of('cost')) }),
  fact('discount', 'percent', { from: formula('ratio', formula('minus', of('amount'), of('cost')), of('amount')) }),
  fact('fee', 'money', { from: formula('times', of('amount'), of('rate')) }),
  fact('total', 'number', { from: formula('sum', of('count'), of('bonus'), constant(1)) }),
  fact('least', 'number', { from: formula('min', of('count'), of('bonus')) }),
  fact('most', 'number', { from: formula('max', of('count'), of('bonus')) }),
  fact('length', 'number', { from: formula('days_between', of('starts'), of('ends')) }),
  fact('lines', 'number', { from: { kind: 'count', fact: 'items', at: place() } }),
  fact('worth', 'money', { from: column('sum', 'price') }),
  fact('cheapest', 'money', { from: column('min', 'price') }),
  fact('pieces', 'number', { from: column('max', 'pieces') }),
  fact('profit', 'money', { from: formula('minus', of('worth'), of('cost')) }),
]);

const order = fc.constantFrom<Operator>('at_least', 'more_than', 'at_most', 'less_than', 'is', 'is_not');
const against = (fact: string, operator: Operator, other: string): Condition => ({
  kind: 'fact',
  fact,
  operator,
  operand: { kind: 'fact', fact: other },
  at: place(),
});
const spanned = (fact: string, operator: Operator, days: number): Condition => ({
  kind: 'fact',
  fact,
  operator,
  operand: { kind: 'duration', duration: lasting(days, 'days') },
  at: place(),
});

const MONEY = fc.constantFrom('amount', 'cost', 'margin', 'fee', 'worth', 'cheapest', 'profit');
const NUMBER = fc.constantFrom('count', 'bonus', 'total', 'least', 'most', 'length', 'lines', 'pieces');
const DATE = fc.constantFrom('starts', 'ends');
const yuan = fc.constantFrom(0, 500, 1_000, 2_000);
const small = fc.constantFrom(0, 2, 3, 5);
const dayOf = fc.constantFrom('2026-01-01', '2026-01-05', '2026-01-08', '2026-03-01');

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.tuple(MONEY, order, yuan).map(([name, operator, value]) => factIs(name, operator, cny(value))),
  fc.tuple(MONEY, order, MONEY).map(([name, operator, other]) => against(name, operator, other)),
  fc.tuple(NUMBER, order, small).map(([name, operator, value]) => factIs(name, operator, value)),
  fc.tuple(NUMBER, order, NUMBER).map(([name, operator, other]) => against(name, operator, other)),
  fc
    .tuple(fc.constantFrom('rate', 'discount'), order, fc.constantFrom(0.1, 0.25, 0.5))
    .map(([name, operator, value]) => factIs(name, operator, value)),
  fc.tuple(DATE, fc.constantFrom('before', 'after', 'is'), dayOf).map(([name, op, day]) => factIs(name, op, day)),
  fc
    .tuple(DATE, fc.constantFrom('within', 'ago'), small)
    .map(([name, operator, days]) => spanned(name, operator, days)),
  fc.constantFrom('before', 'after').map((operator) => against('starts', operator, 'ends')),
  fc.constantFrom('a', 'b', 'c').map((choice) => factIs('tags', 'contains', choice)),
  fc.constantFrom(['a'], ['b', 'c']).map((list) => factIs('tags', 'is', list)),
  fc
    .tuple(fc.constantFrom('contains', 'is', 'is_not'), fc.constantFrom('budget', 'plan'))
    .map(([operator, word]) => factIs('note', operator, word)),
  fc
    .tuple(fc.constantFrom('in', 'not_in'), fc.constant(['mia', 'dan']))
    .map(([op, list]) => factIs('sponsor', op, list)),
  fc.tuple(fc.constantFrom(...Object.keys(FACTS)), fc.boolean()).map(([name, is]) => factIs(name, 'is_known', is)),
);

/** At most two levels, so that trying everything ends. */
const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { arbitrary: leaf, weight: 3 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom('all', 'any'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
        .map(([kind, parts]): Condition => ({ kind, of: parts, at: place() })),
      weight: 2,
    },
    { arbitrary: tie('tree').map((inner): Condition => ({ kind: 'not', of: inner, at: place() })), weight: 1 },
  ),
})).tree;

/** A pipeline whose first stage asks one random condition; some apply only by another. */
export const askingSet: fc.Arbitrary<PlaybookSet> = fc
  .tuple(condition, fc.option(leaf, { nil: undefined, freq: 2 }))
  .map(([when, applies_when]) => asking(when, { facts: FACTS, ...(applies_when && { applies_when }) }));

const row = fc.record({ name: fc.constant('x'), price: yuan.map(cny), pieces: small });

/** Some known, some not. */
export const someFacts: fc.Arbitrary<Record<string, Value>> = fc.record(
  {
    amount: yuan.map(cny),
    cost: yuan.map(cny),
    rate: fc.constantFrom(0, 0.1, 0.5),
    count: small,
    bonus: small,
    starts: dayOf,
    ends: dayOf,
    tags: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
    note: fc.constantFrom('plan', 'the budget', 'none'),
    sponsor: fc.constantFrom('ann', 'mia'),
    items: fc.array(row, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const prices = [0, 500, 1_000, 2_000].map((price) => ({ name: 'x', price: cny(price), pieces: 3 }));

/** What brute force tries for each; dates in days from now. */
export const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  amount: [0, 250, 500, 750, 1_000, 1_500, 2_000, 2_500, 5_000].map(cny),
  cost: [0, 250, 500, 750, 1_000, 1_500, 2_000, 2_500].map(cny),
  rate: [0, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 0.6, 1],
  count: [0, 1, 2, 3, 4, 5, 6],
  bonus: [-1, 0, 1, 2, 3, 4, 5, 6],
  starts: [-60, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 60],
  ends: [-60, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 60],
  tags: [['a'], ['b'], ['c'], ['a', 'b'], ['b', 'c'], ['a', 'c'], ['a', 'b', 'c'], null],
  note: ['budget', 'plan', 'budget plan', 'none', null],
  sponsor: ['ann', 'mia', 'dan', null],
  items: [
    [],
    ...prices.map((one) => [one]),
    ...prices.map((one) => [one, one]),
    ...prices.map((one) => [one, one, one]),
  ],
};
