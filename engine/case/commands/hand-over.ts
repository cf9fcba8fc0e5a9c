/** `hand_over`: somebody else owns the case from now on. */

import { checkPerson } from '../check-person.ts';
import { invalid, refusal, refused } from '../no.ts';
import { draftOf, type Handler } from './handler.ts';

/** A running stall goes on: handing a case around is no answer to it, unless by `resolve`. */
export const handOver: Handler<'hand_over'> = (context, { to, reason }) => {
  const nobody = checkPerson(context.world.people, to, '/to');
  if (nobody !== undefined) return invalid(nobody);
  const { owner } = context.state;
  if (to === owner) return refused(refusal('owner-same', [to]));
  return draftOf(context)
    .add({ event: 'handed_over', from: owner, to, ...(reason !== undefined && { reason }) })
    .accepted();
};
