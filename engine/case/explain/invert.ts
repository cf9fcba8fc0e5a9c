/** Runs a formula backwards: which value of one fact makes the formula come out at a wanted value, all else as it is. */

import { isMoney } from '../../condition/compare.ts';
import type { FactReader } from '../../condition/derived.ts';
import type { Fact, Formula, Money, Value } from '../../playbook/value.ts';

/** Numbers as they are, money in minor units, days as whole days since 1970. */
type Measure = number;

interface Inverse {
  readonly facts: Readonly<Record<string, Fact>>;
  /** The fact looked for. */
  readonly wanted: string;
  readonly read: FactReader;
}

/**
 * The measures of `wanted` at which `formula` gives `target`; none where the formula does not lead there in one exact
 * step. Approximate where division is: callers try the neighbours too.
 */
export function invert(formula: Formula, target: Measure, inverse: Inverse): readonly Measure[] {
  if (!Number.isFinite(target)) return [];
  switch (formula.kind) {
    case 'constant':
    case 'score':
      return [];
    case 'fact': {
      if (formula.fact === inverse.wanted) return [target];
      const from = inverse.facts[formula.fact]?.from;
      return from === undefined ? [] : invert(from, target, inverse);
    }
    case 'count':
    case 'rows':
      return formula.fact === inverse.wanted ? [target] : [];
    default:
      return formula.of.flatMap((part, index) => {
        const needed = partNeeded(formula, index, target, inverse);
        return needed === undefined ? [] : invert(part, needed, inverse);
      });
  }
}

/** What one part must be for the whole to give `target`, the other parts as they are; undefined when one is unknown. */
function partNeeded(
  formula: Extract<Formula, { of: readonly Formula[] }>,
  index: number,
  target: Measure,
  inverse: Inverse,
): Measure | undefined {
  const others: Measure[] = [];
  for (const [place, part] of formula.of.entries()) {
    if (place === index) continue;
    const value = measureOf(part, inverse);
    if (value === undefined) return undefined;
    others.push(value);
  }
  const sum = others.reduce((total, value) => total + value, 0);
  const [first = 0, ...rest] = others;
  switch (formula.kind) {
    case 'sum':
      return target - sum;
    case 'minus':
      return index === 0 ? target + sum : first - rest.reduce((total, value) => total + value, 0) - target;
    case 'times':
      return target / others.reduce((product, value) => product * value, 1);
    case 'ratio':
      return index === 0 ? target * first : first / target;
    case 'days_between':
      return index === 0 ? first - target : first + target;
    case 'min':
    case 'max':
      return target;
  }
}

/** A part's own measure, read forwards. */
function measureOf(formula: Formula, inverse: Inverse): Measure | undefined {
  switch (formula.kind) {
    case 'constant':
      return measure(formula.value);
    case 'fact': {
      const value = inverse.read(formula.fact);
      return value === undefined ? undefined : measure(value);
    }
    case 'sum':
    case 'minus':
    case 'times':
    case 'ratio':
    case 'min':
    case 'max':
    case 'days_between':
      return combined(formula, inverse);
    default:
      return undefined;
  }
}

function combined(formula: Extract<Formula, { of: readonly Formula[] }>, inverse: Inverse): Measure | undefined {
  const parts: Measure[] = [];
  for (const part of formula.of) {
    const value = measureOf(part, inverse);
    if (value === undefined) return undefined;
    parts.push(value);
  }
  const [first = 0, ...rest] = parts;
  switch (formula.kind) {
    case 'sum':
      return parts.reduce((total, value) => total + value, 0);
    case 'minus':
      return rest.reduce((total, value) => total - value, first);
    case 'times':
      return parts.reduce((product, value) => product * value, 1);
    case 'ratio':
      return first / (rest[0] ?? 1);
    case 'min':
      return Math.min(...parts);
    case 'max':
      return Math.max(...parts);
    case 'days_between':
      return (rest[0] ?? 0) - first;
  }
}

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A value as one number, so that formulas can be run backwards over it. */
export function measure(value: Value): Measure | undefined {
  if (typeof value === 'number') return value;
  if (isMoney(value)) return value.minor;
  if (typeof value === 'string' && DAY.test(value)) return Date.parse(`${value}T00:00:00Z`) / DAY_MS;
  return undefined;
}

/** The value of a type at a measure, to the type's grain; undefined for types without one. */
export function valueAt(fact: Fact, at: Measure, currency: string): Value | undefined {
  switch (fact.type) {
    case 'number':
    case 'percent':
      return at;
    case 'money': {
      const money: Money = { minor: Math.round(at), currency };
      return Number.isSafeInteger(money.minor) ? money : undefined;
    }
    case 'date': {
      const day = new Date(Math.round(at) * DAY_MS);
      return Number.isNaN(day.getTime()) ? undefined : day.toISOString().slice(0, 10);
    }
    default:
      return undefined;
  }
}
