/** What a condition on a score comes down to: which of the conditions that give points must hold, and which must not. */

import type { Obligation, Want } from '../../condition/changes.ts';
import { COMPARATORS } from '../../condition/compare.ts';
import type { Condition, Leaf } from '../../playbook/condition.ts';
import type { Fact } from '../../playbook/value.ts';
import { lookUp } from '../look-up.ts';
import { subsetsOf } from './subsets-of.ts';

/** Scores of more conditions have too many ways to be told one by one. */
const MOST = 6;

/** Undefined for what is no comparison of a score with a value of the playbook. */
export function unfoldScore(
  { fact, operator, operand, at }: Extract<Leaf, { kind: 'fact' }>,
  want: Want,
  facts: Readonly<Record<string, Fact>>,
): Obligation | undefined {
  const from = lookUp(facts, fact)?.from;
  if (from?.kind !== 'score' || from.points.length > MOST || operand.kind !== 'value') return undefined;
  if (operator === 'is_known' || operator === 'within' || operator === 'ago') return undefined;
  const wantsHolding = want === 'true' || want === 'not_true';
  const ways = subsetsOf(from.points).filter((won) => {
    const total = won.reduce((sum, { points }) => sum + points, 0);
    return COMPARATORS[operator](total, operand.value) === wantsHolding;
  });
  const of = ways.map((won): Condition => {
    const parts = from.points.map((one): Condition => {
      return won.includes(one) ? one.when : { kind: 'not', of: one.when, at };
    });
    return { kind: 'all', of: parts, at };
  });
  // A score with an unknown part holds none of these ways: what must not be true needs only that none of them is.
  return { condition: { kind: 'any', of, at }, want: want === 'true' || want === 'false' ? 'true' : 'not_true' };
}
