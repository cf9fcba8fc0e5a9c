/** Every leaf that conditions lead to: through milestones, and through the scores and facts that derived facts rest on. */

import type { Condition, Leaf } from '../../playbook/condition.ts';
import type { Fact, Formula } from '../../playbook/value.ts';

export interface Surroundings {
  readonly facts: Readonly<Record<string, Fact>>;
  milestone(id: string): Condition | undefined;
}

/** The leaves in the order met, each milestone and derived fact looked into once. */
export function leavesOf(conditions: readonly Condition[], around: Surroundings): readonly Leaf[] {
  const found: Leaf[] = [];
  const visited = new Set<string>();
  const enter = (key: string, conditionsWithin: () => readonly Condition[]): void => {
    if (visited.has(key)) return;
    visited.add(key);
    for (const condition of conditionsWithin()) walk(condition);
  };
  const walk = (condition: Condition): void => {
    if ('of' in condition) {
      for (const part of condition.kind === 'not' ? [condition.of] : condition.of) walk(part);
      return;
    }
    found.push(condition);
    if (condition.kind === 'milestone') {
      const when = around.milestone(condition.milestone);
      if (when !== undefined) enter(`milestone ${condition.milestone}`, () => [when]);
    }
    if (condition.kind === 'fact') {
      const names = condition.operand.kind === 'fact' ? [condition.fact, condition.operand.fact] : [condition.fact];
      for (const name of names) enter(`fact ${name}`, () => conditionsBehind(name, around.facts));
    }
  };
  for (const condition of conditions) walk(condition);
  return found;
}

/** The facts that somebody sets which a fact rests on; itself when it is one. */
export function baseFactsOf(name: string, facts: Readonly<Record<string, Fact>>): ReadonlySet<string> {
  const base = new Set<string>();
  const visited = new Set<string>();
  const visit = (fact: string): void => {
    if (visited.has(fact)) return;
    visited.add(fact);
    const from = facts[fact]?.from;
    if (from === undefined) base.add(fact);
    else for (const inner of factsNamed(from)) visit(inner);
  };
  visit(name);
  return base;
}

/** Facts a formula reads directly, those of its scores' conditions left out: `conditionsBehind` has them. */
function factsNamed(formula: Formula): readonly string[] {
  switch (formula.kind) {
    case 'constant':
    case 'score':
      return [];
    case 'fact':
    case 'count':
    case 'rows':
      return [formula.fact];
    default:
      return formula.of.flatMap(factsNamed);
  }
}

/** Conditions of the scores that a derived fact adds up, through other derived facts too. */
export function conditionsBehind(name: string, facts: Readonly<Record<string, Fact>>): readonly Condition[] {
  const found: Condition[] = [];
  const visited = new Set<string>();
  const visit = (fact: string): void => {
    if (visited.has(fact)) return;
    visited.add(fact);
    const from = facts[fact]?.from;
    if (from !== undefined) collect(from);
  };
  const collect = (formula: Formula): void => {
    if (formula.kind === 'score') found.push(...formula.points.map((point) => point.when));
    else if ('of' in formula) for (const part of formula.of) collect(part);
    else if ('fact' in formula) visit(formula.fact);
  };
  visit(name);
  return found;
}
