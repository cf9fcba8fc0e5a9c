/** What the stages that a case has passed rest on, as far as withdrawing evidence could take it away. */

import type { Condition, Leaf } from '../../playbook/condition.ts';
import type { CaseView } from '../case-view.ts';
import { stageCriteria } from '../criteria.ts';
import { evidenceIn } from '../evidence-in.ts';
import { stageIndex } from '../route.ts';
import { indexOf } from '../rules-of.ts';

/** The conditions of the stages passed that name the evidence. */
export function supportOf({ rules, state }: CaseView, evidence: string): readonly Condition[] {
  const opened = Math.max(0, stageIndex(rules.pipeline, state.opened_stage));
  const current = stageIndex(rules.pipeline, state.stage);
  return rules.pipeline.stages
    .slice(0, current)
    .flatMap((_stage, index) => (index < opened ? [] : stageCriteria(rules.pipeline, index)))
    .map((criterion) => criterion.condition)
    .filter((condition) => evidenceIn(condition, rules).has(evidence));
}

/** Whether the conditions could hold without this evidence, were everything else as it needs to be. */
export function canDoWithout(view: CaseView, support: readonly Condition[], evidence: string): boolean {
  const couldBe = (leaf: Leaf, wanted: boolean): boolean =>
    leaf.kind !== 'evidence' || leaf.evidence !== evidence || !wanted;
  const milestone = (id: string): Condition | undefined => indexOf(view.rules).milestones.get(id)?.when;
  return support.every((condition) => couldComeOut(condition, true, { couldBe, milestone }, []));
}

interface Hope {
  couldBe(leaf: Leaf, wanted: boolean): boolean;
  milestone(id: string): Condition | undefined;
}

function couldComeOut(condition: Condition, wanted: boolean, hope: Hope, through: readonly string[]): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const could = (part: Condition): boolean => couldComeOut(part, wanted, hope, through);
      return (condition.kind === 'all') === wanted ? condition.of.every(could) : condition.of.some(could);
    }
    case 'not':
      return couldComeOut(condition.of, !wanted, hope, through);
    case 'milestone': {
      const when = through.includes(condition.milestone) ? undefined : hope.milestone(condition.milestone);
      return when !== undefined && couldComeOut(when, wanted, hope, [...through, condition.milestone]);
    }
    default:
      return hope.couldBe(condition, wanted);
  }
}
