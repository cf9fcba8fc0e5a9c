/** What evaluating a condition tells: the answer, and each leaf with the value seen and its place in the playbook. */

import type { Leaf } from '../playbook/condition.ts';
import type { Value } from '../playbook/value.ts';

/** Three-valued: a missing fact makes unknown, and a gate opens only on true. */
export type Truth = true | false | 'unknown';

export interface LeafResult {
  readonly leaf: Leaf;
  readonly truth: Truth;
  /** What was seen: the fact's value, the evidence's standing, the date of the last activity, the ids of children; absent when there was nothing. */
  readonly seen?: Value;
  /**
   * Why it is not true, where the value alone does not say: `missing` (the value, or the one it is compared with),
   * `submitted`, `stale` (also an activity too long ago), `rejected`, `withdrawn`, the standing of an approval, `currency-differs`, `type-differs`,
   * `cycle` (a milestone or decision that asks for itself), `open` (a decision that the facts do not settle), `asked_again`.
   */
  readonly why?: string;
  /** The operand's value, when it was another fact. */
  readonly against?: Value;
}

export interface ConditionResult {
  readonly truth: Truth;
  /** Every leaf, in the order written; leaves of a milestone stand in the place of its name. */
  readonly leaves: readonly LeafResult[];
}
