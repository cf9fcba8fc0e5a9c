/** Conditions with every `not` pushed down to its leaves, so that what must hold together can be looked at leaf by leaf. */

import type { Condition, Leaf, Operator } from '../../playbook/condition.ts';

/** A leaf, or its opposite. */
export interface Literal {
  readonly kind: 'literal';
  readonly leaf: Leaf;
  readonly negated: boolean;
}

export type Normal =
  | Literal
  | { readonly kind: 'all'; readonly of: readonly Normal[] }
  | { readonly kind: 'any'; readonly of: readonly Normal[] };

const OPPOSITE: Partial<Record<Operator, Operator>> = {
  is: 'is_not',
  is_not: 'is',
  at_least: 'less_than',
  less_than: 'at_least',
  more_than: 'at_most',
  at_most: 'more_than',
  in: 'not_in',
  not_in: 'in',
};

export function normal(condition: Condition, negated = false): Normal {
  switch (condition.kind) {
    case 'not':
      return normal(condition.of, !negated);
    case 'all':
    case 'any': {
      const kind = (condition.kind === 'all') !== negated ? 'all' : 'any';
      return { kind, of: condition.of.map((one) => normal(one, negated)) };
    }
    case 'fact':
    case 'field':
      return { kind: 'literal', ...positive(condition, negated) };
    default:
      return { kind: 'literal', leaf: condition, negated };
  }
}

/** A comparison and its opposite are both comparisons. */
function positive(leaf: Extract<Leaf, { kind: 'fact' | 'field' }>, negated: boolean): Omit<Literal, 'kind'> {
  if (!negated) return { leaf, negated };
  if (leaf.operator === 'is_known' && leaf.operand.kind === 'value') {
    return { leaf: { ...leaf, operand: { kind: 'value', value: leaf.operand.value !== true } }, negated: false };
  }
  const operator = OPPOSITE[leaf.operator];
  return operator ? { leaf: { ...leaf, operator }, negated: false } : { leaf, negated };
}

/** What must hold whatever else does: the literals of nested `all`s. */
export function literalsOf(condition: Normal): readonly Literal[] {
  if (condition.kind === 'literal') return [condition];
  return condition.kind === 'all' ? condition.of.flatMap(literalsOf) : [];
}

export function anysOf(condition: Normal): readonly Extract<Normal, { kind: 'any' }>[] {
  if (condition.kind === 'any') return [condition];
  return condition.kind === 'all' ? condition.of.flatMap(anysOf) : [];
}
