/** One handler a command, and the right each command asks for. */

import type { Right } from '../../playbook/roles.ts';
import type { CaseCommand, CommandName } from '../command.ts';
import type { CaseEvent } from '../event.ts';
import { answerFinding, recordFindings } from '../findings/record.ts';
import type { Outcome } from '../outcome.ts';
import { advance } from './advance.ts';
import { answer } from './answer.ts';
import { approve, comment, reject, sendBack } from './answer-approval.ts';
import { close } from './close.ts';
import { acceptEvidence, rejectEvidence, submitEvidence, withdrawEvidence } from './evidence.ts';
import { fallBack } from './fall-back.ts';
import { childChanged, childRefused, parentChanged, startAgain } from './family.ts';
import { handOver } from './hand-over.ts';
import type { CommandContext, CommandOf, Handler } from './handler.ts';
import { inspect } from './inspect.ts';
import { logActivity } from './log-activity.ts';
import { movePipeline } from './move-pipeline.ts';
import { noteChange } from './note-change.ts';
import { addSigner, delegate, removeSigner, transfer } from './pass-approval.ts';
import { peopleChanged } from './people-changed.ts';
import { reopen } from './reopen.ts';
import { cancelApproval, recall, requestApproval, resubmit } from './request-approval.ts';
import { resolve } from './resolve.ts';
import { setFacts } from './set-facts.ts';
import { settleChange } from './settle-change.ts';
import { snooze } from './snooze.ts';
import { completeTask, planTask } from './tasks.ts';
import { copyTo, remind } from './tell-approval.ts';
import { waive, withdrawWaiver } from './waive.ts';
import { wake } from './wake.ts';

/** Commands to a case that exists. */
export type LaterCommand = Exclude<CaseCommand, { readonly command: 'open' }>;
type LaterName = LaterCommand['command'];

const HANDLERS: { readonly [N in LaterName]: Handler<N> } = {
  set_facts: setFacts,
  log_activity: logActivity,
  submit_evidence: submitEvidence,
  withdraw_evidence: withdrawEvidence,
  accept_evidence: acceptEvidence,
  reject_evidence: rejectEvidence,
  answer,
  advance,
  fall_back: fallBack,
  plan_task: planTask,
  complete_task: completeTask,
  snooze,
  resolve,
  move_pipeline: movePipeline,
  hand_over: handOver,
  people_changed: peopleChanged,
  close,
  reopen,
  note_change: noteChange,
  settle_change: settleChange,
  request_approval: requestApproval,
  resubmit,
  recall,
  cancel_approval: cancelApproval,
  approve,
  reject,
  send_back: sendBack,
  add_signer: addSigner,
  remove_signer: removeSigner,
  transfer,
  delegate,
  copy_to: copyTo,
  remind,
  comment,
  inspect,
  waive,
  withdraw_waiver: withdrawWaiver,
  record_findings: recordFindings,
  answer_finding: answerFinding,
  child_changed: childChanged,
  child_refused: childRefused,
  parent_changed: parentChanged,
  start_again: startAgain,
  wake,
};

/** Rights are named like the commands; `system` is nobody's right: timers and other entities. */
export const RIGHT_FOR: { readonly [N in CommandName]: Right | 'system' } = {
  open: 'open',
  set_facts: 'set_facts',
  log_activity: 'log_activity',
  submit_evidence: 'submit_evidence',
  withdraw_evidence: 'withdraw_evidence',
  accept_evidence: 'accept_evidence',
  reject_evidence: 'reject_evidence',
  answer: 'answer',
  advance: 'advance',
  fall_back: 'fall_back',
  plan_task: 'plan_task',
  complete_task: 'complete_task',
  snooze: 'snooze',
  resolve: 'resolve',
  move_pipeline: 'move_pipeline',
  hand_over: 'hand_over',
  people_changed: 'system',
  close: 'close',
  reopen: 'reopen',
  note_change: 'import',
  // Whoever is asked sees the case; that it is asked of them the handler knows.
  settle_change: 'see',
  request_approval: 'request_approval',
  resubmit: 'request_approval',
  recall: 'request_approval',
  cancel_approval: 'request_approval',
  approve: 'approve',
  reject: 'approve',
  send_back: 'approve',
  add_signer: 'approve',
  remove_signer: 'approve',
  transfer: 'approve',
  delegate: 'approve',
  copy_to: 'see',
  remind: 'request_approval',
  comment: 'see',
  inspect: 'inspect',
  waive: 'waive',
  withdraw_waiver: 'waive',
  record_findings: 'system',
  // Whose answer it is the handler knows.
  answer_finding: 'see',
  child_changed: 'system',
  child_refused: 'system',
  parent_changed: 'system',
  start_again: 'open',
  wake: 'system',
};

type LaterMap = { readonly [N in LaterName]: CommandOf<N> };

/** Hands a command to its handler, in a way in which the compiler can follow which belongs to which. */
function handleAs<N extends LaterName>(name: N, context: CommandContext, command: LaterMap[N]): Outcome<CaseEvent> {
  return HANDLERS[name](context, command);
}

export function handle(context: CommandContext, command: LaterCommand): Outcome<CaseEvent> {
  return handleAs(command.command, context, command);
}
