/** What a condition on a score comes down to: which of the conditions that give points must hold, and which must not. */

import type { Obligation, Want } from '../../condition/changes.ts';
import { COMPARATORS } from '../../condition/compare.ts';
import type { Condition, Leaf } from '../../playbook/condition.ts';
import type { Fact, Formula } from '../../playbook/value.ts';
import { lookUp } from '../look-up.ts';
import { subsetsOf } from './subsets-of.ts';

/** Scores of more conditions have too many ways to be told one by one. */
const FEW = 6;

type Points = Extract<Formula, { kind: 'score' }>['points'];

/** Undefined for what is no comparison of a score with a value of the playbook. */
export function unfoldScore(
  leaf: Extract<Leaf, { kind: 'fact' }>,
  want: Want,
  facts: Readonly<Record<string, Fact>>,
): Obligation | undefined {
  const { operator, operand, at } = leaf;
  const from = lookUp(facts, leaf.fact)?.from;
  if (from?.kind !== 'score' || operand.kind !== 'value') return undefined;
  if (operator === 'is_known' || operator === 'within' || operator === 'ago') return undefined;
  const wantsHolding = want === 'true' || want === 'not_true';
  const doesIt = (total: number): boolean => COMPARATORS[operator](total, operand.value) === wantsHolding;
  const must = want === 'true' || want === 'false';
  if (from.points.length <= FEW) {
    // With an unknown part none of the ways is true, and no more is asked of what must only not be so.
    const of = waysTo(from.points, doesIt);
    return { condition: { kind: 'any', of, at }, want: must ? 'true' : 'not_true' };
  }
  if (!must) return undefined;
  const known = from.points.map(({ when }): Condition => ({ kind: 'any', of: [when, negation(when)], at }));
  const score = totals(from.points).some(doesIt) ? [want === 'true' ? leaf : negation(leaf)] : [];
  return { condition: { kind: 'all', of: score.length === 0 ? [] : [...known, ...score], at }, want: 'true' };
}

/** Every set of conditions to hold, the others not to, whose points add up as needed. */
function waysTo(points: Points, doesIt: (total: number) => boolean): readonly Condition[] {
  return subsetsOf(points)
    .filter((won) => doesIt(won.reduce((sum, one) => sum + one.points, 0)))
    .map((won): Condition => {
      const of = points.map((one): Condition => (won.includes(one) ? one.when : negation(one.when)));
      return { kind: 'all', of, at: points[0]?.when.at ?? { file: '', line: 0, col: 0 } };
    });
}

function negation(of: Condition): Condition {
  return { kind: 'not', of, at: of.at };
}

/** What the points can add up to. */
function totals(points: Points): readonly number[] {
  let sums = new Set([0]);
  for (const one of points) sums = new Set([...sums, ...[...sums].map((sum) => sum + one.points)]);
  return [...sums];
}
