/** How a case would stand after steps, by the same events that the commands themselves would cause. */

import { endOfDay, localDate } from '../../time/calendar.ts';
import { SYSTEM } from '../../who/rights.ts';
import type { CaseView } from '../case-view.ts';
import type { Happening } from '../draft.ts';
import { evolve } from '../evolve.ts';
import { indexOf } from '../rules-of.ts';
import type { EvidenceEntry } from '../state.ts';
import { nextTaskId } from '../task-id.ts';
import type { Step } from './act.ts';
import { afterApprovalStep } from './approval-steps.ts';

/** The steps are taken at the view's moment, one after another, whether the rules allow them or not. */
export function afterSteps(view: CaseView, steps: readonly Step[]): CaseView {
  return steps.reduce((now, step) => afterStep(now, step), view);
}

/** @param by who takes the step; the owner, where that does not matter */
export function afterStep(view: CaseView, step: Step, by: string = view.state.owner): CaseView {
  if (step.step === 'request' || step.step === 'approve') return afterApprovalStep(view, step, by);
  const event = { v: 1 as const, at: view.at, by, ...happeningOf(view, step, by) };
  return { ...view, state: evolve(view.state, event) };
}

function happeningOf(view: CaseView, step: Exclude<Step, { readonly approval: string }>, by: string): Happening {
  const { state, at, calendar } = view;
  switch (step.step) {
    case 'submit':
      return { event: 'evidence_submitted', evidence: step.evidence, entry: entryOf(view, step.evidence, by) };
    case 'accept':
      return { event: 'evidence_accepted', evidence: step.evidence };
    case 'withdraw':
      return { event: 'evidence_withdrawn', evidence: step.evidence };
    case 'set': {
      const { fact, value } = step;
      return value === undefined
        ? { event: 'facts_set', facts: {}, cleared: [fact] }
        : { event: 'facts_set', facts: { [fact]: { value, set_at: at, by } }, cleared: [] };
    }
    case 'log':
      return { event: 'activity_logged', activity: step.activity, happened_at: at };
    case 'plan': {
      const due = step.dated ? { due_at: endOfDay(calendar, localDate(calendar, at)) } : {};
      return { event: 'task_planned', task: nextTaskId(state.tasks), entry: { title: '', owner: by, ...due } };
    }
    case 'complete':
      return { event: 'task_completed', task: step.task };
  }
}

function entryOf({ rules, at }: CaseView, evidence: string, by: string): EvidenceEntry {
  const submitted = { fields: {}, submitted_by: by, submitted_at: at };
  return indexOf(rules).evidence.get(evidence)?.accepted_by === undefined
    ? { status: 'accepted', ...submitted, settled_by: SYSTEM, settled_at: at }
    : { status: 'submitted', ...submitted };
}
