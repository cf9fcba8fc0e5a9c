/** `approve`, `reject`, `send_back`, `comment`: what those who are asked say. */

import { shown } from '../../form/problems.ts';
import { type Place, placeFor } from '../approvals/place-for.ts';
import { endApproval, voidSteps } from '../approvals/settle-approvals.ts';
import { approvalIn, recordOf, unknownApproval } from '../approvals/standing.ts';
import type { HappeningOf } from '../draft.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import { nextTaskId } from '../task-id.ts';
import { draftOf, type Handler } from './handler.ts';

/**
 * With conditions it is a yes all the same: what they ask for becomes tasks of the owner. Who was given the task by
 * somebody who is asked gives advice, and the question goes back.
 */
export const approve: Handler<'approve'> = (context, command) => {
  const place = placeFor(context, command);
  if ('outcome' in place) return place;
  const { conditions, note } = command;
  const said = note === undefined ? {} : { note };
  if (place.seat.helper !== undefined && place.seat.helper.to === context.actor) {
    return draftOf(context)
      .add({ ...adviceFrom(place, 'approved'), ...said })
      .accepted();
  }
  const draft = draftOf(context).add({
    ...answerAt(place, 'approved'),
    ...(conditions !== undefined && { conditions }),
    ...said,
  });
  for (const title of conditions ?? []) {
    const { owner, tasks } = draft.view.state;
    draft.add({ event: 'task_planned', task: nextTaskId(tasks), entry: { title, owner } });
  }
  return draft.accepted();
};

export const reject: Handler<'reject'> = (context, command) => {
  const place = placeFor(context, command);
  if ('outcome' in place) return place;
  const { reason } = command;
  const isAdvice = place.seat.helper?.to === context.actor;
  return draftOf(context)
    .add(isAdvice ? { ...adviceFrom(place, 'rejected'), note: reason } : { ...answerAt(place, 'rejected'), reason })
    .accepted();
};

export const sendBack: Handler<'send_back'> = (context, command) => {
  const place = placeFor(context, command);
  if ('outcome' in place) return place;
  const { rule, step, seat } = place;
  const { to, reason } = command;
  if (seat.helper?.to === context.actor) {
    return refused(refusal('helper-only-advises', [rule.approval], { about: `approval ${rule.approval}` }));
  }
  const draft = draftOf(context);
  if (to === undefined) {
    endApproval(draft, rule.approval, { outcome: 'sent_back', step, reason });
    return draft.accepted();
  }
  const from = rule.turns.findIndex((turn) => turn.some((one) => one.step === step));
  const target = rule.turns.findIndex((turn) => turn.some((one) => one.step === to));
  if (target < 0) return invalid(misfit('approval-step-unknown', '/to', shown(to)));
  if (target >= from || !Object.hasOwn(place.record.steps, to)) {
    return refused(refusal('approval-step-not-before', [to, step], { about: `approval ${rule.approval}` }));
  }
  const between = rule.turns.slice(target + 1, from + 1).flat();
  voidSteps(draft, rule.approval, [to, ...between.map((one) => one.step)], { because: 'sent_back', reason });
  return draft.accepted();
};

export const comment: Handler<'comment'> = (context, { approval, text }) => {
  if (approvalIn(context.rules, approval) === undefined) return unknownApproval(approval);
  if (recordOf(context.state, approval) === undefined) return refused(refusal('approval-not-requested', [approval]));
  return draftOf(context).add({ event: 'approval_commented', approval, text }).accepted();
};

function answerAt(
  { rule, step, seat, entry, on_behalf_of: behalf }: Place,
  answer: 'approved' | 'rejected',
): HappeningOf<'approval_answered'> {
  const place = behalf === undefined ? {} : { on_behalf_of: behalf };
  const { approval } = rule;
  return { event: 'approval_answered', approval, step, seat: seat.seat, answer, digest: entry.digest, ...place };
}

function adviceFrom(
  { rule, step, seat, entry }: Place,
  answer: 'approved' | 'rejected',
): HappeningOf<'approval_advised'> {
  return { event: 'approval_advised', approval: rule.approval, step, seat: seat.seat, answer, digest: entry.digest };
}
