/** What must hold before a case may go on, as a list that `advance`, `close` and `explain` share. */

import type { Truth } from '../condition/result.ts';
import type { Condition } from '../playbook/condition.ts';
import type { Gate } from '../playbook/gate.ts';
import type { Pipeline, Stage } from '../playbook/pipeline.ts';
import type { Rules } from '../playbook/set.ts';
import type { At, Text } from '../playbook/text.ts';
import type { Route } from './route.ts';
import { indexOf } from './rules-of.ts';
import type { CaseState } from './state.ts';

export type CriterionKind =
  | 'milestone'
  | 'leave_when'
  | 'enter_when'
  | 'required'
  | 'gate'
  | 'close_when'
  | 'applies_when'
  | 'open_at';

export interface Criterion {
  readonly kind: CriterionKind;
  /** The code of the reason that says it is unmet. */
  readonly code: CriterionCode;
  /** `milestone pain-found`, `gate follow-up-kept`, `stage solution`, `evidence …`, `pipeline …`. */
  readonly about: string;
  readonly condition: Condition;
  /** The rule in the playbook. */
  readonly rule: At;
  readonly title: Text;
  /** Only gates have a mode of their own; all else is enforced. */
  readonly mode: Gate['mode'];
}

/** The code of the reason for each kind. */
const CRITERION_CODES = {
  milestone: 'milestone-unmet',
  leave_when: 'leave-condition-unmet',
  enter_when: 'enter-condition-unmet',
  required: 'evidence-required',
  gate: 'gate-closed',
  close_when: 'close-condition-unmet',
  applies_when: 'pipeline-does-not-apply',
  open_at: 'stage-not-open',
} as const satisfies Record<CriterionKind, string>;

export type CriterionCode = (typeof CRITERION_CODES)[CriterionKind];

/**
 * Whether the criterion lets the case go on: true, and nothing less. Only `applies_when` is kept as long as it is not
 * false, because a pipeline once chosen need not be proven again at every step.
 */
export function isMet(criterion: Pick<Criterion, 'kind'>, truth: Truth): boolean {
  return criterion.kind === 'applies_when' ? truth !== false : truth === true;
}

/**
 * All that stands on the way, the gates in mode `warn` and `shadow` included: the criteria of each stage left, of
 * entering the next ones, and of what the way passes: the win, the end.
 */
export function routeCriteria(rules: Rules, state: CaseState, route: Route): readonly Criterion[] {
  const { pipeline, gates } = rules;
  return [
    ...route.leaves.flatMap((index) => stageCriteria(pipeline, index)),
    ...state.required.flatMap((evidence) => requiredCriterion(rules, evidence)),
    ...gateCriteria(gates, 'advance'),
    ...(route.wins ? winCriteria(rules) : []),
    ...(route.finishes ? gateCriteria(gates, 'finish') : []),
    ...(state.placed_by === undefined ? appliesCriterion(pipeline) : []),
  ];
}

/** What leaving a stage asks by itself, without gates: its milestones, `leave_when`, and the next one's `enter_when`. */
export function stageCriteria(pipeline: Pipeline, index: number): readonly Criterion[] {
  const stage = pipeline.stages[index];
  const next = pipeline.stages[index + 1];
  if (stage === undefined) return [];
  return [
    ...stage.milestones.map(({ milestone, title, when, at }) =>
      criterion('milestone', `milestone ${milestone}`, when, at, title),
    ),
    ...stageCondition('leave_when', stage),
    ...(next === undefined ? [] : stageCondition('enter_when', next)),
  ];
}

export function gateCriteria(gates: readonly Gate[], point: Gate['at_point']): readonly Criterion[] {
  return gates
    .filter((gate) => gate.at_point === point)
    .map((gate) => criterion('gate', `gate ${gate.gate}`, gate.when, gate.at, gate.otherwise, gate.mode));
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

function criterion(
  kind: CriterionKind,
  about: string,
  condition: Condition,
  rule: At,
  title: Text,
  mode: Gate['mode'] = 'enforce',
): Criterion {
  return { kind, code: CRITERION_CODES[kind], about, condition, rule, title, mode };
}
