import { describe, expect, test } from 'vitest';
import { evaluate, truthOf } from '../../engine/condition/evaluate.ts';
import type { Truth } from '../../engine/condition/result.ts';
import type { Condition, Operator } from '../../engine/playbook/condition.ts';
import type { Value } from '../../engine/playbook/value.ts';
import {
  activity,
  all,
  any,
  at,
  cny,
  evidence,
  fact,
  milestone,
  not,
  type Sight,
  seenIn,
  span,
  task,
  usd,
} from './fixtures.ts';

/** Conditions that are true, false and unknown whatever is seen. */
const TRUE = fact('yes', 'is', true);
const FALSE = fact('yes', 'is', false);
const UNKNOWN = fact('nothing', 'is', true);
const base: Sight = { facts: { yes: true } };

function judge(condition: Condition, sight: Sight = base): Truth {
  const { truth } = evaluate(condition, seenIn(sight));
  expect(truthOf(condition, seenIn(sight))).toBe(truth);
  return truth;
}

describe('three values', () => {
  test('not turns true and false round and leaves unknown', () => {
    expect([TRUE, FALSE, UNKNOWN].map((leaf) => judge(not(leaf)))).toEqual([false, true, 'unknown']);
  });

  test('all is false as soon as one is, true only when every one is', () => {
    expect(judge(all(TRUE, TRUE))).toBe(true);
    expect(judge(all(TRUE, UNKNOWN))).toBe('unknown');
    expect(judge(all(UNKNOWN, FALSE, TRUE))).toBe(false);
  });

  test('any is true as soon as one is, false only when every one is', () => {
    expect(judge(any(FALSE, FALSE))).toBe(false);
    expect(judge(any(FALSE, UNKNOWN))).toBe('unknown');
    expect(judge(any(UNKNOWN, TRUE, FALSE))).toBe(true);
  });

  test('an empty list says nothing', () => {
    expect(judge(all())).toBe('unknown');
    expect(judge(any())).toBe('unknown');
    expect(judge(not(any()))).toBe('unknown');
  });

  test('a misspelt fact opens nothing, under a not either', () => {
    expect(judge(not(fact('amuont', 'more_than', cny(100))), { facts: { amount: cny(200) } })).toBe('unknown');
  });
});

describe('operators on facts', () => {
  const cases: readonly [Value | undefined, Operator, Parameters<typeof fact>[2], Truth][] = [
    ['new', 'is', 'new', true],
    ['new', 'is', 'old', false],
    ['new', 'is_not', 'old', true],
    [true, 'is', true, true],
    [5, 'is', 5, true],
    [5, 'is', '5', 'unknown'],
    [5, 'is_not', '5', 'unknown'],
    [cny(100), 'is', cny(100), true],
    [cny(100), 'is', usd(100), 'unknown'],
    [cny(100), 'is_not', usd(100), 'unknown'],
    [['a', 'b'], 'is', ['b', 'a'], true],
    [['a'], 'is', ['a', 'b'], false],
    [cny(100), 'at_least', cny(100), true],
    [cny(100), 'more_than', cny(100), false],
    [cny(100), 'at_most', cny(99), false],
    [cny(100), 'less_than', cny(101), true],
    [cny(100), 'more_than', usd(1), 'unknown'],
    [cny(100), 'more_than', 1, 'unknown'],
    [0.1, 'at_least', 0.1, true],
    ['2026-10-20', 'before', '2026-10-21', true],
    ['2026-10-20', 'before', '2026-10-20', false],
    ['2026-10-20', 'after', '2026-10-19', true],
    ['new', 'in', ['old', 'new'], true],
    ['new', 'in', ['old'], false],
    ['new', 'not_in', ['old'], true],
    ['new', 'in', [], 'unknown'],
    [cny(100), 'in', [cny(1), usd(100)], 'unknown'],
    [cny(100), 'in', [usd(100), cny(100)], true],
    [cny(100), 'not_in', [cny(1), cny(2)], true],
    [['a', 'b'], 'contains', 'b', true],
    [['a', 'b'], 'contains', 'c', false],
    ['pain and power', 'contains', 'power', true],
    ['pain', 'contains', 'power', false],
    [5, 'contains', '5', 'unknown'],
    [5, 'is_known', true, true],
    [5, 'is_known', false, false],
    [undefined, 'is_known', true, false],
    [undefined, 'is_known', false, true],
    [undefined, 'is', 'new', 'unknown'],
    [undefined, 'is_not', 'new', 'unknown'],
    [undefined, 'not_in', ['new'], 'unknown'],
  ];
  test.each(cases)('%j %s %j is %s', (value, operator, operand, truth) => {
    expect(judge(fact('f', operator, operand), { facts: value === undefined ? {} : { f: value } })).toBe(truth);
  });

  test('facts compare with facts, and are unknown while either is missing', () => {
    const condition = fact('amount', 'at_least', { fact: 'budget' });
    expect(judge(condition, { facts: { amount: cny(2), budget: cny(1) } })).toBe(true);
    expect(judge(condition, { facts: { amount: cny(2) } })).toBe('unknown');
    expect(judge(condition, { facts: { budget: cny(2) } })).toBe('unknown');
    expect(judge(condition, { facts: { amount: cny(2), budget: usd(1) } })).toBe('unknown');
  });
});

describe('things of the case', () => {
  test('evidence counts only while accepted and fresh, and says how it stands', () => {
    for (const standing of ['stale', 'submitted', 'rejected', 'withdrawn'] as const) {
      expect(evaluate(evidence('visit'), seenIn({ evidence: { visit: standing } })).leaves).toEqual([
        { leaf: evidence('visit'), truth: false, seen: standing, why: standing },
      ]);
    }
    expect(judge(evidence('visit'), { evidence: { visit: 'accepted' } })).toBe(true);
    expect(evaluate(evidence('visit'), seenIn()).leaves).toEqual([
      { leaf: evidence('visit'), truth: false, why: 'missing' },
    ]);
  });

  test('tasks are there or not', () => {
    expect(judge(task('dated'), { tasks: ['dated'] })).toBe(true);
    expect(judge(not(task('overdue')), { tasks: ['dated'] })).toBe(true);
  });

  test('an activity counts until its time is over, to the moment', () => {
    const recent = activity('call', span(10, 'business_days'));
    // Ten in the morning of 30 September: ten working days, a holiday week among them, lead to that of 21 October.
    const sight = { activities: { call: '2026-09-30T02:00:00.000Z' } };
    expect(judge(recent, { ...sight, now: '2026-10-21T02:00:00.000Z' })).toBe(true);
    expect(judge(recent, { ...sight, now: '2026-10-21T02:00:00.001Z' })).toBe(false);
    expect(judge(recent, {})).toBe(false);
  });

  test('answers of a form are seen inside one only', () => {
    const leaf: Condition = {
      kind: 'field',
      field: 'outcome',
      operator: 'is',
      operand: { kind: 'value', value: 'again' },
      at,
    };
    expect(judge(leaf, { fields: { outcome: 'again' } })).toBe(true);
    const { field: _none, ...outside } = seenIn();
    expect(truthOf(leaf, outside)).toBe('unknown');
  });
});

describe('milestones', () => {
  test('stand for what they ask, with its leaves in their place', () => {
    const asked = all(evidence('visit'), fact('pain', 'is_known', true));
    const condition = all(TRUE, milestone('pain-found'), FALSE);
    const { truth, leaves } = evaluate(condition, seenIn({ ...base, milestones: { 'pain-found': asked } }));
    expect(truth).toBe(false);
    expect(leaves.map(({ leaf }) => leaf)).toEqual([TRUE, evidence('visit'), fact('pain', 'is_known', true), FALSE]);
  });

  test('that nobody declared are unknown and say so', () => {
    expect(evaluate(milestone('gone'), seenIn()).leaves).toEqual([
      { leaf: milestone('gone'), truth: 'unknown', why: 'missing' },
    ]);
  });

  test('that ask for each other end in unknown', () => {
    const milestones = { a: all(milestone('b')), b: not(milestone('a')), c: any(TRUE, milestone('c')) };
    expect(judge(milestone('a'), { ...base, milestones })).toBe('unknown');
    expect(evaluate(milestone('a'), seenIn({ milestones })).leaves).toEqual([
      { leaf: milestone('a'), truth: 'unknown', why: 'cycle' },
    ]);
    expect(judge(milestone('c'), { ...base, milestones })).toBe(true);
  });

  test('named twice are judged twice', () => {
    expect(judge(all(milestone('a'), milestone('a')), { ...base, milestones: { a: TRUE } })).toBe(true);
  });
});

describe('the explanation', () => {
  test('names every leaf in the order written, with what was seen and why it is not true', () => {
    const sight = { facts: { amount: cny(100), budget: usd(100), seats: 3 } };
    const written = [
      fact('amount', 'more_than', cny(200)),
      fact('amount', 'at_least', { fact: 'budget' }),
      fact('amount', 'at_least', { fact: 'gone' }),
      fact('gone', 'at_least', { fact: 'budget' }),
      fact('seats', 'is', 3),
      fact('gone', 'is', 3),
      fact('seats', 'is', 'three'),
      fact('gone', 'is_known', true),
    ];
    const [first, second, ...rest] = written.map((leaf) => leaf satisfies Condition);
    if (first === undefined || second === undefined) throw new Error('unreachable');
    const { leaves } = evaluate(any(first, all(not(second), ...rest)), seenIn(sight));
    expect(leaves).toEqual([
      { leaf: written[0], truth: false, seen: cny(100) },
      { leaf: written[1], truth: 'unknown', seen: cny(100), why: 'currency-differs', against: usd(100) },
      { leaf: written[2], truth: 'unknown', seen: cny(100), why: 'missing' },
      { leaf: written[3], truth: 'unknown', why: 'missing', against: usd(100) },
      { leaf: written[4], truth: true, seen: 3 },
      { leaf: written[5], truth: 'unknown', why: 'missing' },
      { leaf: written[6], truth: 'unknown', seen: 3, why: 'type-differs' },
      { leaf: written[7], truth: false, why: 'missing' },
    ]);
  });
});
