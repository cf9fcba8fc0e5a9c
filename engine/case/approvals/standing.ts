/** Whether an approval holds: given by every step that applies, for exactly what stands there now. */

import { truthOf } from '../../condition/evaluate.ts';
import type { ApprovalSeen, Seen } from '../../condition/seen.ts';
import { shown } from '../../form/problems.ts';
import { changedNames } from '../../parts/approval/content.ts';
import type { ApprovalRecord } from '../../parts/approval/record.ts';
import type { Approval, ApprovalStep } from '../../playbook/approval.ts';
import type { Rules } from '../../playbook/set.ts';
import { addDuration } from '../../time/calendar.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { invalid, misfit, refusal } from '../no.ts';
import type { Outcome, Reason } from '../outcome.ts';
import type { CaseState } from '../state.ts';
import { contentOf } from './content-of.ts';

/** The approval as the case's rules have it. */
export function approvalIn(rules: Rules, approval: string): Approval | undefined {
  return lookUp(rules.approvals ?? {}, approval);
}

export function recordOf(state: CaseState, approval: string): ApprovalRecord | undefined {
  return lookUp(state.approvals ?? {}, approval);
}

/** A step is left out only where its `when` is certainly false. */
export function applies({ when }: ApprovalStep, seen: Seen): boolean {
  return when === undefined || truthOf(when, seen) !== false;
}

/** What conditions see of it. `stale`: it was given for something else, by other steps than apply now, or too long ago. */
export function approvalSeen(rules: Rules, state: CaseState, approval: string, seen: Seen): ApprovalSeen {
  const record = recordOf(state, approval);
  const rule = approvalIn(rules, approval);
  if (record === undefined || rule === undefined || record.pipeline !== state.pipeline) return { standing: 'missing' };
  if (record.outcome === undefined) return { standing: 'under_review', at: record.submitted_at };
  const at = record.ended_at ?? record.submitted_at;
  if (record.outcome !== 'approved') return { standing: record.outcome, at };
  return { standing: isCurrent(rule, record, state, seen) ? 'approved' : 'stale', at };
}

function isCurrent(rule: Approval, record: ApprovalRecord, state: CaseState, seen: Seen): boolean {
  if (isOver(rule, record, seen)) return false;
  const due = rule.turns.flat().filter((step) => applies(step, seen));
  const isGiven = (step: ApprovalStep): boolean => {
    const entry = lookUp(record.steps, step.step);
    if (entry?.passed_at === undefined) return false;
    return (
      changedNames(
        entry.content,
        contentOf(step, state, (name) => seen.fact(name)),
      ).length === 0
    );
  };
  return due.length > 0 && due.every(isGiven);
}

/** Whether it was given too long ago. */
export function isOver({ fresh_for: freshFor }: Approval, { ended_at: since }: ApprovalRecord, seen: Seen): boolean {
  return freshFor !== undefined && since !== undefined && addDuration(seen.calendar, since, freshFor) < seen.now;
}

export function unknownApproval(approval: string): Outcome<CaseEvent> {
  return invalid(misfit('approval-unknown', '/approval', shown(approval)));
}

/** Why nobody answers or recalls it now; absent while it is under review. */
export function notUnderReview({ state }: { readonly state: CaseState }, rule: Approval): Reason | undefined {
  const record = recordOf(state, rule.approval);
  if (record === undefined)
    return refusal('approval-not-requested', [rule.approval], { about: `approval ${rule.approval}`, rule: rule.at });
  if (record.outcome === undefined) return undefined;
  return refusal('approval-not-open', [rule.approval, record.outcome], {
    about: `approval ${rule.approval}`,
    rule: rule.at,
  });
}
