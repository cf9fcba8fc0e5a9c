/** When a person's entity must be looked at again. */

import type { Instant } from '../time/instant.ts';
import type { PersonState } from './state.ts';
import type { PersonWorld } from './world.ts';

/** Never yet: nothing about a person falls due by itself until rhythms and absences come. */
export function wakeAt(_world: PersonWorld, _state: PersonState): Instant | undefined {
  return undefined;
}
