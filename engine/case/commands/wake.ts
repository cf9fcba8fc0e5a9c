/** `wake`: the timer lets the clocks catch up; it rings, too, when other roles are in force. */

import { ringApprovals } from '../approvals/ring-approvals.ts';
import { askAnew } from '../ask-anew.ts';
import { climb } from '../clock.ts';
import { ringFindings } from '../findings/ring-findings.ts';
import { draftOf, type Handler } from './handler.ts';

/** Nothing due is no mistake: timers come late, and twice. */
export const wake: Handler<'wake'> = (context) => {
  const draft = draftOf(context);
  climb(draft, false);
  // Limits are never pinned: whoever has the authority now is asked.
  askAnew(draft);
  ringApprovals(draft);
  ringFindings(draft);
  return draft.accepted();
};
