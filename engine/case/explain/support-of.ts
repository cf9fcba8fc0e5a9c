/** What the stages that a case has passed rest on, as far as one piece of evidence is concerned. */

import type { Condition } from '../../playbook/condition.ts';
import type { CaseView } from '../case-view.ts';
import { stageCriteria } from '../criteria.ts';
import { evidenceIn } from '../evidence-in.ts';
import { stageIndex } from '../route.ts';
import { isPassedByWaiver } from '../waivers/standing.ts';

/** The conditions of the stages passed that name the evidence. */
export function supportOf({ rules, state }: CaseView, evidence: string): readonly Condition[] {
  const opened = Math.max(0, stageIndex(rules.pipeline, state.opened_stage));
  const current = stageIndex(rules.pipeline, state.stage);
  return rules.pipeline.stages
    .slice(0, current)
    .flatMap((_stage, index) => (index < opened ? [] : stageCriteria(rules.pipeline, index)))
    .filter((criterion) => !isPassedByWaiver(state, criterion))
    .map((criterion) => criterion.condition)
    .filter((condition) => evidenceIn(condition, rules).has(evidence));
}
