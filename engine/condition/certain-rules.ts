/** Exports conditions so that json-rules-engine, which knows no unknown, says true only where it is certain. */

import type { Condition, Leaf } from '../playbook/condition.ts';
import type { Money } from '../playbook/value.ts';
import { isMoney } from './compare.ts';
import {
  comparableBy,
  decisionFact,
  leafToRulesEngine,
  maybeFact,
  type RulesEngineCondition,
  type RulesEngineLeaf,
  type RulesEngineNested,
  type RulesEngineValue,
} from './rules-engine.ts';

/**
 * As `toRulesEngine`, with every `not` brought down to the leaves, and before each leaf the question whether what it looks
 * at is known: the engine takes what is not there for something that differs.
 */
export function toCertainRules(condition: Condition): RulesEngineCondition {
  const nested = certain(condition, false);
  return 'fact' in nested ? { all: [nested] } : nested;
}

function certain(condition: Condition, isNegated: boolean): RulesEngineNested {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const of = condition.of.map((part) => certain(part, isNegated));
      return (condition.kind === 'all') === isNegated ? { any: of } : { all: of };
    }
    case 'not':
      return certain(condition.of, !isNegated);
    default: {
      const leaf = leafToRulesEngine(condition);
      const judged: RulesEngineNested = isNegated ? { not: inGroup(leaf) } : leaf;
      return { all: [...knownFor(condition, isNegated), judged] };
    }
  }
}

/** `not` of json-rules-engine takes a leaf or a group alike. */
function inGroup(leaf: RulesEngineNested): RulesEngineNested {
  return 'fact' in leaf ? { all: [leaf] } : leaf;
}

/** What must be known before the leaf says anything; of evidence, tasks, activities and children something always is. */
function knownFor(leaf: Leaf, isNegated: boolean): readonly RulesEngineNested[] {
  switch (leaf.kind) {
    case 'fact':
    case 'field':
      return comparableFor(leaf, isNegated);
    case 'milestone':
      return [known(`milestone:${leaf.milestone}`)];
    case 'decision':
      return [known(decisionFact(leaf)), ...(isNegated ? noneMaybe(leaf) : [])];
    default:
      return [];
  }
}

/** That the two can be compared: both there, of one type, of one currency. */
function comparableFor(
  leaf: Extract<Leaf, { kind: 'fact' | 'field' }>,
  isNegated: boolean,
): readonly RulesEngineNested[] {
  const { operand, operator } = leaf;
  if (operator === 'is_known') return [];
  const fact = leaf.kind === 'fact' ? leaf.fact : `field:${leaf.field}`;
  // A span asks no more of a date than that it is there.
  if (operand.kind === 'duration' || operator === 'within' || operator === 'ago') return [known(fact)];
  const against = (value: RulesEngineValue, by = operator): RulesEngineLeaf => ({
    fact,
    operator: comparableBy(by),
    value,
  });
  if (operand.kind === 'fact') return [known(fact), known(operand.fact), against({ fact: operand.fact })];
  const { value } = operand;
  if (isMoney(value)) return [known(fact), against(asFact(value))];
  const amounts = Array.isArray(value) ? value.filter(isMoney) : [];
  if (amounts.length === 0) return [known(fact), against(value)];
  // To be among amounts one of them is enough; to be none of them takes all.
  const isAmong = (operator === 'in') !== isNegated;
  return [known(fact), ...(isAmong ? [] : amounts.map((amount) => against(asFact(amount), 'is')))];
}

function asFact({ currency, minor }: Money): RulesEngineValue {
  return { [currency]: minor };
}

function noneMaybe(leaf: Extract<Leaf, { kind: 'decision' }>): readonly RulesEngineNested[] {
  const maybe = (value: string): RulesEngineLeaf => ({ fact: maybeFact(leaf), operator: 'contains', value });
  return leaf.operator === 'contains' ? leaf.outcomes.map((one) => ({ not: maybe(one) })) : [];
}

function known(fact: string): RulesEngineLeaf {
  return { fact, operator: 'is_known', value: true };
}
