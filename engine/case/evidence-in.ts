/** Every piece of evidence, every approval and every decision that a condition rests on: by name, through milestones, decisions and scores. */

import { conditionsOf } from '../parts/decision.ts';
import type { Condition } from '../playbook/condition.ts';
import type { Rules } from '../playbook/set.ts';
import type { Formula } from '../playbook/value.ts';
import { lookUp } from './look-up.ts';
import { indexOf } from './rules-of.ts';

interface Found {
  readonly evidence: ReadonlySet<string>;
  readonly approvals: ReadonlySet<string>;
  readonly decisions: ReadonlySet<string>;
}

const known = new WeakMap<Rules, WeakMap<Condition, Found>>();

export function evidenceIn(condition: Condition, rules: Rules): ReadonlySet<string> {
  return foundIn(condition, rules).evidence;
}

export function decisionsIn(condition: Condition, rules: Rules): ReadonlySet<string> {
  return foundIn(condition, rules).decisions;
}

export function approvalsIn(condition: Condition, rules: Rules): ReadonlySet<string> {
  return foundIn(condition, rules).approvals;
}

/** Worked out once for each condition under the same rules. */
function foundIn(condition: Condition, rules: Rules): Found {
  let ofRules = known.get(rules);
  if (ofRules === undefined) {
    ofRules = new WeakMap();
    known.set(rules, ofRules);
  }
  let names = ofRules.get(condition);
  if (names === undefined) {
    const found = { evidence: new Set<string>(), approvals: new Set<string>(), decisions: new Set<string>() };
    gather(condition, { rules, ...found, met: new Set() });
    names = found;
    ofRules.set(condition, names);
  }
  return names;
}

interface Search {
  readonly rules: Rules;
  readonly evidence: Set<string>;
  readonly approvals: Set<string>;
  readonly decisions: Set<string>;
  /** Milestones, decisions and facts already looked into. */
  readonly met: Set<string>;
}

function gather(condition: Condition, search: Search): void {
  switch (condition.kind) {
    case 'all':
    case 'any':
      for (const part of condition.of) gather(part, search);
      return;
    case 'not':
      gather(condition.of, search);
      return;
    case 'evidence':
      search.evidence.add(condition.evidence);
      return;
    case 'approval':
      search.approvals.add(condition.approval);
      return;
    case 'milestone': {
      const milestone = indexOf(search.rules).milestones.get(condition.milestone);
      if (milestone !== undefined && isNew(search, `milestone ${condition.milestone}`)) gather(milestone.when, search);
      return;
    }
    case 'decision': {
      search.decisions.add(condition.decision);
      const decision = indexOf(search.rules).decisions.get(condition.decision);
      if (decision === undefined || !isNew(search, `decision ${condition.decision}`)) return;
      for (const part of conditionsOf(decision)) gather(part, search);
      return;
    }
    case 'fact':
      gatherFact(condition.fact, search);
      if (condition.operand.kind === 'fact') gatherFact(condition.operand.fact, search);
      return;
    default:
      return;
  }
}

function gatherFact(name: string, search: Search): void {
  const formula = lookUp(search.rules.pipeline.facts, name)?.from;
  if (formula !== undefined && isNew(search, `fact ${name}`)) gatherFormula(formula, search);
}

function gatherFormula(formula: Formula, search: Search): void {
  if (formula.kind === 'score') for (const { when } of formula.points) gather(when, search);
  else if (formula.kind === 'fact') gatherFact(formula.fact, search);
  else if ('of' in formula) for (const part of formula.of) gatherFormula(part, search);
}

function isNew({ met }: Search, thing: string): boolean {
  if (met.has(thing)) return false;
  met.add(thing);
  return true;
}
