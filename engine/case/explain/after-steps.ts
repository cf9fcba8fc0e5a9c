/** How a case would stand after steps, by the same events that the commands themselves would cause. */

import { endOfDay, localDate } from '../../time/calendar.ts';
import { SYSTEM } from '../../who/rights.ts';
import type { CaseView } from '../case-view.ts';
import type { Happening } from '../draft.ts';
import { evolve } from '../evolve.ts';
import { indexOf } from '../rules-of.ts';
import { movedQuestions } from '../settle-decisions.ts';
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
  const after = afterEvent(view, happeningOf(view, step, by), by);
  return step.step === 'set' ? askedAgain(view, after, by) : after;
}

function afterEvent(view: CaseView, happening: Happening, by: string): CaseView {
  return { ...view, state: evolve(view.state, { v: 1, at: view.at, by, ...happening }) };
}

/** A fact that answers rest on takes them away. */
function askedAgain(before: CaseView, after: CaseView, by: string): CaseView {
  if (after.state.decisions === undefined) return after;
  return (after.rules.decisions ?? []).reduce((now, rule) => {
    const { questions, facts } = movedQuestions(before, now, rule);
    if (questions.length === 0) return now;
    const { decision, at } = rule;
    const event = { event: 'decision_asked_again', because: 'facts', asked: [] } as const;
    return afterEvent(now, { ...event, decision, questions, facts, rule: at }, by);
  }, after);
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
    case 'answer':
      return decisionMade(view, step, by);
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

/** As far as the state remembers it: what it comes to is judged whenever it is looked at. */
function decisionMade(view: CaseView, step: Extract<Step, { step: 'answer' }>, by: string): Happening {
  const answers = Object.fromEntries(
    Object.entries(step.answers).map(([question, answer]) => [question, { answer, by, at: view.at }] as const),
  );
  const nothing = { outcomes: [], before: [], begun: [], path: [], rows: [], asked: [] };
  return { event: 'decision_made', decision: step.decision, ...nothing, answers, rule: view.rules.pipeline.at };
}

function entryOf({ rules, at }: CaseView, evidence: string, by: string): EvidenceEntry {
  const submitted = { fields: {}, submitted_by: by, submitted_at: at };
  return indexOf(rules).evidence.get(evidence)?.accepted_by === undefined
    ? { status: 'accepted', ...submitted, settled_by: SYSTEM, settled_at: at }
    : { status: 'submitted', ...submitted };
}
