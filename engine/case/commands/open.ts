/** `open`: a case begins, in the pipeline and at the stage that the playbook allows, or where an import says it stands. */

import { shown } from '../../form/problems.ts';
import type { Rules } from '../../playbook/set.ts';
import { mayAct } from '../../who/rights.ts';
import { checkPerson } from '../check-person.ts';
import { appliesCriterion, gateCriteria, openAtCriterion, winCriteria } from '../criteria.ts';
import type { CaseEvent } from '../event.ts';
import { forbidden, invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome } from '../outcome.ts';
import { unmetIn } from '../reasons.ts';
import { isOverWhenEntered, stageIndex, statusAt, winningIndex } from '../route.ts';
import { beginWhereItStands } from '../stage-moves.ts';
import type { World } from '../world.ts';
import { noteGates, warningsOf } from './advance.ts';
import { choosePipeline } from './choose-pipeline.ts';
import { importCase } from './import-case.ts';
import { type Opening, startCase } from './start-case.ts';

/** @param opening the command, its actor, its time, and the id the case will have */
export function open(world: World, opening: Opening): Outcome<CaseEvent> {
  const { command, actor } = opening;
  const owner = command.owner ?? actor;
  const right = command.imported === undefined ? 'open' : 'import';
  // The playbook itself starts a child: nobody's right is asked for.
  const isChild = command.parent !== undefined;
  if (!isChild && !mayAct(world.playbook.roles, world.people, actor, right, owner, opening.at))
    return forbidden('no-right', right);
  const nobody = checkPerson(world.people, owner, '/owner');
  // An import may bring what was won by somebody who has left.
  const isHistory = command.imported?.closed !== undefined && nobody?.code === 'person-inactive';
  if (nobody !== undefined && !isHistory) return invalid(nobody);

  const chosen = choosePipeline(world, opening);
  if ('outcome' in chosen) return chosen;
  const { imported } = command;
  return imported === undefined ? openFresh(world, opening, chosen) : importCase(world, opening, chosen, imported);
}

/**
 * At the stage `open_at` allows, whatever its `enter_when`: the door is `open_at` itself. A playbook that opens a case
 * behind its win, or at its end, asks for that win and that end too.
 */
function openFresh(world: World, opening: Opening, rules: Rules): Outcome<CaseEvent> {
  const { pipeline, gates } = rules;
  const wanted = opening.command.stage ?? pipeline.open_at[0]?.stage ?? '';
  const stage = pipeline.stages.find((one) => one.stage === wanted);
  const isDoor = pipeline.open_at.some((one) => one.stage === wanted);
  if (stage === undefined) return invalid(misfit('stage-unknown', '/stage', shown(wanted)));
  if (!isDoor) return refused(refusal('stage-not-open', [wanted], { about: `stage ${wanted}` }));

  const draft = startCase(world, opening, rules, { stage: wanted, opened_at: opening.at });
  if ('outcome' in draft) return draft;
  const isOver = isOverWhenEntered(pipeline, stageIndex(pipeline, wanted));
  const last = pipeline.stages.length - 1;
  const wins = statusAt(pipeline, wanted) === 'won' || (isOver && winningIndex(pipeline) === last);
  const unmet = unmetIn(draft.view, [
    ...appliesCriterion(pipeline),
    ...openAtCriterion(pipeline, stage),
    ...gateCriteria(gates, 'open'),
    ...(wins ? winCriteria(rules) : []),
    ...(isOver ? gateCriteria(gates, 'finish') : []),
  ]);
  const no = unmet.filter(({ criterion }) => criterion.mode === 'enforce').map(({ reason }) => reason);
  if (no.length > 0) return refused(...no);
  noteGates(draft, unmet);
  beginWhereItStands(draft, { wins, isOver });
  return draft.accepted(warningsOf(unmet));
}
