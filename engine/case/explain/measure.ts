/** Values as plain numbers, so that one can go up and down through them: money in minor units, days since 1970. */

import { isMoney } from '../../condition/compare.ts';
import { isDay } from '../../condition/day-span.ts';
import type { Value, ValueType } from '../../playbook/value.ts';

const DAY_MS = 86_400_000;

/** Undefined for what has no size. */
export function measure(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (isMoney(value)) return value.minor;
  return isDay(value) ? Date.parse(value) / DAY_MS : undefined;
}

/** The value of a type at a measure, to the type's grain; undefined for types without one. */
export function valueAt(type: ValueType, at: number, currency: string): Value | undefined {
  switch (type) {
    case 'number':
    case 'percent':
      return at;
    case 'money':
      return { minor: Math.round(at), currency };
    case 'date': {
      const day = new Date(Math.round(at) * DAY_MS);
      return Number.isNaN(day.getTime()) ? undefined : day.toISOString().slice(0, 10);
    }
    default:
      return undefined;
  }
}
