/** Lets virtual time pass: whatever is due rings at its own moment, as on a server. */

import type { Instant } from '../time/instant.ts';
import type { Occurrence } from './occurrence.ts';

/** Clocks ring a few times a day; so many without coming to an end are one that never rests. */
const RINGS_AT_MOST = 10_000;

export interface Ring {
  readonly at: Instant;
  readonly ring: () => readonly Occurrence[];
}

export interface Passing {
  readonly now: () => Instant;
  readonly moveTo: (at: Instant) => void;
  /** What rings next; absent: nothing is waited for. */
  readonly next: () => Ring | undefined;
}

/** Time never goes back. @returns what came of it; `stuck` when a clock rings without end */
export function passTime(
  target: Instant,
  { now, moveTo, next }: Passing,
): { readonly happened: readonly Occurrence[]; readonly stuck: boolean } {
  const happened: Occurrence[] = [];
  for (let rings = 0; rings < RINGS_AT_MOST; rings += 1) {
    const due = next();
    const until = due === undefined || due.at > target ? target : due.at;
    if (until > now()) moveTo(until);
    if (due === undefined || due.at > target) return { happened, stuck: false };
    happened.push(...due.ring());
  }
  return { happened, stuck: true };
}
