/** One thing that must hold before a case may go on, and how it is called when it does not. */

import type { Truth } from '../condition/result.ts';
import type { Condition } from '../playbook/condition.ts';
import type { Gate } from '../playbook/gate.ts';
import type { Milestone } from '../playbook/pipeline.ts';
import type { At, Text } from '../playbook/text.ts';
import type { WaiverRule } from '../playbook/waiver.ts';

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
  /** How it may be waived; absent: not at all. */
  readonly waiver?: WaiverRule;
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

export function milestoneCriterion({ milestone, title, when, waiver, at }: Milestone): Criterion {
  return { ...criterion('milestone', `milestone ${milestone}`, when, at, title), ...(waiver && { waiver }) };
}

export function gateCriterion({ gate, otherwise, when, mode, waiver, at }: Gate): Criterion {
  return { ...criterion('gate', `gate ${gate}`, when, at, otherwise, mode), ...(waiver && { waiver }) };
}

export function criterion(
  kind: CriterionKind,
  about: string,
  condition: Condition,
  rule: At,
  title: Text,
  mode: Gate['mode'] = 'enforce',
): Criterion {
  return { kind, code: CRITERION_CODES[kind], about, condition, rule, title, mode };
}
