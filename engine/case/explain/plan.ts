/** The cheapest plan that meets criteria: commands in the order to give them, with witness values. */

import type { LeafObligation, Obligation } from '../../condition/changes.ts';
import { cheapestChange } from '../../condition/cheapest-change.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import type { Criterion } from '../criteria.ts';
import { lookUp } from '../look-up.ts';
import { indexOf } from '../rules-of.ts';
import { lostSupport } from '../support.ts';
import type { Step } from './act.ts';
import { caseChanges } from './case-changes.ts';

export interface Plan {
  readonly steps: readonly Step[];
  /** What the steps bring about. */
  readonly leaves: readonly LeafObligation[];
  /** False when the search was cut short: the plan works, a cheaper one may exist. */
  readonly exhaustive: boolean;
}

/** Evidence is settled after facts are set; what takes away comes last. */
const ORDER: readonly Step['step'][] = ['set', 'log', 'complete', 'plan', 'submit', 'accept', 'withdraw'];

/** Undefined when nothing that people can do meets all criteria. Costs one for each command. */
export function cheapestPlan(view: CaseView, criteria: readonly Criterion[]): Plan | undefined {
  const seen = seenIn(view);
  const index = indexOf(view.rules);
  const obligations = criteria.map(({ kind, condition }): Obligation => {
    return { condition, want: kind === 'applies_when' ? 'not_false' : 'true' };
  });
  const changes = caseChanges(
    {
      seen,
      facts: view.rules.pipeline.facts,
      setFact: (name) => lookUp(view.state.facts, name)?.value,
      tasks: view.state.tasks,
      evidenceRule: (id) => index.evidence.get(id),
      canWithdraw: (id) => keepsStageWithout(view, id),
    },
    criteria.map((one) => one.condition),
  );
  const found = cheapestChange(obligations, changes);
  if (found === undefined) return undefined;
  const steps = [...found.picks].flatMap(([variable, option]) => changes.option(variable, option)?.steps ?? []);
  const ordered = [...steps].sort((a, b) => ORDER.indexOf(a.step) - ORDER.indexOf(b.step));
  return { steps: ordered, leaves: found.leaves, exhaustive: found.exhaustive };
}

function keepsStageWithout(view: CaseView, evidence: string): boolean {
  const entry = lookUp(view.state.evidence, evidence);
  if (entry === undefined) return true;
  const withdrawn = { ...view.state.evidence, [evidence]: { ...entry, status: 'withdrawn' as const } };
  return lostSupport({ ...view, state: { ...view.state, evidence: withdrawn } }, evidence) === undefined;
}
