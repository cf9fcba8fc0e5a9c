/** `reopen`: a finished case is taken up again at the stage where it ended. */

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
  return draftOf(context)
    .add({ event: 'reopened', reason, status: statusAt(rules.pipeline, state.stage) })
    .accepted();
};
