import { describe, expect, test } from 'vitest';
import { truthOf } from '../../engine/condition/evaluate.ts';
import type { Condition } from '../../engine/playbook/condition.ts';
import { fact, type Sight, seenIn, span } from './fixtures.ts';

const judge = (condition: Condition, sight: Sight) => truthOf(condition, seenIn(sight));

describe('days seen from now (2026-10-20 in Shanghai)', () => {
  const within = (day: string, amount: number, unit: 'days' | 'weeks' | 'months' | 'business_days' | 'hours') =>
    judge(fact('d', 'within', span(amount, unit)), { facts: { d: day } });
  const ago = (day: string, amount: number, unit: 'days' | 'weeks' | 'months' | 'business_days' | 'hours') =>
    judge(fact('d', 'ago', span(amount, unit)), { facts: { d: day } });

  test('within reaches equally far into past and future, ends included', () => {
    expect(['2026-09-20', '2026-09-19', '2026-11-19', '2026-11-20'].map((day) => within(day, 30, 'days'))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([within('2026-10-20', 0, 'days'), within('2026-10-19', 0, 'days')]).toEqual([true, false]);
  });

  test('ago asks for the day to lie at least so far back', () => {
    expect([ago('2026-09-20', 30, 'days'), ago('2026-09-21', 30, 'days'), ago('2027-01-01', 0, 'days')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('months keep the day and end with the month', () => {
    expect([within('2026-09-20', 1, 'months'), within('2026-09-19', 1, 'months')]).toEqual([true, false]);
    const endOfFebruary = { facts: { d: '2026-01-31' }, now: '2026-02-28T04:00:00.000Z' };
    expect(judge(fact('d', 'ago', span(1, 'months')), endOfFebruary)).toBe(true);
  });

  test('weeks and hours are counted too', () => {
    expect([ago('2026-10-06', 2, 'weeks'), ago('2026-10-07', 2, 'weeks')]).toEqual([true, false]);
    expect([ago('2026-10-18', 48, 'hours'), ago('2026-10-19', 48, 'hours')]).toEqual([true, false]);
  });

  test('business days leave out weekends and holidays', () => {
    // From Wednesday 30 September over the holiday week to Tuesday 13 October are four working days.
    const sight = { facts: { d: '2026-09-30' }, now: '2026-10-13T04:00:00.000Z' };
    expect(judge(fact('d', 'ago', span(4, 'business_days')), sight)).toBe(true);
    expect(judge(fact('d', 'ago', span(5, 'business_days')), sight)).toBe(false);
  });

  test('today is the day in the calendar’s zone', () => {
    const lateInShanghai = { facts: { d: '2026-10-21' }, now: '2026-10-20T16:30:00.000Z' };
    expect(judge(fact('d', 'within', span(0, 'days')), lateInShanghai)).toBe(true);
  });

  test('spans beyond the end of time are as far as time goes', () => {
    for (const unit of ['days', 'weeks', 'months', 'business_days', 'hours'] as const) {
      expect(within('2999-01-01', Number.MAX_SAFE_INTEGER, unit)).not.toBe('unknown');
    }
  });

  test('what is not a day is not compared', () => {
    expect(judge(fact('d', 'within', span(1, 'days')), { facts: { d: 'soon' } })).toBe('unknown');
  });
});
