/** Walks what conditions and formulas name. */

import type { Condition, Leaf } from '../../playbook/condition.ts';
import type { Formula } from '../../playbook/value.ts';

export function leavesOf(condition: Condition): readonly Leaf[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(leavesOf);
    case 'not':
      return leavesOf(condition.of);
    default:
      return [condition];
  }
}

export function factsOfCondition(condition: Condition): readonly string[] {
  return leavesOf(condition).flatMap((leaf) => {
    if (leaf.kind !== 'fact') return [];
    return leaf.operand.kind === 'fact' ? [leaf.fact, leaf.operand.fact] : [leaf.fact];
  });
}

export function factsOfFormula(formula: Formula): readonly string[] {
  switch (formula.kind) {
    case 'constant':
      return [];
    case 'fact':
    case 'rows':
    case 'count':
      return [formula.fact];
    case 'score':
      return formula.points.flatMap((one) => factsOfCondition(one.when));
    default:
      return formula.of.flatMap(factsOfFormula);
  }
}
