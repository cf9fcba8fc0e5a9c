/** How a value compares with an operand: three-valued, and unknown wherever the two cannot be compared. */

import type { Operator } from '../playbook/condition.ts';
import type { Money, Value } from '../playbook/value.ts';
import type { Truth } from './result.ts';

/** `currency-differs` and `type-differs` say why two values cannot be compared. */
export type Incomparable = 'currency-differs' | 'type-differs';
export type Comparison = boolean | Incomparable;
export type Comparator = (value: Value, operand: Value | readonly Value[]) => Comparison;

export function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value;
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

/** Lists are equal when they hold the same texts, in whatever order; rows are never compared. */
function sameList(a: readonly Value[], b: readonly Value[]): Comparison {
  if (!a.every((item) => typeof item === 'string') || !b.every((item) => typeof item === 'string'))
    return 'type-differs';
  return a.length === b.length && a.every((item) => b.includes(item));
}

function same(a: Value, b: Value | readonly Value[]): Comparison {
  if (typeof a !== 'object') return typeof a === typeof b ? a === b : 'type-differs';
  if (isMoney(a)) {
    if (!isMoney(b)) return 'type-differs';
    return a.currency === b.currency ? a.minor === b.minor : 'currency-differs';
  }
  return isList(a) && isList(b) ? sameList(a, b) : 'type-differs';
}

function different(a: Value, b: Value | readonly Value[]): Comparison {
  const equal = same(a, b);
  return typeof equal === 'boolean' ? !equal : equal;
}

/**
 * Numbers by size, money by size within one currency, dates (yyyy-MM-dd) by text, whose order is that of time. The answer
 * is looked up rather than called for: conditions are judged by the million.
 */
function ordered(less: boolean, equal: boolean, more: boolean): Comparator {
  return (a, b) => {
    if (typeof a === 'object') {
      if (!isMoney(a) || !isMoney(b)) return 'type-differs';
      if (a.currency !== b.currency) return 'currency-differs';
      return a.minor < b.minor ? less : a.minor > b.minor ? more : equal;
    }
    if (typeof a !== typeof b || typeof a === 'boolean') return 'type-differs';
    return a < b ? less : a > b ? more : equal;
  };
}

/** True when one is equal; incomparable when none is and one cannot be compared, or the list is empty. */
function among(a: Value, list: Value | readonly Value[]): Comparison {
  if (!isList(list) || list.length === 0) return 'type-differs';
  let answer: Comparison = false;
  for (const item of list) {
    const equal = same(a, item);
    if (equal === true) return true;
    if (equal !== false) answer = equal;
  }
  return answer;
}

function notAmong(a: Value, list: Value | readonly Value[]): Comparison {
  const found = among(a, list);
  return typeof found === 'boolean' ? !found : found;
}

/** A list of choices holds a choice; a text holds another. */
function contains(a: Value, b: Value | readonly Value[]): Comparison {
  if (typeof b !== 'string') return 'type-differs';
  if (typeof a === 'string') return a.includes(b);
  return isList(a) && a.every((item) => typeof item === 'string') ? a.includes(b) : 'type-differs';
}

/** Operators that compare two values; the others look at the clock or at whether there is a value at all. */
export type ComparingOperator = Exclude<Operator, 'is_known' | 'within' | 'ago'>;

export const COMPARATORS: Readonly<Record<ComparingOperator, Comparator>> = {
  is: same,
  is_not: different,
  at_least: ordered(false, true, true),
  more_than: ordered(false, false, true),
  at_most: ordered(true, true, false),
  less_than: ordered(true, false, false),
  before: ordered(true, false, false),
  after: ordered(false, false, true),
  in: among,
  not_in: notAmong,
  contains,
};

/** Kleene's not. */
export function negated(truth: Truth): Truth {
  return truth === 'unknown' ? truth : !truth;
}
