/** Whether two values are the same: an amount in the same currency, a list in the same order. */

import { canonicalText } from '../canonical-text.ts';
import type { Value } from './value.ts';

export function isSameValue(one: Value | undefined, other: Value | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one === other || canonicalText(one) === canonicalText(other);
}
