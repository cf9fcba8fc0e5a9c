/** A command in the words a scenario writes it in. */

import type { CaseCommand } from '../case/command.ts';

/** `submit_evidence first-visit`; answers and notes are left out. */
export function commandText(body: CaseCommand): string {
  const argument = argumentOf(body);
  return argument === undefined ? body.command : `${body.command} ${argument}`;
}

function argumentOf(body: CaseCommand): string | undefined {
  switch (body.command) {
    case 'open':
      return body.stage;
    case 'set_facts':
      return Object.keys(body.facts).join(', ');
    case 'log_activity':
      return body.activity;
    case 'submit_evidence':
    case 'withdraw_evidence':
    case 'accept_evidence':
    case 'reject_evidence':
      return body.evidence;
    case 'answer':
      return body.decision;
    case 'answer_finding':
      return `${body.finding} ${body.answer}`;
    case 'advance':
    case 'fall_back':
    case 'move_pipeline':
    case 'hand_over':
      return body.to;
    case 'request_approval':
    case 'resubmit':
    case 'recall':
    case 'cancel_approval':
    case 'approve':
    case 'reject':
    case 'send_back':
    case 'comment':
    case 'add_signer':
    case 'remove_signer':
    case 'transfer':
    case 'delegate':
    case 'copy_to':
    case 'remind':
      return body.approval;
    case 'waive':
    case 'withdraw_waiver':
      return `${body.kind} ${body.name}`;
    case 'plan_task':
      return JSON.stringify(body.title);
    case 'complete_task':
      return body.task;
    case 'snooze':
      return body.until;
    case 'resolve':
      return body.way;
    case 'close':
      return body.reason === undefined ? body.as : `${body.as} ${body.reason}`;
    case 'reopen':
    case 'inspect':
    case 'wake':
      return undefined;
  }
}
