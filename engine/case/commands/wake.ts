/** `wake`: the timer lets the clocks catch up. */

import { climb } from '../clock.ts';
import { draftOf, type Handler } from './handler.ts';

/** Nothing due is no mistake: timers come late, and twice. */
export const wake: Handler<'wake'> = (context) => {
  const draft = draftOf(context);
  climb(draft, false);
  return draft.accepted();
};
