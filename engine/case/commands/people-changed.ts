/** `people_changed`: somebody on whom the case may depend is away, back, placed elsewhere or gone. */

import { askAnew } from '../ask-anew.ts';
import { handToHeir } from '../hand-to-heir.ts';
import { draftOf, type Handler } from './handler.ts';

/** The case goes to somebody before anybody is asked, as who is asked depends on its owner. */
export const peopleChanged: Handler<'people_changed'> = (context, { person, successor }) => {
  const draft = draftOf(context);
  if (context.state.finished) return draft.accepted();
  handToHeir(draft, person, successor);
  askAnew(draft);
  return draft.accepted();
};
