/** Whether a value keeps its meaning under another pipeline's fact of the same name. */

import { isMoney } from '../condition/compare.ts';
import type { Fact, Value } from '../playbook/value.ts';

/** Same type, set and not computed, the same currency, and of a choice that is still to be had. */
export function isFactKept(before: Fact | undefined, there: Fact | undefined, value: Value): boolean {
  if (before === undefined || there === undefined) return false;
  if (before.type !== there.type || there.from !== undefined) return false;
  const { choices, currency } = there;
  if (currency !== undefined && isMoney(value) && value.currency !== currency) return false;
  if (choices === undefined) return true;
  const picked: readonly unknown[] = Array.isArray(value) ? value : [value];
  return picked.every((one) => typeof one === 'string' && Object.hasOwn(choices, one));
}
