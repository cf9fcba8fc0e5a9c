/** Makes the approvals of a case ready to show: those its rules know, asked for or not. */

import { contentTitle } from '../../engine/case/approvals/approval-effects.ts';
import { contentOf } from '../../engine/case/approvals/content-of.ts';
import { applies, approvalSeen, recordOf } from '../../engine/case/approvals/standing.ts';
import { type CaseView, seenIn } from '../../engine/case/case-view.ts';
import { lookUp } from '../../engine/case/look-up.ts';
import { changesBetween } from '../../engine/parts/approval/content.ts';
import type { ApprovalRecord, Content, StepRecord } from '../../engine/parts/approval/record.ts';
import type { Approval, ApprovalStep } from '../../engine/playbook/approval.ts';
import { valueText } from '../../engine/playbook/value-text.ts';
import { addDuration } from '../../engine/time/calendar.ts';
import type { ApprovalStepView, ApprovalView } from './approval-view.ts';
import { changeView } from './change-view.ts';
import { personRef } from './person-ref.ts';
import { titlesOf } from './titles.ts';

export function makeApprovalViews(view: CaseView): ApprovalView[] {
  return Object.values(view.rules.approvals ?? {}).map((rule) => approvalOf(view, rule));
}

function approvalOf(view: CaseView, rule: Approval): ApprovalView {
  const { rules, state, world, calendar } = view;
  const seen = approvalSeen(rules, state, rule.approval, seenIn(view));
  const record = seen.standing === 'missing' ? undefined : recordOf(state, rule.approval);
  const ended = record?.ended_at;
  return {
    approval: rule.approval,
    title: rule.title,
    standing: seen.standing,
    ...(record !== undefined && {
      round: record.round,
      submitted_by: personRef(world.people, record.submitted_by),
      submitted_at: record.submitted_at,
    }),
    ...(ended !== undefined && { ended_at: ended }),
    ...(record?.outcome === 'approved' &&
      ended !== undefined &&
      rule.fresh_for !== undefined && { fresh_until: addDuration(calendar, ended, rule.fresh_for) }),
    steps: rule.turns.flatMap((turn, index) => turn.map((step) => stepOf(view, record, step, index + 1))),
    rule: rule.at,
  };
}

function stepOf(
  view: CaseView,
  record: ApprovalRecord | undefined,
  step: ApprovalStep,
  turn: number,
): ApprovalStepView {
  const { world, at } = view;
  const seen = seenIn(view);
  const entry = record && lookUp(record.steps, step.step);
  const before = record && lookUp(record.before, step.step);
  const waits = entry?.passed_at === undefined && record?.outcome === undefined;
  const content = entry?.content ?? contentOf(step, view.state, (name) => seen.fact(name));
  return {
    step: step.step,
    title: step.title,
    turn,
    status: statusOf(entry, entry !== undefined || applies(step, seen)),
    asked: [...new Set((entry?.asked ?? []).map(({ person }) => person))].map((one) => personRef(world.people, one)),
    answers: Object.values(entry?.answers ?? {}).map(({ by, on_behalf_of: place, answer, at: given }) => ({
      by: personRef(world.people, by),
      ...(place !== undefined && { on_behalf_of: personRef(world.people, place) }),
      answer,
      at: given,
    })),
    ...(entry !== undefined && { digest: entry.digest }),
    content: boundViews(view, content),
    ...(before !== undefined && {
      changes: changesBetween(before.content, content).map((one) => changeView(one, titlesOf(view.rules))),
    }),
    ...(entry?.due_at !== undefined && { due_at: entry.due_at }),
    is_late: waits && entry?.due_at !== undefined && entry.due_at <= at,
    rule: step.at,
  };
}

function statusOf(entry: StepRecord | undefined, isDue: boolean): ApprovalStepView['status'] {
  if (entry?.passed_at !== undefined) return 'passed';
  if (!isDue) return 'left_out';
  if (entry?.stuck !== undefined) return 'nobody_can';
  return (entry?.asked.length ?? 0) > 0 ? 'asked' : 'waits';
}

function boundViews(view: CaseView, content: Content): NonNullable<ApprovalStepView['content']> {
  const { facts } = titlesOf(view.rules);
  return Object.entries(content).map(([name, value]) => ({
    name,
    title: contentTitle(view, name),
    value,
    shown: valueText(value, facts.get(name)),
  }));
}
