/** Which texts of a case are somebody's own words, or name somebody. */

import { type PersonalPath, type PersonalPaths, type SpecOf, textAt, typedAt, wordedAt } from '../personal.ts';
import type { Rules } from '../playbook/set.ts';
import type { CommandName } from './command.ts';
import type { CaseEventName } from './event.ts';
import { lookUp } from './look-up.ts';
import { indexOf } from './rules-of.ts';

const REASON: readonly PersonalPath[] = [
  typedAt('leaf', 'unmet.*.seen'),
  typedAt('leaf', 'unmet.*.against'),
  wordedAt('under_way.*.zh'),
  wordedAt('under_way.*.en'),
  typedAt('change', 'changes.*.before'),
  typedAt('change', 'changes.*.after'),
  textAt('changes.*.lines.*.line'),
];

/** Ids, dates, numbers and choices are not here: they stay in the chain. */
const COMMANDS: Readonly<Record<CommandName, readonly PersonalPath[]>> = {
  open: [textAt('title'), typedAt('fact', 'facts.*'), textAt('tasks.*.title'), textAt('parent.about')],
  set_facts: [typedAt('fact', 'facts.*')],
  log_activity: [textAt('note')],
  submit_evidence: [typedAt('evidence', 'fields.*')],
  withdraw_evidence: [textAt('reason')],
  accept_evidence: [textAt('note')],
  reject_evidence: [textAt('reason')],
  answer: [textAt('note')],
  advance: [],
  fall_back: [textAt('reason')],
  plan_task: [textAt('title')],
  complete_task: [textAt('note')],
  snooze: [textAt('reason')],
  resolve: [textAt('with.plan'), typedAt('demand', 'fields.*')],
  move_pipeline: [textAt('reason')],
  hand_over: [textAt('reason')],
  people_changed: [],
  close: [textAt('note')],
  reopen: [textAt('reason')],
  note_change: [],
  settle_change: [textAt('reason')],
  request_approval: [textAt('note')],
  resubmit: [textAt('note')],
  recall: [textAt('reason')],
  cancel_approval: [textAt('reason')],
  approve: [textAt('note'), textAt('conditions.*')],
  reject: [textAt('reason')],
  send_back: [textAt('reason')],
  comment: [textAt('text')],
  inspect: [textAt('note'), textAt('reject.*.reason'), textAt('next_step.title')],
  waive: [textAt('reason')],
  withdraw_waiver: [textAt('reason')],
  add_signer: [],
  remove_signer: [],
  transfer: [textAt('reason')],
  delegate: [textAt('note')],
  copy_to: [textAt('note')],
  remind: [textAt('note')],
  record_findings: [],
  answer_finding: [textAt('reason')],
  // Ids, stages and codes; messages are Playrail's own.
  child_changed: [],
  child_refused: [],
  parent_changed: [],
  start_again: [],
  wake: [],
};

const EVENTS: Readonly<Record<CaseEventName, readonly PersonalPath[]>> = {
  case_opened: [textAt('title'), typedAt('fact', 'facts.*.value'), textAt('parent.about')],
  facts_set: [typedAt('fact', 'facts.*.value')],
  activity_logged: [textAt('note')],
  evidence_submitted: [typedAt('evidence', 'entry.fields.*')],
  evidence_accepted: [textAt('note')],
  evidence_rejected: [textAt('reason')],
  evidence_withdrawn: [textAt('reason')],
  decision_made: [textAt('note')],
  decision_asked_again: [],
  stage_entered: [textAt('reason')],
  task_planned: [textAt('entry.title')],
  task_completed: [textAt('note')],
  pause_started: [],
  pause_ended: [],
  snoozed: [textAt('reason')],
  stall_started: [],
  rung_fired: [],
  stall_ended: [],
  demand_resolved: [textAt('with.plan'), typedAt('demand', 'fields.*')],
  evidence_required: [],
  flagged: [],
  gate_noted: REASON.map((one) => ({ ...one, path: ['reasons', '*', ...one.path] })),
  pipeline_moved: [textAt('reason')],
  handed_over: [textAt('reason')],
  won: [textAt('note')],
  changed_outside: [],
  change_settled: [textAt('reason')],
  debts_owed: [],
  task_handed_over: [],
  asked: [],
  approval_requested: [textAt('note')],
  approval_step_opened: [typedAt('fact', 'content.*')],
  approval_asked: [],
  approval_answered: [textAt('note'), textAt('conditions.*'), textAt('reason')],
  approval_step_passed: [],
  approval_voided: [textAt('reason')],
  approval_rung_fired: [],
  approval_ended: [textAt('reason')],
  approval_commented: [textAt('text')],
  approval_signer_added: [],
  approval_signer_removed: [],
  approval_transferred: [textAt('reason')],
  approval_delegated: [textAt('note')],
  approval_advised: [textAt('note')],
  approval_copied: [textAt('note')],
  approval_reminded: [textAt('note')],
  inspected: [textAt('note')],
  waiver_granted: [textAt('reason')],
  waiver_used: [],
  waiver_reminded: [],
  waiver_ended: [textAt('reason')],
  // Things of a case stand in words of Playrail's own.
  finding_found: [typedAt('fact', 'facts.*')],
  finding_gone: [],
  finding_answered: [textAt('reason')],
  finding_rung_fired: [],
  // Its reason is the id of one that the playbook lists.
  lost: [textAt('note')],
  finished: [],
  reopened: [textAt('reason')],
  child_started: [],
  child_changed: [],
  child_refused: [],
  parent_told: [],
  parent_changed: [],
};

export const CASE_PERSONAL: PersonalPaths = { commands: COMMANDS, events: EVENTS, reasons: REASON };

/** Types as these rules have them; without rules none is known, and every text counts as personal. */
export function caseSpecs(rules: Rules | undefined): SpecOf {
  if (rules === undefined) return () => undefined;
  return (by, name, parent, top) => {
    switch (by) {
      case 'fact':
        return lookUp(rules.pipeline.facts, name);
      case 'evidence':
        return indexOf(rules)
          .evidence.get(textOf(top, 'evidence'))
          ?.fields.find((field) => field.field === name);
      case 'demand':
        return Object.values(rules.ladders)
          .flatMap((ladder) => ladder.rungs)
          .flatMap((rung) => rung.demand?.fields ?? [])
          .find((field) => field.field === name);
      case 'change':
        return lookUp(rules.pipeline.facts, textOf(parent, 'name'));
      case 'leaf':
        return leafSpec(rules, parent);
      default:
        return by satisfies never;
    }
  };
}

/** What a leaf saw is a fact's value, or a word of Playrail's own: a standing, a date. */
function leafSpec(rules: Rules, parent: unknown): ReturnType<SpecOf> {
  const leaf = typeof parent === 'object' && parent !== null && 'leaf' in parent ? parent.leaf : undefined;
  if (textOf(leaf, 'kind') !== 'fact') return { type: 'date' };
  return lookUp(rules.pipeline.facts, textOf(leaf, 'fact'));
}

function textOf(holder: unknown, member: string): string {
  if (typeof holder !== 'object' || holder === null) return '';
  const value: unknown = Reflect.get(holder, member);
  return typeof value === 'string' ? value : '';
}
