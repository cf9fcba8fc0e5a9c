/** Makes a case ready to show, from its state and the rules it is pinned to. */

import { seenBy } from '../../engine/case/seen-of.ts';
import { truthOf } from '../../engine/condition/evaluate.ts';
import type { Fact } from '../../engine/playbook/value.ts';
import { localDate } from '../../engine/time/calendar.ts';
import { type CaseContext, personRef } from './case-context.ts';
import type { CaseView, FactView, MilestoneView } from './case-view.ts';
import { factValueOf } from './fact-values.ts';
import { makeClockView } from './make-clock-view.ts';
import { makeEvidenceViews } from './make-evidence-views.ts';
import { titleIn } from './titles.ts';
import { valueText } from './value-text.ts';

function factView(context: CaseContext, fact: Fact): FactView {
  const value = factValueOf(context, fact.fact);
  const entry = fact.from === undefined ? context.state.facts[fact.fact] : undefined;
  return {
    fact: fact.fact,
    title: fact.title,
    type: fact.type,
    ...(value !== undefined && { value, shown: valueText(value, fact) }),
    derived: fact.from !== undefined,
    ...(entry?.mark !== undefined && { mark: entry.mark }),
    ...(entry !== undefined && { set_at: entry.set_at, by: entry.by }),
  };
}

function milestoneViews({ state, rules, calendar, world }: CaseContext): MilestoneView[] {
  const stage = rules.pipeline.stages.find((one) => one.stage === state.stage);
  const seen = seenBy(rules, calendar, state, { now: world.now });
  return (stage?.milestones ?? []).map((one) => ({
    milestone: one.milestone,
    title: one.title,
    truth: truthOf(one.when, seen),
    rule: one.at,
  }));
}

function debtViews({ state, titles, calendar, world }: CaseContext): CaseView['debts'] {
  const today = localDate(calendar, world.now);
  return state.debts
    .filter((debt) => state.evidence[debt.evidence]?.status !== 'accepted')
    .map((debt) => ({ ...debt, title: titleIn(titles.evidence, debt.evidence), is_over: debt.due_on < today }));
}

function taskViews({ state, world }: CaseContext): CaseView['tasks'] {
  return Object.entries(state.tasks).map(([task, entry]) => ({
    task,
    title: entry.title,
    owner: personRef(world.people, entry.owner),
    ...(entry.due_at !== undefined && { due_at: entry.due_at }),
    ...(entry.done_at !== undefined && { done_at: entry.done_at }),
    is_overdue: entry.done_at === undefined && entry.due_at !== undefined && entry.due_at <= world.now,
  }));
}

/**
 * `wakesAt`: the entity's next deadline as the store has it.
 * @throws Error when the rules do not have the stage the case stands in.
 */
export function makeCaseView(context: CaseContext, wakesAt: string | undefined): CaseView {
  const { state, world, rules } = context;
  const { pipeline } = rules;
  const position = pipeline.stages.findIndex((one) => one.stage === state.stage);
  const stage = pipeline.stages[position];
  if (stage === undefined) throw new Error(`pipeline ${pipeline.pipeline} has no stage ${state.stage}`);
  const manager = world.people.by_id[state.owner]?.manager;
  return {
    case: state.case,
    title: state.title,
    status: state.status,
    finished: state.finished,
    ...(state.finish_reason !== undefined && { finish_reason: state.finish_reason }),
    ungated: state.ungated,
    pipeline: state.pipeline,
    pipeline_title: pipeline.title,
    rules: state.rules,
    rules_current: world.playbook.rules[state.pipeline]?.hash === state.rules,
    stage: state.stage,
    stage_title: stage.title,
    success_rate: stage.success_rate,
    position: position + 1,
    of: pipeline.stages.length,
    owner: personRef(world.people, state.owner),
    ...(manager !== undefined && { manager: personRef(world.people, manager) }),
    opened_at: state.opened_at,
    opened_stage: state.opened_stage,
    facts: Object.values(pipeline.facts).map((fact) => factView(context, fact)),
    milestones: milestoneViews(context),
    evidence: makeEvidenceViews(context),
    clock: makeClockView(context, stage, wakesAt),
    debts: debtViews(context),
    tasks: taskViews(context),
    flags: state.flags,
  };
}
