/** Everything that people could change about a case, by the name of what is changed, with the options for each. */

import { localDate } from '../../time/calendar.ts';
import { approvalIn } from '../approvals/standing.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import { lookUp } from '../look-up.ts';
import { indexOf } from '../rules-of.ts';
import { approvalOptions } from './approval-steps.ts';
import { candidateValues } from './candidates.ts';
import { factsBehind, type Reach } from './leaves-of.ts';
import {
  activityOptions,
  decisionOptions,
  evidenceOptions,
  factOptions,
  feasible,
  type Option,
  taskOptions,
} from './options.ts';
import type { Situation } from './situation.ts';

/** The first option of each is to leave it as it is. */
export function optionsFor(view: CaseView, reach: Reach): ReadonlyMap<string, readonly Option[]> {
  const options = new Map<string, readonly Option[]>();
  for (const [fact, candidates] of candidateValues(situationOf(view), reach)) {
    // What is under review is not changed before it is recalled.
    if (isUnderReview(view, fact)) continue;
    options.set(`fact ${fact}`, feasible(view, factOptions(fact, lookUp(view.state.facts, fact)?.value, candidates)));
  }
  const kinds = new Set(reach.leaves.flatMap((leaf) => (leaf.kind === 'activity' ? [leaf.activity] : [])));
  for (const leaf of reach.leaves) {
    if (leaf.kind === 'evidence') {
      const rule = indexOf(view.rules).evidence.get(leaf.evidence);
      if (rule !== undefined) options.set(`evidence ${leaf.evidence}`, feasible(view, evidenceOptions(view, rule)));
    }
    if (leaf.kind === 'approval' && approvalIn(view.rules, leaf.approval) !== undefined) {
      options.set(`approval ${leaf.approval}`, feasible(view, approvalOptions(view, leaf.approval)));
    }
    if (leaf.kind === 'decision') {
      const rule = indexOf(view.rules).decisions.get(leaf.decision);
      if (rule !== undefined) options.set(`decision ${leaf.decision}`, feasible(view, decisionOptions(view, rule)));
    }
    if (leaf.kind === 'task') options.set('tasks', feasible(view, taskOptions(view)));
    if (leaf.kind === 'activity') {
      options.set(`activity ${leaf.activity}`, feasible(view, activityOptions(view, leaf.activity, kinds)));
    }
  }
  return options;
}

function isUnderReview(view: CaseView, fact: string): boolean {
  const around = { facts: view.rules.pipeline.facts, milestone: () => undefined };
  return Object.entries(view.state.approvals ?? {}).some(([approval, { outcome, steps }]) => {
    const opened = approvalIn(view.rules, approval)?.turns.flat() ?? [];
    const bound = opened.filter(({ step }) => lookUp(steps, step) !== undefined).flatMap(({ binds }) => binds);
    return (
      outcome === undefined && bound.some((one) => one.kind === 'fact' && factsBehind(one.fact, around).includes(fact))
    );
  });
}

function situationOf(view: CaseView): Situation {
  const { calendar, state, at, world } = view;
  return {
    facts: view.rules.pipeline.facts,
    set: (name) => lookUp(state.facts, name)?.value,
    around: seenIn(view),
    people: world.people,
    plain: { now: at, calendar, today: localDate(calendar, at), person: state.owner, currency: 'CNY' },
  };
}
