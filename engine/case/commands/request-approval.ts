/** `request_approval`, `resubmit`, `recall`, `cancel_approval`: what those who want an approval do about it. */

import { changedNames } from '../../parts/approval/content.ts';
import type { ApprovalOutcome, ApprovalRecord } from '../../parts/approval/record.ts';
import type { Approval } from '../../playbook/approval.ts';
import type { ResubmitWay } from '../approvals/approval-event.ts';
import { contentOf } from '../approvals/content-of.ts';
import { endApproval } from '../approvals/settle-approvals.ts';
import { applies, approvalIn, approvalSeen, notUnderReview, recordOf, unknownApproval } from '../approvals/standing.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import type { HappeningOf } from '../draft.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { refusal, refused } from '../no.ts';
import type { Outcome, Reason } from '../outcome.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';

export const requestApproval: Handler<'request_approval'> = (context, { approval, note }) => {
  const rule = approvalIn(context.rules, approval);
  if (rule === undefined) return unknownApproval(approval);
  const no = alreadyAsked(context, rule) ?? asksNobody(context, rule);
  if (no !== undefined) return refused(no);
  return ask(context, rule, { how: 'request', keeps: [], ...(note !== undefined && { note }) });
};

/** Outcomes after which the same question can be put again with what was answered before. */
const RESUMED: ReadonlySet<ApprovalOutcome> = new Set(['sent_back', 'recalled', 'void', 'lapsed']);

export const resubmit: Handler<'resubmit'> = (context, { approval, how, note }) => {
  const rule = approvalIn(context.rules, approval);
  if (rule === undefined) return unknownApproval(approval);
  const record = recordOf(context.state, approval);
  const open = alreadyAsked(context, rule);
  if (open !== undefined) return refused(open);
  if (record?.outcome === undefined || record.pipeline !== context.state.pipeline || !RESUMED.has(record.outcome)) {
    return refused(refusal('approval-not-resumed', [approval], about(rule)));
  }
  const no = asksNobody(context, rule);
  if (no !== undefined) return refused(no);
  const keeps = keptBy(context, rule, record, how);
  return ask(context, rule, { how, keeps, ...(note !== undefined && { note }) });
};

export const recall: Handler<'recall'> = (context, { approval, reason }) => {
  const rule = approvalIn(context.rules, approval);
  if (rule === undefined) return unknownApproval(approval);
  const closed = notUnderReview(context, rule);
  if (closed !== undefined) return refused(closed);
  const draft = draftOf(context);
  endApproval(draft, approval, { outcome: 'recalled', ...(reason !== undefined && { reason }) });
  return draft.accepted();
};

/** For good: what was given goes with it. */
export const cancelApproval: Handler<'cancel_approval'> = (context, { approval, reason }) => {
  const rule = approvalIn(context.rules, approval);
  if (rule === undefined) return unknownApproval(approval);
  if (recordOf(context.state, approval)?.outcome !== 'approved') {
    const closed = notUnderReview(context, rule);
    if (closed !== undefined) return refused(closed);
  }
  const draft = draftOf(context);
  endApproval(draft, approval, { outcome: 'void', because: 'cancelled', reason });
  return draft.accepted();
};

function about({ approval, at }: Approval) {
  return { about: `approval ${approval}`, rule: at };
}

function alreadyAsked(view: CaseView, rule: Approval): Reason | undefined {
  const { standing } = approvalSeen(view.rules, view.state, rule.approval, seenIn(view));
  if (standing === 'under_review') {
    const steps = Object.values(recordOf(view.state, rule.approval)?.steps ?? {});
    const can_meet = [...new Set(steps.flatMap(({ asked }) => asked.map(({ person }) => person)))];
    return refusal('approval-under-review', [rule.approval], { ...about(rule), can_meet });
  }
  return standing === 'approved' ? refusal('approval-given', [rule.approval], about(rule)) : undefined;
}

/** Silence never approves: where no step applies there is nobody to ask. */
function asksNobody(view: CaseView, rule: Approval): Reason | undefined {
  const seen = seenIn(view);
  if (rule.turns.flat().some((step) => applies(step, seen))) return undefined;
  return refusal('approval-asks-nobody', [rule.approval], about(rule));
}

function ask(
  context: CommandContext,
  { approval }: Approval,
  what: Pick<HappeningOf<'approval_requested'>, 'how' | 'keeps' | 'note'>,
): Outcome<CaseEvent> {
  const { state, actor } = context;
  const before = recordOf(state, approval);
  const own = before?.pipeline === state.pipeline && what.how !== 'request' ? before.own_of : [];
  return draftOf(context)
    .add({
      event: 'approval_requested',
      approval,
      round: (before?.round ?? 0) + 1,
      pipeline: state.pipeline,
      own_of: [...new Set([...own, actor, state.owner])],
      ...what,
    })
    .accepted();
}

/**
 * `continue` goes on at the turn where it stopped: what was passed before stands. `changed_only` keeps whatever was
 * passed. What has changed since is kept by neither.
 */
function keptBy(view: CaseView, rule: Approval, record: ApprovalRecord, how: ResubmitWay): readonly string[] {
  if (how === 'restart') return [];
  const seen = seenIn(view);
  const isPassed = (step: string): boolean => lookUp(record.steps, step)?.passed_at !== undefined;
  const stopped = rule.turns.findIndex((turn) =>
    turn.some(({ step }) => step === record.stopped_at || (!isPassed(step) && Object.hasOwn(record.steps, step))),
  );
  const turns = how === 'continue' && stopped >= 0 ? rule.turns.slice(0, stopped) : rule.turns;
  return turns
    .flat()
    .filter((step) => {
      const entry = lookUp(record.steps, step.step);
      if (entry?.passed_at === undefined || step.step === record.stopped_at) return false;
      return (
        changedNames(
          entry.content,
          contentOf(step, view.state, (name) => seen.fact(name)),
        ).length === 0
      );
    })
    .map(({ step }) => step);
}
