/** `close`: the case is won, by leaving its winning stage, or lost, for a reason of the playbook's list. */

import { checkLostReason } from '../check-lost-reason.ts';
import { closeCriterion, routeCriteria } from '../criteria.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import { unmetIn } from '../reasons.ts';
import { routeTo, routeToWin, winningIndex } from '../route.ts';
import { lose } from '../stage-moves.ts';
import { takeRoute } from './advance.ts';
import { type CommandContext, type CommandOf, draftOf, type Handler } from './handler.ts';

export const close: Handler<'close'> = (context, command) =>
  command.as === 'won' ? closeWon(context, command) : closeLost(context, command);

/** The advance that wins, and only that one; from anywhere else it is refused with all that is in between. */
function closeWon(context: CommandContext, { reason, note }: CommandOf<'close'>) {
  const { rules, state } = context;
  if (reason !== undefined) return invalid(misfit('reason-not-taken', '/reason'));
  const next = routeTo(rules.pipeline, state);
  if (next?.wins === true) return takeRoute(context, next, note);
  if (state.status === 'won') return refused(refusal('already-won', []));
  const winning = rules.pipeline.stages[winningIndex(rules.pipeline)]?.stage ?? state.stage;
  const route = routeToWin(rules.pipeline, state);
  const unmet = route === undefined ? [] : unmetIn(context, routeCriteria(rules, state, route));
  const enforced = unmet.filter(({ criterion }) => criterion.mode === 'enforce').map(({ reason: why }) => why);
  return refused(refusal('stage-not-winning', [state.stage, winning], { about: `stage ${winning}` }), ...enforced);
}

function closeLost(context: CommandContext, { reason, note }: CommandOf<'close'>) {
  const { rules, state } = context;
  const misfits = checkLostReason(rules.pipeline, reason, '/reason');
  if (reason === undefined || misfits.length > 0) return invalid(...misfits);
  if (state.status === 'won') return refused(refusal('already-won', []));
  const unmet = unmetIn(context, closeCriterion(rules.pipeline, 'lost'));
  if (unmet.length > 0) return refused(...unmet.map((one) => one.reason));
  const draft = draftOf(context);
  lose(draft, reason, note);
  return draft.accepted();
}
