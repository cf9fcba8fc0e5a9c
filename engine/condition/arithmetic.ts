/** Arithmetic of formulas over numbers, money and days: undefined wherever the result would not be sound. */

import type { Money, Value } from '../playbook/value.ts';
import { dayNumber } from '../time/working-year.ts';
import { isMoney } from './compare.ts';
import { isDay } from './day-span.ts';

/** Half goes to the even neighbour, so that rounding leans neither way over many amounts. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

function number(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Amounts beyond what integers hold exactly are no amounts. */
function money(minor: number, currency: string): Money | undefined {
  const whole = roundHalfEven(minor);
  return Number.isSafeInteger(whole) ? { minor: whole === 0 ? 0 : whole, currency } : undefined;
}

type Two = (a: Value, b: Value) => Value | undefined;

/** Like with like: number with number, money with money of its currency. */
function alike(ofNumbers: (a: number, b: number) => number): Two {
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return number(ofNumbers(a, b));
    if (!isMoney(a) || !isMoney(b) || a.currency !== b.currency) return undefined;
    return money(ofNumbers(a.minor, b.minor), a.currency);
  };
}

const plus = alike((a, b) => a + b);
export const minus = alike((a, b) => a - b);
const lessOf = alike(Math.min);
const moreOf = alike(Math.max);

/** At most one of the two is money; the result is money then, rounded to its minor unit. */
export const times: Two = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') return number(a * b);
  if (isMoney(a) && typeof b === 'number') return money(a.minor * b, a.currency);
  if (typeof a === 'number' && isMoney(b)) return money(a * b.minor, b.currency);
  return undefined;
};

/** Money by money of its currency is a number; money by a number is money. Undefined when divided by zero. */
export const ratio: Two = (a, b) => {
  if (typeof b === 'number') {
    if (b === 0) return undefined;
    if (typeof a === 'number') return number(a / b);
    return isMoney(a) ? money(a.minor / b, a.currency) : undefined;
  }
  if (!isMoney(a) || !isMoney(b) || a.currency !== b.currency || b.minor === 0) return undefined;
  return number(a.minor / b.minor);
};

/** Whole days from the first to the second, negative when the second is earlier. */
export const daysBetween: Two = (a, b) => (isDay(a) && isDay(b) ? dayNumber(b) - dayNumber(a) : undefined);

/** Folds a list of at least one value. */
export function fold(values: readonly Value[], two: Two): Value | undefined {
  let result = values[0];
  for (const value of values.slice(1)) {
    if (result === undefined) return undefined;
    result = two(result, value);
  }
  return typeof result === 'number' || isMoney(result) ? result : undefined;
}

/** How many values become one: of a formula's parts, or of a column of rows. */
export const FOLDS = { sum: plus, min: lessOf, max: moreOf } as const;
