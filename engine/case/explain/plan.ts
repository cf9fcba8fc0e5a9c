/** The cheapest plan that meets criteria: commands in the order to give them, with witness values. */

import type { LeafObligation, Obligation } from '../../condition/changes.ts';
import { type Change, cheapestChange } from '../../condition/cheapest-change.ts';
import { truthOf } from '../../condition/evaluate.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import { type Criterion, isMet } from '../criterion.ts';
import type { Step } from './act.ts';
import { type CaseChanges, caseChanges } from './case-changes.ts';
import { orderSteps } from './order-steps.ts';

/** A step, and the leaves that it is there for. */
export interface PlannedStep {
  readonly step: Step;
  readonly so_that: readonly LeafObligation[];
}

export interface PlanSearch {
  /** Absent: nothing that people can do meets all criteria, or nothing found does. */
  readonly plan?: readonly PlannedStep[];
  /** False when the search was cut short: a plan found works, a cheaper one may exist. */
  readonly exhaustive: boolean;
}

/** Costs one for each command, of which each sets one fact. */
export function cheapestPlan(view: CaseView, criteria: readonly Criterion[]): PlanSearch {
  const seen = seenIn(view);
  if (criteria.every((one) => isMet(one, truthOf(one.condition, seen)))) return { plan: [], exhaustive: true };
  const obligations = criteria.map(({ kind, condition }): Obligation => {
    return { condition, want: kind === 'applies_when' ? 'not_false' : 'true' };
  });
  const changes = caseChanges(
    view,
    criteria.map((one) => one.condition),
  );
  const { change, exhaustive } = cheapestChange(obligations, changes);
  if (change === undefined) return { exhaustive };
  const leavesOn = new Map<Step, readonly LeafObligation[]>();
  for (const { variable, option, so_that } of inOrderAsked(change, changes)) {
    for (const step of changes.optionAt(variable, option)) leavesOn.set(step, so_that);
  }
  const steps = orderSteps(view, [...leavesOn.keys()]);
  return {
    ...(steps !== undefined && { plan: steps.map((step) => ({ step, so_that: leavesOn.get(step) ?? [] })) }),
    exhaustive,
  };
}

/** What changes, in the order in which the criteria come to ask for it. */
function inOrderAsked({ picks, leaves }: Change, changes: CaseChanges) {
  const asked = [...new Set(leaves.flatMap(({ leaf }) => changes.variablesOf(leaf)))];
  return [...picks]
    .sort(([one], [other]) => asked.indexOf(one) - asked.indexOf(other))
    .map(([variable, option]) => ({
      variable,
      option,
      so_that: leaves.filter(({ leaf }) => changes.variablesOf(leaf).includes(variable)),
    }));
}
