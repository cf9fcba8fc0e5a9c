/** Makes a case ready to show, from its state and the rules it is pinned to. */

import { type CaseView, seenIn } from '../../engine/case/case-view.ts';
import type { HeldChange } from '../../engine/case/crm-change.ts';
import { debtsOf, type Owed } from '../../engine/case/debts.ts';
import { notesFor } from '../../engine/case/notes-for.ts';
import { shownFlags } from '../../engine/case/shown-flags.ts';
import { waivableTitle, waiversOf } from '../../engine/case/waivers/standing.ts';
import { isOwedBy, stands } from '../../engine/case/waivers/waiver.ts';
import type { World } from '../../engine/case/world.ts';
import { truthOf } from '../../engine/condition/evaluate.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { Fact } from '../../engine/playbook/value.ts';
import { same, valueText } from '../../engine/playbook/value-text.ts';
import { localDate } from '../../engine/time/calendar.ts';
import type { CaseDetail, FactView, MilestoneView } from './case-detail.ts';
import { refOf } from './knowledge-view.ts';
import { makeApprovalViews } from './make-approval-views.ts';
import { makeChildViews } from './make-child-views.ts';
import { makeClockView } from './make-clock-view.ts';
import { makeDecisionViews } from './make-decision-view.ts';
import { makeEvidenceViews } from './make-evidence-views.ts';
import { makeFindingViews } from './make-finding-views.ts';
import { personRef } from './person-ref.ts';
import { titleIn, titlesOf } from './titles.ts';

function factView(view: CaseView, fact: Fact): FactView {
  const value = seenIn(view).fact(fact.fact);
  const entry = fact.from === undefined ? view.state.facts[fact.fact] : undefined;
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

function milestoneViews(view: CaseView): MilestoneView[] {
  const stage = view.rules.pipeline.stages.find((one) => one.stage === view.state.stage);
  const seen = seenIn(view);
  return (stage?.milestones ?? []).map((one) => ({
    milestone: one.milestone,
    title: one.title,
    truth: truthOf(one.when, seen),
    rule: one.at,
  }));
}

function debtViews({ state, rules, calendar, at }: CaseView): CaseDetail['debts'] {
  const today = localDate(calendar, at);
  return debtsOf(state).map((debt) => ({
    ...debt,
    title: titleOf(rules, debt.kind, debt.name),
    is_over: debt.due_on < today,
  }));
}

function titleOf(rules: Rules, kind: Owed['kind'], name: string): Text {
  const titles = titlesOf(rules);
  switch (kind) {
    case 'evidence':
      return titleIn(titles.evidence, name);
    case 'decision':
      return titles.decisions.get(name)?.title ?? same(name);
    case 'milestone':
    case 'gate':
      return waivableTitle(rules, { kind, name }) ?? same(name);
  }
}

/** Those that stand, and those that are over while what they stood in for is still owed. */
function waiverViews({ state, rules, world, at }: CaseView): CaseDetail['waivers'] {
  return waiversOf(state)
    .filter((entry) => stands(entry, at) || isOwedBy(entry))
    .map((entry) => ({
      kind: entry.kind,
      name: entry.name,
      title: titleOf(rules, entry.kind, entry.name),
      stands: stands(entry, at),
      until: entry.until,
      reason: entry.reason,
      owner: personRef(world.people, entry.owner),
      granted_by: personRef(world.people, entry.granted_by),
      times: entry.times,
      is_used: entry.used_at !== undefined,
    }));
}

function taskViews({ state, world, at }: CaseView): CaseDetail['tasks'] {
  return Object.entries(state.tasks).map(([task, entry]) => ({
    task,
    title: entry.title,
    owner: personRef(world.people, entry.owner),
    ...(entry.due_at !== undefined && { due_at: entry.due_at }),
    ...(entry.done_at !== undefined && { done_at: entry.done_at }),
    is_overdue: entry.done_at === undefined && entry.due_at !== undefined && entry.due_at <= at,
  }));
}

/**
 * `wakesAt`: the entity's next deadline as the store has it.
 * @throws Error when the rules do not have the stage the case stands in.
 */
export function makeCaseDetail(view: CaseView, wakesAt: string | undefined): CaseDetail {
  const { state, world, rules } = view;
  const { pipeline } = rules;
  const position = pipeline.stages.findIndex((one) => one.stage === state.stage);
  const stage = pipeline.stages[position];
  if (stage === undefined) throw new Error(`pipeline ${pipeline.pipeline} has no stage ${state.stage}`);
  const milestones = milestoneViews(view);
  const evidence = makeEvidenceViews(view);
  const clock = makeClockView(view, stage, wakesAt);
  const findings = makeFindingViews(view);
  const helped = state.finished ? [] : helpedBy(state.stage, { milestones, evidence, clock, findings });
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
    zone: world.playbook.calendars[pipeline.calendar]?.zone ?? 'UTC',
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
    facts: Object.values(pipeline.facts).map((fact) => factView(view, fact)),
    milestones,
    evidence,
    approvals: makeApprovalViews(view),
    clock,
    debts: debtViews(view),
    waivers: waiverViews(view),
    decisions: makeDecisionViews(view),
    findings,
    tasks: taskViews(view),
    flags: [...shownFlags(state)],
    notes: notesFor(world.playbook, state.pipeline, helped).map(refOf),
    ...(state.parent !== undefined && { parent: state.parent.case }),
    children: makeChildViews(view),
    ...(state.held !== undefined && { held: heldView(world, state.held) }),
  };
}

/** What notes may help with: the stage, what it lacks, the ladder that the case is stalled on, what was found. */
function helpedBy(
  stage: string,
  { milestones, evidence, clock, findings }: Pick<CaseDetail, 'milestones' | 'evidence' | 'clock' | 'findings'>,
): readonly string[] {
  return [
    `stage ${stage}`,
    ...milestones.filter(({ truth }) => truth !== true).map(({ milestone }) => `milestone ${milestone}`),
    ...evidence
      .filter((one) => one.stage === stage && one.standing !== 'accepted' && one.standing !== 'submitted')
      .map((one) => `evidence ${one.evidence}`),
    ...(clock.stall === undefined ? [] : [`ladder ${clock.stall.ladder}`]),
    ...findings.map(({ finding }) => `finding ${finding}`),
  ];
}

function heldView({ people }: World, { now, since, asked }: HeldChange): NonNullable<CaseDetail['held']> {
  return { crm: now, since, asked: asked.map((person) => personRef(people, person)) };
}
