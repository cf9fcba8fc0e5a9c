/** What an approval says as a whole: rungs in order, an end that is one, and no step that waits for the approval itself. */

import type { Approval } from '../../playbook/approval.ts';
import type { Report } from '../diagnostics/report.ts';
import { type ApprovalRungSource, type ApprovalSource, stepsOf } from '../kinds/approval.ts';
import { leavesOf } from './leaves.ts';
import { checkRungOrder } from './rung-order.ts';

export function checkApproval(source: ApprovalSource, compiled: Approval, report: Report): void {
  for (const { rungs } of stepsOf(source)) checkRungs(rungs ?? [], report);
  for (const { when } of compiled.turns.flat()) {
    const leaf = when && leavesOf(when).find(({ kind }) => kind === 'approval');
    if (leaf !== undefined) report('approval-waits-for-approval', { at: leaf.at });
  }
}

function checkRungs(rungs: readonly ApprovalRungSource[], report: Report): void {
  checkRungOrder(rungs, report);
  rungs.forEach((rung, i) => {
    const before = rungs[i - 1];
    if (before?.do.some((one) => 'value' in one && one.value === 'lapse')) {
      const lapsed = { zh: '到此已失效', en: 'it has lapsed here' };
      report('rung-after-lapse', rung.place, {}, { related: [{ place: before.place, message: lapsed }] });
    }
  });
}
