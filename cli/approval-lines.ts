/** The approvals of a case as lines: who is asked, what they look at, and how to answer. */

import type { ApprovalStepView, ApprovalView } from '../api/views/approval-view.ts';
import type { CaseContext } from './case-clock-lines.ts';

/** Longer values are cut: the whole stands in `--json`. */
const MOST_SHOWN = 80;
const DIGEST_SHOWN = 12;

export function approvalLines(approvals: readonly ApprovalView[], context: CaseContext): string[] {
  const asked = approvals.filter(({ standing }) => standing !== 'missing');
  if (asked.length === 0) return [];
  return ['', context.say('审批', 'Approvals'), ...asked.flatMap((one) => linesOf(one, context))];
}

function linesOf(view: ApprovalView, context: CaseContext): string[] {
  const { lang, say, face } = context;
  const standing = {
    approved: say('已通过', 'given'),
    stale: say('通过后内容变了或过期', 'given for something else, or too long ago'),
    under_review: say('审批中', 'under review'),
    rejected: say('被驳回', 'rejected'),
    sent_back: say('被退回', 'sent back'),
    recalled: say('已撤回', 'recalled'),
    void: say('已作废', 'void'),
    lapsed: say('已失效', 'lapsed'),
    missing: say('未提交', 'not asked for'),
  }[view.standing];
  const by =
    view.submitted_by === undefined ? '' : say(`，${view.submitted_by.name} 提交`, `, by ${view.submitted_by.name}`);
  const until =
    view.fresh_until === undefined ? '' : say('，有效至 ', ', fresh until ') + face.instant(view.fresh_until);
  const head = `  ${view.title[lang]}  ${standing}${by}${until}  [${view.approval}]`;
  return [head, ...view.steps.flatMap((step) => stepLines(view, step, context))];
}

function stepLines(view: ApprovalView, step: ApprovalStepView, context: CaseContext): string[] {
  const { lang, say, face } = context;
  const people = step.asked.map(({ name }) => name).join(', ');
  const status = {
    left_out: say('不适用', 'does not apply'),
    waits: say('未到', 'its turn has not come'),
    asked: say(`等 ${people}`, `waits for ${people}`),
    nobody_can: say('无人可答', 'nobody can answer'),
    passed: say('通过', 'passed'),
  }[step.status];
  const answers = step.answers.map(({ by, on_behalf_of: place, answer }) => {
    const name = place === undefined ? by.name : say(`${by.name} 代 ${place.name}`, `${by.name} for ${place.name}`);
    return answer === 'approved' ? `✓ ${name}` : `✗ ${name}`;
  });
  const due = step.due_at === undefined || step.status !== 'asked' ? '' : `, ${face.lastDay(step.due_at)}`;
  const late = step.is_late && step.status === 'asked' ? say('，已过时限', ', late') : '';
  const said = answers.length === 0 ? '' : `  ${answers.join('  ')}`;
  const line = `    ${step.turn}. ${step.title[lang]}  ${status}${due}${late}${said}  [${step.step}]`;
  if (step.status !== 'asked' || view.standing !== 'under_review') return [line];
  const content = (step.content ?? []).map(({ title, shown }) => `       ${title[lang]}: ${cut(shown[lang])}`);
  const changes = (step.changes ?? []).flatMap((change) => [
    `       ${say('变了', 'changed')}: ${change.text[lang]}`,
    ...(change.lines ?? [])
      .filter((one) => one.change !== 'kept')
      .map((one) => `         ${one.change === 'removed' ? '-' : '+'} ${one.line}`),
  ]);
  const digest =
    step.digest === undefined ? [] : [`       approve ${view.approval} --digest ${step.digest.slice(0, DIGEST_SHOWN)}`];
  return [line, ...content, ...changes, ...digest];
}

function cut(text: string): string {
  const [first = ''] = text.split('\n');
  return first.length > MOST_SHOWN || first !== text ? `${first.slice(0, MOST_SHOWN)}…` : text;
}
