/** Measures one fact of a case by one limit: whether the limit covers it, and how far it falls short. */

import { isMoney } from '../condition/compare.ts';
import type { Dimension, Limit } from '../playbook/authority.ts';
import type { Value } from '../playbook/value.ts';

/**
 * Why a limit does not cover a case: the post names none; the fact is beyond it; the fact is not known, so that it may be
 * anything; the amount is in another currency, and nothing here converts; the fact is of another type than was declared.
 */
export type ShortBy = 'not_named' | 'beyond' | 'not_known' | 'other_currency' | 'other_type';

/** Nothing where the limit covers the value. */
export function shortBy(dimension: Dimension, limit: Limit | undefined, value: Value | undefined): ShortBy | undefined {
  if (limit === undefined) return 'not_named';
  if (limit.kind === 'no_limit') return undefined;
  // Whoever may approve the gravest may approve what is not known.
  if (limit.kind === 'up_to' && typeof limit.value === 'boolean') {
    if (limit.value === (dimension.graver !== 'no')) return undefined;
    if (value === undefined) return 'not_known';
    if (typeof value !== 'boolean') return 'other_type';
    return value === limit.value ? undefined : 'beyond';
  }
  if (value === undefined) return 'not_known';
  if (limit.kind === 'among') return amongAll(limit.choices, value);
  if (isMoney(limit.value)) {
    if (!isMoney(value)) return 'other_type';
    if (value.currency !== limit.value.currency) return 'other_currency';
    return isBeyond(dimension, value.minor, limit.value.minor) ? 'beyond' : undefined;
  }
  if (typeof limit.value !== 'number' || typeof value !== 'number') return 'other_type';
  return isBeyond(dimension, value, limit.value) ? 'beyond' : undefined;
}

/** A list of choices is covered when each of them is. */
function amongAll(choices: readonly string[], value: Value): ShortBy | undefined {
  const chosen = typeof value === 'string' ? [value] : Array.isArray(value) ? value : undefined;
  if (!chosen?.every((one) => typeof one === 'string')) return 'other_type';
  return chosen.every((one) => choices.includes(one)) ? undefined : 'beyond';
}

function isBeyond({ graver }: Dimension, value: number, limit: number): boolean {
  return graver === 'lower' ? value < limit : value > limit;
}
