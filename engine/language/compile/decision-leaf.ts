/** Compiles `{ decision: …, is: … }`: the decision led to its declaration, every outcome to one of its own. */

import type { DecisionOperator, Leaf } from '../../playbook/condition.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { LeafSource } from '../kinds/condition.ts';
import type { DecisionSource } from '../kinds/decision.ts';
import type { Token } from '../shape/shape.ts';
import { missingIn, type Scope } from './scope.ts';

type DecisionLeafSource = Extract<LeafSource, { kind: 'decision' }>['body'];

const OPERATORS = ['is', 'is_not', 'in', 'not_in', 'contains'] as const satisfies readonly DecisionOperator[];

export function compileDecisionLeaf(source: DecisionLeafSource, scope: Scope): Leaf | undefined {
  const { value: decision, place } = source.decision;
  if (scope.within) {
    scope.report('decision-leaf-unfit', source.place, { kind: 'decision' });
    return undefined;
  }
  const lacks = missingIn(scope, (one) => one.decisions.has(decision) || one.unreadDecisions.has(decision));
  if (lacks) {
    const hint = didYouMean(decision, lacks.decisions.keys());
    scope.report('unknown-decision', place, { written: decision, pipeline: lacks.pipeline }, { hint });
    return undefined;
  }
  const operators = OPERATORS.filter((operator) => source.keyPlaces[operator]);
  const [operator, second] = operators;
  if (second !== undefined) {
    scope.report('second-operator', source.keyPlaces[second] ?? source.place, { operator: second });
    return undefined;
  }
  const named = operator === undefined ? [] : outcomesOf(source, operator);
  const rule = scope.cases.map((one) => one.decisions.get(decision)).find((one) => one !== undefined);
  if (rule && !fits(rule, operator, named, source, scope)) return undefined;
  const freshFor = source.fresh_for;
  return {
    kind: 'decision',
    decision,
    ...(operator ? { operator } : {}),
    outcomes: named.map((one) => one.value),
    ...(freshFor ? { fresh_for: freshFor.value } : {}),
    at: source.place.at,
  };
}

function outcomesOf(source: DecisionLeafSource, operator: DecisionOperator): readonly Token<string>[] {
  const operand = source[operator];
  if (operand === undefined) return [];
  return 'value' in operand ? [operand] : operand;
}

function fits(
  rule: DecisionSource,
  operator: DecisionOperator | undefined,
  named: readonly Token<string>[],
  source: DecisionLeafSource,
  { report }: Scope,
): boolean {
  const known = rule.outcomes.map((one) => one.outcome.value);
  const unknown = named.filter(({ value }) => !known.includes(value));
  for (const { value, place } of unknown) {
    const params = { written: value, decision: rule.decision.value };
    report('unknown-outcome', place, params, { hint: didYouMean(value, known) });
  }
  const collects = rule.hit?.value === 'collect';
  const isUnfit = operator !== undefined && collects !== (operator === 'contains');
  if (isUnfit) {
    const hint = collects
      ? { zh: '它收集多个结果：用 `contains`', en: 'it collects outcomes: use `contains`' }
      : { zh: '它只有一个结果：用 `is` 或 `in`', en: 'it comes to one outcome: use `is` or `in`' };
    const params = { operator, decision: rule.decision.value };
    report('decision-operator', source.keyPlaces[operator] ?? source.place, params, { hint });
  }
  const age = source.keyPlaces.fresh_for;
  const isIdle = age !== undefined && rule.rules !== undefined;
  if (isIdle) {
    const of = { zh: '规则表', en: 'a table of rules' };
    report('decision-key-unfit', age, { key: 'fresh_for', of });
  }
  return unknown.length === 0 && !isUnfit && !isIdle;
}
