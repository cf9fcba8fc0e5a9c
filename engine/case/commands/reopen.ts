/** `reopen`: a finished case is taken up again at the stage where it ended. */

import { askAnew } from '../ask-anew.ts';
import { handToHeir } from '../hand-to-heir.ts';
import { refusal, refused } from '../no.ts';
import { statusAt } from '../route.ts';
import { draftOf, type Handler } from './handler.ts';

/**
 * Lost or delivered alike, imported ones included. The win stands where the winning stage lies behind; a case that had
 * been won by leaving its last stage stands in that stage again, and so has its win before it again.
 */
export const reopen: Handler<'reopen'> = (context, { reason }) => {
  const { rules, state } = context;
  if (!state.finished) return refused(refusal('case-not-finished', []));
  const draft = draftOf(context).add({ event: 'reopened', reason, status: statusAt(rules.pipeline, state.stage) });
  // Whoever left while it was finished was not missed then.
  const open = Object.values(state.tasks).filter((task) => task.done_at === undefined);
  for (const person of new Set([state.owner, ...open.map((task) => task.owner)])) handToHeir(draft, person);
  askAnew(draft);
  return draft.accepted();
};
