/** What an approval says as a whole: rungs in order, an end that is one, and no step that waits for the approval itself. */

import type { Approval } from '../../playbook/approval.ts';
import { durationText } from '../../time/duration.ts';
import type { Report } from '../diagnostics/report.ts';
import { type ApprovalRungSource, type ApprovalSource, stepsOf } from '../kinds/approval.ts';
import { compareDurations } from './duration-order.ts';
import { leavesOf } from './leaves.ts';

export function checkApproval(source: ApprovalSource, compiled: Approval, report: Report): void {
  for (const { rungs } of stepsOf(source)) checkRungs(rungs ?? [], report);
  for (const { when } of compiled.turns.flat()) {
    const leaf = when && leavesOf(when).find(({ kind }) => kind === 'approval');
    if (leaf !== undefined) report('approval-waits-for-approval', { at: leaf.at });
  }
}

function checkRungs(rungs: readonly ApprovalRungSource[], report: Report): void {
  rungs.forEach((rung, i) => {
    const before = rungs[i - 1];
    if (!before) return;
    const message = { zh: '前一档', en: 'the rung before' };
    const related = [{ place: before.after.place, message }];
    const order = compareDurations(before.after.value, rung.after.value);
    const { place } = rung.after;
    if (order === undefined)
      report('mixed-clocks', place, { other: durationText(before.after.value, 'en') }, { related });
    else if (order >= 0) report('rung-order', place, {}, { related });
    if (before.do.some((one) => 'value' in one && one.value === 'lapse')) {
      const lapsed = { zh: '到此已失效', en: 'it has lapsed here' };
      report('rung-after-lapse', rung.place, {}, { related: [{ place: before.place, message: lapsed }] });
    }
  });
}
