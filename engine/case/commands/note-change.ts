/** `note_change`: an import tells that the CRM moved or closed the case; the mapping's policy says what comes of it. */

import { localDate } from '../../time/calendar.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { whoContextOf } from '../case-view.ts';
import { checkLostReason } from '../check-lost-reason.ts';
import { type CrmPosition, isWhereItStands } from '../crm-change.ts';
import { followCrm } from '../follow-crm.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import type { Problem } from '../outcome.ts';
import { stageIndex } from '../route.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';

/** Where the CRM has come back to where the case stands there is nothing left to decide. */
export const noteChange: Handler<'note_change'> = (context, command) => {
  const { state, world, calendar, at } = context;
  const { policy, source, was, now, asks } = command;
  const problems = checkPosition(context, now);
  if (problems.length > 0) return invalid(...problems);
  if (isWhereItStands(state, now)) {
    if (state.held === undefined) return refused(refusal('crm-agrees', []));
    return draftOf(context).add({ event: 'change_settled', take: 'ours', now, asked: state.held.asked }).accepted();
  }
  const dueOn = command.debt_due_on ?? localDate(calendar, at);
  const asked = policy === 'quarantine' ? resolveWho(world.people, asks, whoContextOf(context)) : [];
  const draft = draftOf(context).add({
    event: 'changed_outside',
    policy,
    source,
    was,
    now,
    asks,
    asked,
    debt_due_on: dueOn,
  });
  if (policy === 'accept_with_debt') followCrm(draft, now, dueOn);
  return draft.accepted();
};

function checkPosition({ rules, at }: CommandContext, { stage, closed }: CrmPosition): readonly Problem[] {
  const { pipeline } = rules;
  const problems: Problem[] = [];
  if (stage === undefined && closed === undefined) problems.push(misfit('argument-missing', '/now', 'stage'));
  if (stage !== undefined && stageIndex(pipeline, stage) < 0)
    problems.push(misfit('stage-unknown', '/now/stage', stage));
  if (closed?.at !== undefined && closed.at > at) problems.push(misfit('date-in-future', '/now/closed/at'));
  if (closed?.as === 'lost') problems.push(...checkLostReason(pipeline, closed.reason, '/now/closed/reason'));
  return problems;
}
