/** Nothing is signed around its review: what asks for an approval, itself or through a milestone or a score, is never waived. */

import { approvalsIn } from '../../case/evidence-in.ts';
import type { Decision } from '../../playbook/decision.ts';
import type { Gate } from '../../playbook/gate.ts';
import type { Pipeline } from '../../playbook/pipeline.ts';
import type { Rules } from '../../playbook/set.ts';
import type { Report } from '../diagnostics/report.ts';

/** @param gates and @param decisions those of the pipeline */
export function checkWaivers(
  pipeline: Pipeline,
  gates: readonly Gate[],
  decisions: readonly Decision[],
  report: Report,
): void {
  const rules: Rules = { hash: '', pipeline, gates, ladders: {}, decisions };
  for (const { waiver, when } of [...pipeline.stages.flatMap((stage) => stage.milestones), ...gates]) {
    if (waiver !== undefined && approvalsIn(when, rules).size > 0) report('approval-waivable', { at: waiver.at });
  }
}
