/** Puts people and titles to the steps of a plan, and goals in the place of its witness values. */

import { approvalIn } from '../approvals/standing.ts';
import type { CaseView } from '../case-view.ts';
import { lookUp } from '../look-up.ts';
import { indexOf } from '../rules-of.ts';
import type { Act } from './act.ts';
import { afterStep } from './after-steps.ts';
import { nextAnswer, requestCommand } from './approval-steps.ts';
import type { PlannedStep } from './plan.ts';
import { whoCan } from './who-can.ts';

/** In the order of the plan. */
export function actsOf(view: CaseView, plan: readonly PlannedStep[]): readonly Act[] {
  const acts: Act[] = [];
  let now = view;
  for (const planned of plan) {
    // Who may accept evidence is known once it is submitted.
    const who = whoCan(now, planned.step);
    const act = actOf(now, planned, who);
    if (act !== undefined) acts.push(act);
    now = afterStep(now, planned.step, who[0]);
  }
  return acts;
}

function actOf(view: CaseView, { step, so_that }: PlannedStep, who: readonly string[]): Act | undefined {
  switch (step.step) {
    case 'submit':
    case 'accept':
    case 'withdraw': {
      const rule = indexOf(view.rules).evidence.get(step.evidence);
      const { evidence } = step;
      return rule && { act: `${step.step}_evidence`, evidence, title: rule.title, who, rule: rule.at };
    }
    case 'set': {
      const fact = lookUp(view.rules.pipeline.facts, step.fact);
      const rule = so_that[0]?.leaf.at ?? fact?.at;
      return fact && rule && { act: 'set_fact', fact: step.fact, title: fact.title, so_that, who, rule };
    }
    case 'answer': {
      const decision = indexOf(view.rules).decisions.get(step.decision);
      const { at, title } = decision ?? {};
      return (
        at && title && { act: 'answer', decision: step.decision, title, so_that, who, rule: so_that[0]?.leaf.at ?? at }
      );
    }
    case 'log':
      return { act: 'log_activity', activity: step.is_any ? 'any' : step.activity, who };
    case 'plan':
      return { act: 'plan_task', dated: step.dated, who };
    case 'request': {
      const rule = approvalIn(view.rules, step.approval);
      const resumes = requestCommand(view, step.approval).command === 'resubmit';
      const { approval } = step;
      return rule && { act: 'request_approval', approval, resumes, title: rule.title, who, rule: rule.at };
    }
    case 'approve': {
      const rule = approvalIn(view.rules, step.approval);
      const next = nextAnswer(view, step.approval);
      if (rule === undefined || next === undefined) return undefined;
      const { step: id, title, at } = next.step;
      return { act: 'approve', approval: step.approval, step: id, title: rule.title, step_title: title, who, rule: at };
    }
    case 'complete': {
      const task = lookUp(view.state.tasks, step.task);
      return task && { act: 'complete_task', task: step.task, title: task.title, who };
    }
  }
}
