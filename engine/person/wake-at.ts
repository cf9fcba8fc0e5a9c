/** When a person's entity must be looked at again. */

import type { Instant } from '../time/instant.ts';
import { coachingWakeAt } from './coaching/turns.ts';
import { findingsWakeAt } from './findings/ring-findings.ts';
import { digestAt } from './inbox-rules.ts';
import { dutiesWakeAt } from './rhythm/turn-series.ts';
import type { PersonState } from './state.ts';
import type { PersonWorld } from './world.ts';

/** The earliest of: the day of leaving, the begin or end of an absence, the next digest, what coaching, findings and duties wait for; absent: nothing falls due. */
export function wakeAt(world: PersonWorld, state: PersonState): Instant | undefined {
  const absences = state.absences.map(({ absence, from, until }) => (state.away === absence ? until : from));
  return [
    state.leaves?.at,
    digestAt(world, state),
    coachingWakeAt(world, state),
    findingsWakeAt(world, state),
    dutiesWakeAt(world, state),
    ...absences,
  ]
    .filter((at) => at !== undefined)
    .sort()[0];
}
