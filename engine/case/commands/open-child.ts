/** `open` on behalf of the case that starts this one: whatever stands against it is a refusal, which the parent hears of. */

import type { CaseEvent } from '../event.ts';
import { refusal, refused } from '../no.ts';
import type { Outcome, Reason } from '../outcome.ts';
import type { CaseState } from '../state.ts';
import type { World } from '../world.ts';
import { open } from './open.ts';
import type { Opening } from './start-case.ts';

/** @param state present where a case of this id is there already */
export function openChild(world: World, state: CaseState | undefined, opening: Opening): Outcome<CaseEvent> {
  if (state !== undefined) return refused(refusal('case-exists', []));
  const outcome = open(world, opening);
  if (outcome.outcome !== 'invalid') return outcome;
  // Its parent handed down what does not fit; nobody else is there to be told.
  const reasons = outcome.problems.map(({ code, message, path }): Reason => {
    const about = path === '' ? {} : { about: path.slice(1).replaceAll('/', ' ') };
    return { code, message, ...about, unmet: [], can_meet: [], under_way: [] };
  });
  return refused(...reasons);
}
