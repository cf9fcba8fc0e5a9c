/** `fall_back`: back to an earlier stage, by somebody's judgement. */

import { shown } from '../../form/problems.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import { stageIndex } from '../route.ts';
import { goBack } from '../stage-moves.ts';
import { draftOf, type Handler } from './handler.ts';

export const fallBack: Handler<'fall_back'> = (context, { to, reason }) => {
  const { rules, state } = context;
  const target = stageIndex(rules.pipeline, to);
  if (target < 0) return invalid(misfit('stage-unknown', '/to', shown(to)));
  if (target >= stageIndex(rules.pipeline, state.stage)) {
    return refused(refusal('stage-not-behind', [to, state.stage], { about: `stage ${to}` }));
  }
  const draft = draftOf(context);
  goBack(draft, to, 'fall_back', reason);
  return draft.accepted();
};
