/** The shapes that cases were kept in, release by release. */

import type { Shapes, Upcast } from '../shapes.ts';
import type { CaseEventName } from './event.ts';

const SINCE_0_1: readonly Upcast[] = [];
const SINCE_0_2: readonly Upcast[] = [];

const EVENTS: Readonly<Record<CaseEventName, readonly Upcast[]>> = {
  case_opened: SINCE_0_1,
  facts_set: SINCE_0_1,
  activity_logged: SINCE_0_1,
  evidence_submitted: SINCE_0_1,
  evidence_accepted: SINCE_0_1,
  evidence_rejected: SINCE_0_1,
  evidence_withdrawn: SINCE_0_1,
  stage_entered: SINCE_0_1,
  task_planned: SINCE_0_1,
  task_completed: SINCE_0_1,
  pause_started: SINCE_0_1,
  pause_ended: SINCE_0_1,
  snoozed: SINCE_0_1,
  stall_started: SINCE_0_1,
  rung_fired: SINCE_0_1,
  stall_ended: SINCE_0_1,
  demand_resolved: SINCE_0_1,
  evidence_required: SINCE_0_1,
  flagged: SINCE_0_1,
  gate_noted: SINCE_0_1,
  pipeline_moved: SINCE_0_1,
  handed_over: SINCE_0_1,
  task_handed_over: SINCE_0_1,
  asked: SINCE_0_1,
  won: SINCE_0_1,
  lost: SINCE_0_1,
  finished: SINCE_0_1,
  reopened: SINCE_0_1,
  changed_outside: SINCE_0_2,
  change_settled: SINCE_0_2,
  debts_owed: SINCE_0_2,
  approval_requested: SINCE_0_2,
  approval_step_opened: SINCE_0_2,
  approval_asked: SINCE_0_2,
  approval_answered: SINCE_0_2,
  approval_step_passed: SINCE_0_2,
  approval_voided: SINCE_0_2,
  approval_rung_fired: SINCE_0_2,
  approval_ended: SINCE_0_2,
  approval_commented: SINCE_0_2,
  decision_made: SINCE_0_2,
  decision_asked_again: SINCE_0_2,
  approval_signer_added: SINCE_0_2,
  approval_signer_removed: SINCE_0_2,
  approval_transferred: SINCE_0_2,
  approval_delegated: SINCE_0_2,
  approval_advised: SINCE_0_2,
  approval_copied: SINCE_0_2,
  approval_reminded: SINCE_0_2,
};

export const CASE_SHAPES: Shapes = { state: SINCE_0_1, events: EVENTS };
