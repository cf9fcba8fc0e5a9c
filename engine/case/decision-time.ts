/** The time a decision bears. */

import { instantOf } from '../time/calendar.ts';
import { type Instant, toMs } from '../time/instant.ts';
import { laterOf } from './later-of.ts';

/** Clocks of senders differ by so much; one that runs further ahead is not believed. */
const BELIEVED_AHEAD_MS = 2 * 60_000;

/** Never earlier than what was decided before, nor than the sender's own time as far as that can be believed. */
export function decisionTime(now: Instant, lastAt: Instant | undefined, sentAt: Instant | undefined): Instant {
  const since = laterOf(now, lastAt ?? now);
  // Only what was sent from elsewhere bears a time of its own.
  if (sentAt === undefined) return since;
  const latest = instantOf(toMs(now) + BELIEVED_AHEAD_MS);
  return laterOf(since, sentAt > latest ? latest : sentAt);
}
