/** Exports conditions as json-rules-engine JSON; `rules-engine-run.ts` gives an engine the operators and facts they name. */

import type { Condition, Leaf, Operand, Operator } from '../playbook/condition.ts';
import type { FileValue, Money, Value } from '../playbook/value.ts';
import { type Duration, durationText } from '../time/duration.ts';
import { isMoney } from './compare.ts';

type DecisionLeaf = Extract<Leaf, { kind: 'decision' }>;

/** Arrays are mutable because json-rules-engine's own types are. */
export type RulesEngineCondition =
  | { all: RulesEngineNested[] }
  | { any: RulesEngineNested[] }
  | { not: RulesEngineNested };

export type RulesEngineNested = RulesEngineCondition | RulesEngineLeaf;

export interface RulesEngineLeaf {
  fact: string;
  operator: string;
  value: RulesEngineValue;
  /** Money only: `$.CNY`, the amount in minor units of that currency. */
  path?: string;
}

export type RulesEngineValue =
  | string
  | number
  | boolean
  | { fact: string }
  | Readonly<Record<string, number>>
  | Duration
  | FileValue
  | readonly unknown[];

/**
 * The standard operator of each of ours against a value written out. The rest are registered by `addOperators` under
 * their own names, as are all of ours against another fact, whose type is known only when both are seen.
 */
export const STANDARD_OPERATORS = {
  is: 'equal',
  is_not: 'notEqual',
  at_least: 'greaterThanInclusive',
  more_than: 'greaterThan',
  at_most: 'lessThanInclusive',
  less_than: 'lessThan',
  before: 'lessThan',
  after: 'greaterThan',
  in: 'in',
  not_in: 'notIn',
} as const satisfies Partial<Record<Operator, string>>;

/** `in` against a fact has a name of its own: the standard `in` throws when there is no list. */
export const IN_FACT = 'one_of';
/** Whether one of our operators can compare the two at all: the engine takes what cannot be for something that differs. */
export function comparableBy(operator: Operator): string {
  return `comparable_by:${operator}`;
}
export const LOGGED_WITHIN = 'logged_within';
export const STAND_IN = { all: 'all_stand_in', any: 'any_stands_in' } as const;

/**
 * The condition as json-rules-engine JSON. Facts keep their names; answers of a form are `field:name`, things of the case
 * `evidence:id` (its standing), `approval:id` (likewise), `milestone:id`, `task:dated` (true or false), `activity:kind` (the last
 * one's instant), `decision:id` (its current outcome, or the list of them where it collects) and `child:pipeline` (of each case started there, the stage and statuses it stands in).
 * An amount of money is looked at by `path: "$.CNY"`, so that an amount in another currency is no amount there either.
 */
export function toRulesEngine(condition: Condition): RulesEngineCondition {
  const nested = nestedOf(condition);
  // A rule of json-rules-engine begins with all, any or not.
  return 'fact' in nested ? { all: [nested] } : nested;
}

function nestedOf(condition: Condition): RulesEngineNested {
  switch (condition.kind) {
    case 'all':
      return { all: condition.of.map(nestedOf) };
    case 'any':
      return { any: condition.of.map(nestedOf) };
    case 'not':
      return { not: nestedOf(condition.of) };
    default:
      return leafToRulesEngine(condition);
  }
}

/** A leaf by itself; amounts in several currencies become one leaf each. */
export function leafToRulesEngine(leaf: Leaf): RulesEngineNested {
  switch (leaf.kind) {
    case 'fact':
      return valueLeaf(leaf.fact, leaf.operator, leaf.operand);
    case 'field':
      return valueLeaf(`field:${leaf.field}`, leaf.operator, leaf.operand);
    case 'evidence':
      return { fact: `evidence:${leaf.evidence}`, operator: 'equal', value: 'accepted' };
    case 'milestone':
      return { fact: `milestone:${leaf.milestone}`, operator: 'equal', value: true };
    case 'approval':
      return { fact: `approval:${leaf.approval}`, operator: 'equal', value: 'approved' };
    case 'task':
      return { fact: `task:${leaf.task}`, operator: 'equal', value: true };
    case 'activity':
      return { fact: `activity:${leaf.activity}`, operator: LOGGED_WITHIN, value: leaf.within };
    case 'decision':
      return decisionLeaf(leaf);
    case 'child':
      return { fact: `child:${leaf.pipeline}`, operator: STAND_IN[leaf.which], value: leaf.in };
  }
}

/** `decision:id`, or `decision:id@30 days` where answers must be younger than that. */
export function decisionFact({ decision, fresh_for: freshFor }: DecisionLeaf): string {
  return freshFor === undefined ? `decision:${decision}` : `decision:${decision}@${durationText(freshFor, 'en')}`;
}

/** Outcomes of one that collects which are not known to hold or not. */
export function maybeFact(leaf: DecisionLeaf): string {
  return `${decisionFact(leaf)}?`;
}

function decisionLeaf(leaf: DecisionLeaf): RulesEngineNested {
  const { operator, outcomes } = leaf;
  const fact = decisionFact(leaf);
  if (operator === undefined) return { fact, operator: 'is_known', value: true };
  const isList = operator === 'in' || operator === 'not_in';
  return { fact, operator: standardOf(operator), value: isList ? outcomes : (outcomes[0] ?? '') };
}

function valueLeaf(fact: string, operator: Operator, operand: Operand): RulesEngineNested {
  if (operand.kind === 'duration') return { fact, operator, value: operand.duration };
  if (operand.kind === 'fact') {
    return { fact, operator: operator === 'in' ? IN_FACT : operator, value: { fact: operand.fact } };
  }
  const { value } = operand;
  if (isMoney(value)) return moneyLeaf(fact, operator, value);
  if (!isList(value)) return { fact, operator: standardOf(operator), value };
  if (operator !== 'in' && operator !== 'not_in') return { fact, operator, value };
  return memberLeaf(fact, operator, value);
}

function isList(value: Value | readonly Value[]): value is Extract<typeof value, readonly unknown[]> {
  return Array.isArray(value);
}

function standardOf(operator: Operator): string {
  return operator in STANDARD_OPERATORS ? STANDARD_OPERATORS[operator as keyof typeof STANDARD_OPERATORS] : operator;
}

function moneyLeaf(fact: string, operator: Operator, { minor, currency }: Money): RulesEngineLeaf {
  return { fact, path: `$.${currency}`, operator: standardOf(operator), value: minor };
}

/** Amounts may be in several currencies, and a leaf looks at one: each becomes a leaf of its own. */
function memberLeaf(fact: string, operator: 'in' | 'not_in', list: readonly unknown[]): RulesEngineNested {
  const amounts = list.filter(isMoney);
  if (amounts.length === 0) return { fact, operator: standardOf(operator), value: list };
  return operator === 'in'
    ? { any: amounts.map((amount) => moneyLeaf(fact, 'is', amount)) }
    : { all: amounts.map((amount) => moneyLeaf(fact, 'is_not', amount)) };
}
