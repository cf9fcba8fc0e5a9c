/** What conditions lead to: every leaf and every base fact, through milestones, decisions, derived facts and the scores in them. */

import { conditionsOf } from '../../parts/decision.ts';
import type { Condition, Leaf } from '../../playbook/condition.ts';
import type { Decision } from '../../playbook/decision.ts';
import type { Fact, Formula } from '../../playbook/value.ts';
import { lookUp } from '../look-up.ts';

export interface Surroundings {
  readonly facts: Readonly<Record<string, Fact>>;
  milestone(id: string): Condition | undefined;
  decision?(id: string): Decision | undefined;
}

export interface Reach {
  /** In the order met. */
  readonly leaves: readonly Leaf[];
  /** Facts that somebody sets, by name. */
  readonly facts: ReadonlySet<string>;
  /** Those of them that are compared or calculated with, rather than only asked about within a score. */
  readonly measured: ReadonlySet<string>;
  /** Evidence that some condition would rather not have: it stands under a `not`, or adds to a score. */
  readonly unwanted: ReadonlySet<string>;
}

/** Each milestone and derived fact is looked into once. */
export function reachOf(conditions: readonly Condition[], around: Surroundings): Reach {
  const walk = new Walk(around);
  for (const condition of conditions) walk.condition(condition);
  const { leaves, facts, measured, unwanted } = walk;
  return { leaves: [...leaves], facts, measured, unwanted };
}

/** The facts that somebody sets behind a fact. */
export function factsBehind(name: string, around: Surroundings): readonly string[] {
  const walk = new Walk(around);
  walk.fact(name);
  return [...walk.facts];
}

class Walk {
  readonly leaves = new Set<Leaf>();
  readonly facts = new Set<string>();
  readonly measured = new Set<string>();
  readonly unwanted = new Set<string>();
  /** How many scores deep. */
  private depth = 0;
  private readonly around: Surroundings;
  private readonly entered = new Set<string>();

  constructor(around: Surroundings) {
    this.around = around;
  }

  condition(condition: Condition, isNegated = false): void {
    switch (condition.kind) {
      case 'all':
      case 'any':
        for (const part of condition.of) this.condition(part, isNegated);
        return;
      case 'not':
        this.condition(condition.of, !isNegated);
        return;
      case 'milestone': {
        const when = this.around.milestone(condition.milestone);
        if (when !== undefined && this.isNew(`${isNegated} milestone ${condition.milestone}`))
          this.condition(when, isNegated);
        return;
      }
      default:
        this.leaf(condition, isNegated);
    }
  }

  private leaf(leaf: Exclude<Leaf, { kind: 'milestone' }>, isNegated: boolean): void {
    this.leaves.add(leaf);
    if (leaf.kind === 'evidence' && isNegated) this.unwanted.add(leaf.evidence);
    if (leaf.kind === 'decision') this.decision(leaf.decision);
    if (leaf.kind !== 'fact') return;
    this.fact(leaf.fact);
    if (leaf.operand.kind === 'fact') this.fact(leaf.operand.fact);
  }

  private decision(id: string): void {
    const decision = this.around.decision?.(id);
    if (decision === undefined || !this.isNew(`decision ${id}`)) return;
    for (const condition of conditionsOf(decision)) {
      for (const isNegated of [false, true]) this.condition(condition, isNegated);
    }
    if (decision.way.kind === 'table') return;
    // Whatever is put down there takes answers away: it matters that it is, not what it is.
    this.depth += 1;
    for (const { rests_on } of decision.way.questions) for (const fact of rests_on) this.fact(fact);
    this.depth -= 1;
  }

  fact(name: string): void {
    const fact = lookUp(this.around.facts, name);
    if (fact === undefined || !this.isNew(`${this.depth > 0} fact ${name}`)) return;
    if (fact.from !== undefined) {
      this.formula(fact.from);
      return;
    }
    this.facts.add(name);
    if (this.depth === 0) this.measured.add(name);
  }

  private formula(formula: Formula): void {
    if (formula.kind === 'score') {
      this.depth += 1;
      for (const { when } of formula.points) for (const isNegated of [false, true]) this.condition(when, isNegated);
      this.depth -= 1;
    } else if ('of' in formula) {
      for (const part of formula.of) this.formula(part);
    } else if ('fact' in formula) {
      this.fact(formula.fact);
    }
  }

  private isNew(thing: string): boolean {
    if (this.entered.has(thing)) return false;
    this.entered.add(thing);
    return true;
  }
}
