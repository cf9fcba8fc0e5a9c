/** When and why a stall begins: the timebox or a due date is over, nothing happened for too long, or a promised step did not come. */

import type { Clock, Stall } from '../case/state.ts';
import type { LadderStart } from '../playbook/ladder.ts';
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
  const starts = input.ladder.starts.map((start) => startBy(start, input, pauses));
  starts.push(promiseEnd(input, pauses));
  return starts.reduce(
    (first, next) => (next !== undefined && !(first && first.at <= next.at) ? next : first),
    undefined,
  );
}

function startBy(start: LadderStart, input: Omit<LadderInput, 'now'>, pauses: readonly Span[]): StallStart | undefined {
  switch (start.kind) {
    case 'timebox':
      return timeboxEnd(input, pauses);
    case 'due':
      return dueEnd(input);
    case 'no_activity': {
      const since = toMs(input.clock.last_activity_at);
      return { cause: 'no_activity', at: pushedBy(pauses, input.calendar, since, start.for) };
    }
  }
}

/** A timebox that was over when the stall before ended has had its say in this stay. */
function timeboxEnd(
  { timebox, clock, calendar }: Omit<LadderInput, 'now'>,
  pauses: readonly Span[],
): StallStart | undefined {
  if (timebox === undefined) return undefined;
  const at = pushedBy(pauses, calendar, toMs(clock.entered_at), timebox);
  return isUsedUp(at, clock) ? undefined : { cause: 'timebox', at };
}

/** A date is the world's: no pause moves it. One that was over before this stay counts from its beginning. */
function dueEnd({ due, clock }: Omit<LadderInput, 'now'>): StallStart | undefined {
  if (due === undefined) return undefined;
  const at = Math.max(toMs(due), toMs(clock.entered_at));
  return isUsedUp(at, clock) ? undefined : { cause: 'due', at };
}

function isUsedUp(at: number, { stall_ended_at }: Clock): boolean {
  return stall_ended_at !== undefined && at <= toMs(stall_ended_at);
}

/** The day of a promised next step is over, and no activity has kept the promise. */
function promiseEnd({ clock }: Omit<LadderInput, 'now'>, pauses: readonly Span[]): StallStart | undefined {
  if (clock.next_step_by === undefined) return undefined;
  return {
    cause: 'no_activity',
    at: pushedElapsed(pauses, toMs(clock.last_activity_at), toMs(clock.next_step_by)),
  };
}
