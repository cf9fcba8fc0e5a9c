/** The clocks of an approval: what waiting for an answer brings, and when what was given is over. */

import type { StepRecord } from '../../parts/approval/record.ts';
import type { Approval, ApprovalStep } from '../../playbook/approval.ts';
import { addDuration } from '../../time/calendar.ts';
import { fromMs, type Instant, toMs } from '../../time/instant.ts';
import type { CaseView } from '../case-view.ts';
import type { Draft } from '../draft.ts';
import { lookUp } from '../look-up.ts';
import { endApproval } from './settle-approvals.ts';
import { approvalIn, recordOf } from './standing.ts';

/** Adds what waiting has brought by now; of rungs missed together the highest speaks for all. */
export function ringApprovals(draft: Draft): void {
  for (const approval of Object.keys(draft.view.state.approvals ?? {})) {
    const rule = approvalIn(draft.view.rules, approval);
    if (rule !== undefined) for (const step of rule.turns.flat()) ringStep(draft, rule, step);
  }
}

function ringStep(draft: Draft, { approval }: Approval, step: ApprovalStep): void {
  const { view } = draft;
  const entry = waitingStep(view, approval, step);
  if (entry === undefined) return;
  const dues = rungDues(view, step, entry);
  const rung = dues.findLastIndex((due) => due <= view.at);
  const rule = step.rungs[rung];
  if (rule === undefined || rung < entry.fired) return;
  const fired = step.rungs.slice(entry.fired, rung + 1);
  draft.add({
    event: 'approval_rung_fired',
    approval,
    step: step.step,
    rung,
    folded: fired.slice(0, -1).map((_, index) => entry.fired + index),
    due_at: dues[rung] ?? view.at,
    rule: rule.at,
  });
  if (fired.some(({ lapse }) => lapse)) {
    endApproval(draft, approval, { outcome: 'lapsed', because: 'no_answer', step: step.step });
  }
}

/** When an approval next does something by itself. */
export function approvalsWakeAt(view: CaseView): Instant | undefined {
  const { rules, state, calendar } = view;
  if (state.finished) return undefined;
  const times = Object.entries(state.approvals ?? {}).flatMap(([approval, record]) => {
    const rule = approvalIn(rules, approval);
    if (rule === undefined || record.pipeline !== state.pipeline) return [];
    if (record.served === true) return [];
    if (record.outcome === 'approved' && record.ended_at !== undefined && rule.fresh_for !== undefined) {
      // Fresh at that very instant still, and over just after it.
      return [fromMs(toMs(addDuration(calendar, record.ended_at, rule.fresh_for)) + 1)];
    }
    return rule.turns.flat().flatMap((step) => {
      const entry = waitingStep(view, approval, step);
      return entry === undefined ? [] : (rungDues(view, step, entry)[entry.fired] ?? []);
    });
  });
  return times.sort()[0];
}

/** The step while it asks somebody, or would if there were anybody. */
function waitingStep({ state }: CaseView, approval: string, { step }: ApprovalStep): StepRecord | undefined {
  const record = recordOf(state, approval);
  const entry = record?.outcome === undefined && record !== undefined ? lookUp(record.steps, step) : undefined;
  const waits = entry !== undefined && entry.passed_at === undefined;
  return waits && (entry.asked.length > 0 || entry.stuck !== undefined) ? entry : undefined;
}

function rungDues({ calendar }: CaseView, { rungs }: ApprovalStep, { opened_at: since }: StepRecord): Instant[] {
  return rungs.map(({ after }) => addDuration(calendar, since, after));
}
