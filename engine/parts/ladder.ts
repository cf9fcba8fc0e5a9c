/** The clock of a stall ladder: from the facts of a stay, what is due by now and when to look again. */

import type { Clock, Stall } from '../case/state.ts';
import type { Ladder } from '../playbook/ladder.ts';
import { instantOf, isBusiness, type WorkingCalendar } from '../time/calendar.ts';
import type { Duration } from '../time/duration.ts';
import { type Instant, type Stretch, toMs } from '../time/instant.ts';
import { pauseSpans, pushedBy, type Span, stretchOf } from './pause.ts';
import { stallStart } from './stall-start.ts';

export interface LadderInput {
  /** The ladder of the running stall, else of the stage. */
  readonly ladder: Ladder;
  readonly calendar: WorkingCalendar;
  /** The stage's, if it has one. */
  readonly timebox?: Duration;
  /** The end of the day that a start of kind `due` counts from, where the case names one; of several, the first. */
  readonly due?: Instant;
  readonly clock: Clock;
  readonly now: Instant;
}

export type LadderStep =
  | { readonly step: 'stall_started'; readonly cause: Stall['cause']; readonly started_at: Instant }
  | {
      readonly step: 'rung_due';
      /** Index of the highest rung due; those due below it that have not fired are in `folded`. */
      readonly rung: number;
      readonly folded: readonly number[];
      readonly due_at: Instant;
      /** From the start of the stall to `due_at`: stretches of work for business units, elapsed ones for others. */
      readonly counted: readonly Stretch[];
      readonly paused: readonly Stretch[];
    };

export interface RungDue {
  readonly rung: number;
  readonly due_at: Instant;
}

/**
 * What is due at `now`, in order: the start of a stall and at most one rung, the highest, with those below it folded in.
 * Applying it and asking again at the same `now` gives nothing.
 */
export function ladderEvents(input: LadderInput): LadderStep[] {
  const pauses = pauseSpans(input.ladder, input.calendar, input.clock);
  const now = toMs(input.now);
  const steps: LadderStep[] = [];
  let running = runningStall(input.clock);
  if (running === undefined) {
    const start = stallStart(input, pauses);
    if (start === undefined || start.at > now) return steps;
    steps.push({ step: 'stall_started', cause: start.cause, started_at: instantOf(start.at) });
    running = { startedAt: start.at, fired: 0 };
  }
  const { startedAt, fired } = running;
  const dues = rungDues(input, pauses, startedAt);
  const rung = dues.findLastIndex((due) => due <= now);
  if (rung < fired) return steps;
  const dueAt = dues[rung] ?? now;
  steps.push({
    step: 'rung_due',
    rung,
    folded: dues.flatMap((_due, index) => (index >= fired && index < rung ? [index] : [])),
    due_at: instantOf(dueAt),
    ...shown(input, pauses, startedAt, dueAt, rung),
  });
  return steps;
}

/**
 * The next instant at which `ladderEvents` has something to say, in the past when it has now; undefined when only a
 * command can change anything. A pause that nobody has ended is taken to last until its budget is used up.
 */
export function ladderWakeAt(input: Omit<LadderInput, 'now'>): Instant | undefined {
  const pauses = pauseSpans(input.ladder, input.calendar, input.clock);
  const running = runningStall(input.clock);
  if (running === undefined) {
    const start = stallStart(input, pauses);
    return start === undefined ? undefined : instantOf(start.at);
  }
  const due = rungDues(input, pauses, running.startedAt)[running.fired];
  return due === undefined ? undefined : instantOf(due);
}

/** The rungs of the running stall that are still to come, lowest first; none when nothing has stalled. For showing. */
export function rungsAhead(input: Omit<LadderInput, 'now'>): RungDue[] {
  const running = runningStall(input.clock);
  if (running === undefined) return [];
  return rungDues(input, pauseSpans(input.ladder, input.calendar, input.clock), running.startedAt)
    .map((due, rung) => ({ rung, due_at: instantOf(due) }))
    .slice(running.fired);
}

interface RunningStall {
  readonly startedAt: number;
  readonly fired: number;
}

function runningStall({ stall }: Clock): RunningStall | undefined {
  return stall === undefined ? undefined : { startedAt: toMs(stall.started_at), fired: stall.fired };
}

/** When each rung is due, ms. Rungs of different units may cross; a rung is never due before the one below it. */
function rungDues(
  { ladder, calendar }: Omit<LadderInput, 'now'>,
  pauses: readonly Span[],
  startedAt: number,
): readonly number[] {
  let below = startedAt;
  return ladder.rungs.map((rung) => {
    below = Math.max(below, pushedBy(pauses, calendar, startedAt, rung.after));
    return below;
  });
}

/** The stretches that were counted to reach the rung, and those in which the clock stood. */
function shown(
  { ladder, calendar }: LadderInput,
  pauses: readonly Span[],
  startedAt: number,
  dueAt: number,
  rung: number,
): { readonly counted: readonly Stretch[]; readonly paused: readonly Stretch[] } {
  const paused = pauses
    .map(([from, to]): Span => [Math.max(from, startedAt), Math.min(to, dueAt)])
    .filter(([from, to]) => to > from);
  const unit = ladder.rungs[rung]?.after.unit ?? 'days';
  const ran = without([startedAt, dueAt], paused);
  const counted = isBusiness(unit) ? ran.flatMap(([from, to]) => calendar.stretches(from, to)) : ran;
  return { counted: counted.map(stretchOf), paused: paused.map(stretchOf) };
}

function without([from, to]: Span, holes: readonly Span[]): readonly Span[] {
  const edges = [from, ...holes.flat(), to];
  const parts: Span[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const part: Span = [edges[index] ?? to, edges[index + 1] ?? to];
    if (part[1] > part[0]) parts.push(part);
  }
  return parts;
}

export { pauseRemaining, pauseStretches } from './pause.ts';
