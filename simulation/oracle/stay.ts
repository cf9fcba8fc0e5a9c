/** The stall clock of a case, kept a second time from its events: what pauses, what has stalled, which rungs have fired. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { Ladder } from '../../engine/playbook/ladder.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import type { Duration } from '../../engine/time/duration.ts';
import type { SlowTime } from './slow-time.ts';

/** `[from, to)` in epoch ms. */
type Span = readonly [number, number];

export interface Stalled {
  readonly ladder: string;
  readonly startedAt: number;
  /** Rungs that have fired, in the order in which they did, those folded in included. */
  readonly fired: readonly number[];
  readonly isDemanding: boolean;
}

/** What judges the stay at the moment. */
export interface Judges {
  readonly rules: Rules;
  readonly time: SlowTime;
  readonly stage: string;
}

export class Stay {
  private enteredAt = 0;
  private quietSince = 0;
  private pauses: { from: number; to: number; isOpen: boolean }[] = [];
  private stallEndedAt: number | undefined;
  private promisedBy: number | undefined;
  private isOver = false;
  private running: Stalled | undefined;

  get stalled(): Stalled | undefined {
    return this.running;
  }

  get isFinished(): boolean {
    return this.isOver;
  }

  add(event: CaseEvent): void {
    const at = Date.parse(event.at);
    switch (event.event) {
      case 'case_opened':
        this.begin(Date.parse(event.opened_at));
        return;
      case 'reopened':
        this.isOver = false;
        this.begin(at);
        return;
      case 'stage_entered':
      case 'pipeline_moved':
        this.begin(at);
        return;
      case 'activity_logged':
        this.hear(Date.parse(event.happened_at));
        return;
      case 'evidence_submitted':
      case 'task_completed':
        this.hear(at);
        return;
      case 'finished':
        this.isOver = true;
        return;
      default:
        this.count(event, at);
    }
  }

  private count(event: CaseEvent, at: number): void {
    switch (event.event) {
      case 'pause_started':
        this.pauses.push({ from: at, to: Number.POSITIVE_INFINITY, isOpen: true });
        return;
      case 'pause_ended':
        this.pauses = this.pauses.map((one) => (one.isOpen ? { ...one, to: at, isOpen: false } : one));
        return;
      case 'snoozed':
        this.pauses.push({ from: at, to: Date.parse(event.until), isOpen: false });
        return;
      case 'stall_started': {
        const { ladder, started_at } = event;
        this.running = { ladder, startedAt: Date.parse(started_at), fired: [], isDemanding: false };
        return;
      }
      case 'rung_fired':
        if (this.running === undefined) throw new Error('a rung fired of no stall');
        this.running = {
          ...this.running,
          fired: [...this.running.fired, ...event.folded, event.rung],
          isDemanding: this.running.isDemanding || event.demanded,
        };
        return;
      case 'demand_resolved':
        if (this.running !== undefined) this.running = { ...this.running, isDemanding: false };
        return;
      case 'stall_ended':
        this.running = undefined;
        this.stallEndedAt = at;
        this.promisedBy = event.next_step_by === undefined ? undefined : Date.parse(event.next_step_by);
        // A decision was taken: what was quiet before counts no more.
        if (event.because === 'resolve' || event.because === 'hand_over') this.quietSince = at;
        return;
      default:
        return;
    }
  }

  /** A snooze was for the stay it was asked in; a stall that goes on takes its pauses along. */
  private begin(at: number): void {
    this.enteredAt = at;
    this.quietSince = at;
    this.stallEndedAt = undefined;
    this.promisedBy = undefined;
    if (this.running === undefined) {
      this.pauses = this.pauses.filter((one) => one.isOpen).map((one) => ({ ...one, from: at }));
    }
  }

  private hear(at: number): void {
    if (at < this.quietSince) return;
    this.quietSince = at;
    this.promisedBy = undefined;
  }

  ladderOf({ rules, stage }: Judges): Ladder | undefined {
    const declared = rules.pipeline.stages.find((one) => one.stage === stage)?.ladder;
    const name = this.running?.ladder ?? declared;
    return name === undefined ? undefined : rules.ladders[name];
  }

  /** The next moment at which something is owed to somebody: the start of a stall, or a rung. */
  nextDue(judges: Judges): number | undefined {
    const ladder = this.isOver ? undefined : this.ladderOf(judges);
    if (ladder === undefined) return undefined;
    const pauses = this.counted(ladder, judges.time);
    if (this.running === undefined) return this.stallDue(ladder, judges, pauses);
    return this.rungDue(ladder, judges.time, pauses, this.running.fired.length);
  }

  /** When a rung of the running stall is due: after its length, and not before the rungs below it. */
  rungDueNow(judges: Judges, rung: number): number | undefined {
    const ladder = this.ladderOf(judges);
    return ladder && this.rungDue(ladder, judges.time, this.counted(ladder, judges.time), rung);
  }

  private rungDue(ladder: Ladder, time: SlowTime, pauses: readonly Span[], rung: number): number | undefined {
    const { startedAt } = this.running ?? {};
    if (startedAt === undefined || ladder.rungs[rung] === undefined) return undefined;
    const below = ladder.rungs.slice(0, rung + 1).map(({ after }) => reached(time, startedAt, after, pauses));
    return Math.max(startedAt, ...below);
  }

  /** When a stall begins that has not begun: the timebox over, quiet for too long, or a promise not kept. */
  stallDue(ladder: Ladder, { rules, time, stage }: Judges, pauses: readonly Span[]): number | undefined {
    const dues: number[] = [];
    const timebox = rules.pipeline.stages.find((one) => one.stage === stage)?.timebox;
    for (const start of ladder.starts) {
      if (start.kind === 'no_activity') {
        dues.push(reached(time, this.quietSince, start.for, pauses));
      } else if (timebox !== undefined) {
        const end = reached(time, this.enteredAt, timebox, pauses);
        if (this.stallEndedAt === undefined || end > this.stallEndedAt) dues.push(end);
      }
    }
    if (this.promisedBy !== undefined) {
      const length: Duration = { amount: (this.promisedBy - this.quietSince) / 3_600_000, unit: 'hours' };
      dues.push(reached(time, this.quietSince, length, pauses));
    }
    return dues.length === 0 ? undefined : Math.min(...dues);
  }

  stallDueNow(judges: Judges): number | undefined {
    const ladder = this.ladderOf(judges);
    return ladder && this.stallDue(ladder, judges, this.counted(ladder, judges.time));
  }

  /** The pauses that the budget pays for: one after the other, those that overlap as one. */
  private counted({ pause_budget: budget }: Ladder, time: SlowTime): readonly Span[] {
    if (budget === undefined) return [];
    const isWork = budget.unit.startsWith('business');
    let left = budget.unit === 'business_days' ? budget.amount * time.usualDay : lengthMs(budget);
    const paid: Span[] = [];
    for (const [from, to] of together(this.pauses)) {
      if (left <= 0) break;
      // The night after the last paid day costs nothing.
      const end = isWork ? time.intoWork(time.after(from, left)) : from + left;
      paid.push([from, Math.min(to, end)]);
      if (to >= end) break;
      left -= isWork ? time.workedBy(to) - time.workedBy(from) : to - from;
    }
    return paid;
  }
}

/** In order; those that overlap or touch as one. */
function together(pauses: readonly { readonly from: number; readonly to: number }[]): readonly Span[] {
  const spans: Span[] = [];
  for (const { from, to } of pauses.toSorted((one, other) => one.from - other.from)) {
    const last = spans.at(-1);
    if (to <= from) continue;
    if (last === undefined || from > last[1]) spans.push([from, to]);
    else spans[spans.length - 1] = [last[0], Math.max(last[1], to)];
  }
  return spans;
}

function lengthMs({ amount, unit }: Duration): number {
  return amount * (unit === 'days' ? 86_400_000 : 3_600_000);
}

/** The moment when so much has passed since, with the clock standing in the pauses. */
function reached(time: SlowTime, since: number, length: Duration, pauses: readonly Span[]): number {
  let at = time.plus(since, length);
  const isWork = length.unit.startsWith('business');
  for (const [from, to] of pauses) {
    const begins = Math.max(from, since);
    if (to <= since || begins >= at) continue;
    if (!isWork) {
      at += to - begins;
      continue;
    }
    const missed = Math.max(0, time.workedBy(at) - time.workedBy(begins));
    const end = time.after(to, missed);
    // Hours may be over at the end of a day; days are over when work begins.
    at = length.unit === 'business_days' || length.amount === 0 ? time.intoWork(end) : end;
  }
  return at;
}
