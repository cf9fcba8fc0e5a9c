/** How activities, stalls and stays in a stage change the clock of a case. */

import type { Instant } from '../time/instant.ts';
import type { Clock, Pause } from './state.ts';

/** An activity keeps the promise of a next step, and moves the clock of inactivity forward, never back. */
export function clockAfterActivity(clock: Clock, at: Instant): Clock {
  if (at < clock.last_activity_at) return clock;
  const { next_step_by: _kept, ...rest } = clock;
  return { ...rest, last_activity_at: at };
}

/** After a decision the clock of inactivity starts anew, with the promised next step as its last moment. */
export function clockAfterStall(
  clock: Clock,
  event: { readonly at: Instant; readonly because: string; readonly next_step_by?: Instant },
): Clock {
  const { stall: _ended, next_step_by: _kept, ...rest } = clock;
  const decided = event.because === 'resolve' || event.because === 'hand_over';
  return {
    ...rest,
    stall_ended_at: event.at,
    ...(decided && { last_activity_at: event.at }),
    ...(event.next_step_by !== undefined && { next_step_by: event.next_step_by }),
  };
}

/**
 * One clock for each stay in a stage. A condition that pauses still holds; a snooze was for the stay it was asked in.
 * A stall that no event ended goes on in the new stay, and its pauses with it, so that its rungs come no earlier.
 */
export function clockOfNewStay(clock: Clock, at: Instant): Clock {
  const fresh = { entered_at: at, last_activity_at: at };
  if (clock.stall !== undefined) return { ...fresh, pauses: clock.pauses, stall: clock.stall };
  const isPaused = clock.pauses.some((pause) => pause.to === undefined);
  const pauses: readonly Pause[] = isPaused ? [{ from: at, why: 'condition' }] : [];
  return { ...fresh, pauses };
}
