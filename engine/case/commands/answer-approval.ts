/** `approve`, `reject`, `send_back`, `comment`: what those who are asked say. */

import { shown } from '../../form/problems.ts';
import { changesBetween, isDigestOf } from '../../parts/approval/content.ts';
import type { StepRecord } from '../../parts/approval/record.ts';
import { openSeats, seatsOf } from '../../parts/approval/voices.ts';
import type { Approval } from '../../playbook/approval.ts';
import { benchesOf, isOwnSubmission } from '../approvals/bench-of.ts';
import { benchesIn, currentTurn, endApproval, voidSteps } from '../approvals/settle-approvals.ts';
import { applies, approvalIn, recordOf } from '../approvals/standing.ts';
import { seenIn } from '../case-view.ts';
import type { HappeningOf } from '../draft.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { forbidden, invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome } from '../outcome.ts';
import { nextTaskId } from '../task-id.ts';
import { type CommandContext, type CommandOf, draftOf, type Handler } from './handler.ts';
import { notUnderReview, unknownApproval } from './request-approval.ts';

/** With conditions it is a yes all the same: what they ask for becomes tasks of the owner. */
export const approve: Handler<'approve'> = (context, command) => {
  const place = placeFor(context, command);
  if ('outcome' in place) return place;
  const { conditions, note } = command;
  const draft = draftOf(context).add({
    ...answerAt(place, 'approved'),
    ...(conditions !== undefined && { conditions }),
    ...(note !== undefined && { note }),
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
  return draftOf(context)
    .add({ ...answerAt(place, 'rejected'), reason: command.reason })
    .accepted();
};

export const sendBack: Handler<'send_back'> = (context, command) => {
  const place = placeFor(context, command);
  if ('outcome' in place) return place;
  const { rule, step } = place;
  const { to, reason } = command;
  const draft = draftOf(context);
  if (to === undefined) {
    endApproval(draft, rule.approval, { outcome: 'sent_back', step, reason });
    return draft.accepted();
  }
  const from = rule.turns.findIndex((turn) => turn.some((one) => one.step === step));
  const target = rule.turns.findIndex((turn) => turn.some((one) => one.step === to));
  if (target < 0) return invalid(misfit('approval-step-unknown', '/to', shown(to)));
  const isOpened = Object.hasOwn(recordOf(context.state, rule.approval)?.steps ?? {}, to);
  if (target >= from || !isOpened) {
    return refused(refusal('approval-step-not-before', [to, step], { about: `approval ${rule.approval}` }));
  }
  const between = rule.turns.slice(target + 1, from + 1).flat();
  voidSteps(draft, rule.approval, [to, ...between.map((one) => one.step)], { because: 'sent_back', reason });
  return draft.accepted();
};

export const comment: Handler<'comment'> = (context, { approval, text }) => {
  if (approvalIn(context.rules, approval) === undefined) return unknownApproval(approval);
  const record = recordOf(context.state, approval);
  if (record === undefined) return refused(refusal('approval-not-requested', [approval]));
  return draftOf(context).add({ event: 'approval_commented', approval, text }).accepted();
};

interface Place {
  readonly rule: Approval;
  readonly step: string;
  readonly seat: string;
  readonly entry: StepRecord;
  readonly on_behalf_of?: string;
}

function answerAt(
  { rule, step, seat, entry, on_behalf_of: behalf }: Place,
  answer: 'approved' | 'rejected',
): HappeningOf<'approval_answered'> {
  const place = behalf === undefined ? {} : { on_behalf_of: behalf };
  return { event: 'approval_answered', approval: rule.approval, step, seat, answer, digest: entry.digest, ...place };
}

/** The seat the actor answers for, of those open to them the one that fewest others could take; or why there is none. */
function placeFor(
  context: CommandContext,
  command: CommandOf<'approve' | 'reject' | 'send_back'>,
): Place | Outcome<CaseEvent> {
  const { approval, step: named, digest } = command;
  const rule = approvalIn(context.rules, approval);
  if (rule === undefined) return unknownApproval(approval);
  if (named !== undefined && !rule.turns.flat().some(({ step }) => step === named)) {
    return invalid(misfit('approval-step-unknown', '/step', shown(named)));
  }
  const closed = notUnderReview(context, rule);
  const record = recordOf(context.state, approval);
  if (closed !== undefined || record === undefined)
    return closed === undefined ? unknownApproval(approval) : refused(closed);
  if (isOwnSubmission(context, record, context.actor)) return forbidden('own-submission');
  const turn = currentTurn(context, rule, record) ?? [];
  const places = [...benchesIn(context, approval, turn)]
    .filter(([step]) => named === undefined || step === named)
    .flatMap(([step, bench]) => openSeats(bench).map((seat) => ({ step, seat })))
    .filter(({ seat }) => seat.asks.some(isActor) || seat.may.includes(context.actor))
    .sort((a, b) => a.seat.asks.length - b.seat.asks.length);
  const [first] = places;
  const entry = first && lookUp(record.steps, first.step);
  if (first === undefined || entry === undefined) return noPlace(context, rule);
  if (digest !== undefined && !isDigestOf(digest, entry.digest)) return outdated(context, rule, first.step, digest);
  const behalf = first.seat.asks.find(isActor)?.on_behalf_of;
  return {
    rule,
    step: first.step,
    seat: first.seat.seat,
    entry,
    ...(behalf !== undefined && { on_behalf_of: behalf }),
  };

  function isActor({ person }: { readonly person: string }): boolean {
    return person === context.actor;
  }
}

/** Their voice is given, their turn has not come, or they are not asked at all. */
function noPlace(context: CommandContext, rule: Approval): Outcome<CaseEvent> {
  const { actor, state } = context;
  const { approval } = rule;
  const record = recordOf(state, approval);
  const spoken = Object.values(record?.steps ?? {}).flatMap(({ answers }) => Object.values(answers));
  const about = { about: `approval ${approval}`, rule: rule.at };
  if (spoken.some(({ by, on_behalf_of: place }) => by === actor || place === actor)) {
    return refused(refusal('voice-given', [approval], about));
  }
  const seen = seenIn(context);
  const later = rule.turns
    .map((turn) => turn.filter((step) => applies(step, seen)))
    .find((turn) => record !== undefined && isAskedIn(context, record, turn));
  const step = later?.[0]?.step;
  return step === undefined
    ? forbidden('not-asked', approval)
    : refused(refusal('turn-not-come', [approval, step], about));
}

function isAskedIn(
  context: CommandContext,
  record: Parameters<typeof benchesOf>[1],
  turn: Approval['turns'][number],
): boolean {
  return [...benchesOf(context, record, turn).values()]
    .flatMap(seatsOf)
    .some(({ asks, may }) => may.includes(context.actor) || asks.some(({ person }) => person === context.actor));
}

function outdated(context: CommandContext, rule: Approval, step: string, digest: string): Outcome<CaseEvent> {
  const record = recordOf(context.state, rule.approval);
  const entry = record && lookUp(record.steps, step);
  const before = record && lookUp(record.before, step);
  if (entry === undefined) return unknownApproval(rule.approval);
  const isKnown = before !== undefined && isDigestOf(digest, before.digest);
  const changes = isKnown ? changesBetween(before.content, entry.content) : [];
  const names = changes.map(({ name }) => `\`${name}\``).join(', ');
  return refused(
    refusal('approval-outdated', [rule.approval, names], {
      about: `approval ${rule.approval}`,
      rule: rule.at,
      ...(changes.length > 0 && { changes }),
    }),
  );
}
