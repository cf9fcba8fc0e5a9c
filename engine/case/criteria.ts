/** What must hold before a case may go on, as a list that `advance`, `close` and `explain` share. */

import type { Gate } from '../playbook/gate.ts';
import type { Pipeline, Stage } from '../playbook/pipeline.ts';
import type { Rules } from '../playbook/set.ts';
import { type Criterion, criterion, gateCriterion, milestoneCriterion } from './criterion.ts';
import type { Route } from './route.ts';
import { indexOf } from './rules-of.ts';
import type { CaseState } from './state.ts';
import { criteriaOwed } from './waivers/owed-criteria.ts';

/**
 * All that stands on the way, the gates in mode `warn` and `shadow` included: the criteria of each stage left, of
 * entering the next ones, of what the way passes (the win, the end), and what was passed by a waiver and is owed.
 */
export function routeCriteria(rules: Rules, state: CaseState, route: Route): readonly Criterion[] {
  const { pipeline, gates } = rules;
  const asked = [
    ...route.leaves.flatMap((index) => stageCriteria(pipeline, index)),
    ...state.required.flatMap((evidence) => requiredCriterion(rules, evidence)),
    ...gateCriteria(gates, 'advance'),
    ...(route.wins ? winCriteria(rules) : []),
    ...(route.finishes ? gateCriteria(gates, 'finish') : []),
    ...(state.placed_by === undefined ? appliesCriterion(pipeline) : []),
  ];
  const names = new Set(asked.map(({ about }) => about));
  return [...asked, ...criteriaOwed(rules, state).filter(({ about }) => !names.has(about))];
}

/** What leaving a stage asks by itself, without gates: its milestones, `leave_when`, and the next one's `enter_when`. */
export function stageCriteria(pipeline: Pipeline, index: number): readonly Criterion[] {
  const stage = pipeline.stages[index];
  const next = pipeline.stages[index + 1];
  if (stage === undefined) return [];
  return [
    ...stage.milestones.map(milestoneCriterion),
    ...stageCondition('leave_when', stage),
    ...(next === undefined ? [] : stageCondition('enter_when', next)),
  ];
}

export function gateCriteria(gates: readonly Gate[], point: Gate['at_point']): readonly Criterion[] {
  return gates.filter((gate) => gate.at_point === point).map(gateCriterion);
}

/** What winning asks beyond leaving the winning stage. */
export function winCriteria({ pipeline, gates }: Rules): readonly Criterion[] {
  return [...gateCriteria(gates, 'win'), ...closeCriterion(pipeline, 'won')];
}

/** What closing a case as won or lost asks by itself. */
export function closeCriterion(pipeline: Pipeline, as: 'won' | 'lost'): readonly Criterion[] {
  const condition = pipeline.close_when?.[as];
  return condition === undefined
    ? []
    : [criterion('close_when', `pipeline ${pipeline.pipeline}`, condition, condition.at, pipeline.title)];
}

export function appliesCriterion(pipeline: Pipeline): readonly Criterion[] {
  const condition = pipeline.applies_when;
  return condition === undefined
    ? []
    : [criterion('applies_when', `pipeline ${pipeline.pipeline}`, condition, condition.at, pipeline.title)];
}

/** What opening at a stage asks; nothing where `open_at` names the stage without a condition. */
export function openAtCriterion(pipeline: Pipeline, stage: Stage): readonly Criterion[] {
  const condition = pipeline.open_at.find((one) => one.stage === stage.stage)?.when;
  return condition === undefined
    ? []
    : [criterion('open_at', `stage ${stage.stage}`, condition, condition.at, stage.title)];
}

function stageCondition(kind: 'leave_when' | 'enter_when', stage: Stage): readonly Criterion[] {
  const condition = stage[kind];
  return condition === undefined ? [] : [criterion(kind, `stage ${stage.stage}`, condition, condition.at, stage.title)];
}

function requiredCriterion(rules: Rules, evidence: string): readonly Criterion[] {
  const { required, evidence: known } = indexOf(rules);
  const condition = required.get(evidence);
  const rule = known.get(evidence);
  if (condition === undefined || rule === undefined) return [];
  return [criterion('required', `evidence ${evidence}`, condition, rule.at, rule.title)];
}
