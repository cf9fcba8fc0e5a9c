/** Chooses the pipeline a case opens in: the one named, else the one whose `applies_when` holds. */

import { truthOf } from '../../condition/evaluate.ts';
import { shown } from '../../form/problems.ts';
import type { Rules } from '../../playbook/set.ts';
import { seenIn } from '../case-view.ts';
import { appliesCriterion } from '../criteria.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { invalid, misfit, refused } from '../no.ts';
import type { Outcome, Reason } from '../outcome.ts';
import { reasonOf } from '../reasons.ts';
import type { World } from '../world.ts';
import { type Opening, startCase } from './start-case.ts';

export function choosePipeline(world: World, opening: Opening): Rules | Outcome<CaseEvent> {
  const { pipeline } = opening.command;
  if (pipeline !== undefined) {
    const named = lookUp(world.playbook.rules, pipeline);
    return named ?? invalid(misfit('pipeline-unknown', '/pipeline', shown(pipeline)));
  }
  return chooseByFacts(world, opening);
}

/**
 * Several that apply are the caller's to choose from; none is a refusal that says why of each. A pipeline that says which
 * cases it is for comes before those that would take any.
 */
function chooseByFacts(world: World, opening: Opening): Rules | Outcome<CaseEvent> {
  const fitting: Rules[] = [];
  const reasons: Reason[] = [];
  let misfits: Outcome<CaseEvent> | undefined;
  for (const rules of Object.values(world.playbook.rules)) {
    const stage = rules.pipeline.open_at[0]?.stage ?? '';
    const draft = startCase(world, opening, rules, { stage, opened_at: opening.at });
    if ('outcome' in draft) {
      misfits ??= draft;
      continue;
    }
    const [applies] = appliesCriterion(rules.pipeline);
    // Not known to apply is not enough to be chosen by.
    if (applies === undefined || truthOf(applies.condition, seenIn(draft.view)) === true) fitting.push(rules);
    else reasons.push(reasonOf(draft.view, applies));
  }
  const meant = fitting.filter((rules) => rules.pipeline.applies_when !== undefined);
  const chosen = meant.length > 0 || reasons.length > 0 ? meant : fitting;
  const [only] = chosen;
  if (only !== undefined && chosen.length === 1) return only;
  if (chosen.length > 1) {
    const ids = chosen.map((rules) => shown(rules.pipeline.pipeline)).join(', ');
    return invalid(misfit('pipelines-several', '/pipeline', ids));
  }
  return reasons.length > 0 || misfits === undefined ? refused(...reasons) : misfits;
}
