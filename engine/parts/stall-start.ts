/** When and why a stall begins: the timebox is over, nothing happened for too long, or a promised step did not come. */

import type { Stall } from '../case/state.ts';
import { toMs } from '../time/instant.ts';
import type { LadderInput } from './ladder.ts';
import { pushedBy, pushedElapsed, type Span } from './pause.ts';

export interface StallStart {
  readonly cause: Stall['cause'];
  /** Epoch ms. */
  readonly at: number;
}

/** The earliest of what may start the stall, after pauses; undefined when nothing will. */
export function stallStart(input: Omit<LadderInput, 'now'>, pauses: readonly Span[]): StallStart | undefined {
  const { ladder, clock } = input;
  const starts: (StallStart | undefined)[] = ladder.starts.map((start) =>
    start.kind === 'timebox'
      ? timeboxEnd(input, pauses)
      : {
          cause: 'no_activity',
          at: pushedBy(pauses, input.calendar, toMs(clock.last_activity_at), start.for),
        },
  );
  starts.push(promiseEnd(input, pauses));
  return starts.reduce(
    (first, next) => (next !== undefined && !(first && first.at <= next.at) ? next : first),
    undefined,
  );
}

/** A timebox that was over when the stall before ended has had its say in this stay. */
function timeboxEnd(
  { timebox, clock, calendar }: Omit<LadderInput, 'now'>,
  pauses: readonly Span[],
): StallStart | undefined {
  if (timebox === undefined) return undefined;
  const at = pushedBy(pauses, calendar, toMs(clock.entered_at), timebox);
  const isUsedUp = clock.stall_ended_at !== undefined && at <= toMs(clock.stall_ended_at);
  return isUsedUp ? undefined : { cause: 'timebox', at };
}

/** The day of a promised next step is over, and no activity has kept the promise. */
function promiseEnd({ clock }: Omit<LadderInput, 'now'>, pauses: readonly Span[]): StallStart | undefined {
  if (clock.next_step_by === undefined) return undefined;
  return {
    cause: 'no_activity',
    at: pushedElapsed(pauses, toMs(clock.last_activity_at), toMs(clock.next_step_by)),
  };
}
