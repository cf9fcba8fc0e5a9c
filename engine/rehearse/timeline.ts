/** Plays the lines of a scenario one after the other, and keeps what happened and where it differed. */

import type { Outcome } from '../case/outcome.ts';
import type { ScenarioTime, ScenarioWho, TimelineLine } from '../playbook/scenario.ts';
import type { Text } from '../playbook/text.ts';
import { addDuration, type WorkingCalendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import type { People } from '../who/people.ts';
import { compareExpectations } from './compare-expectations.ts';
import { compareOutcome, outcomeText } from './compare-outcome.ts';
import { atLocalTime, localTimeText } from './local-time.ts';
import { happeningText, type Occurrence } from './occurrence.ts';
import type { Difference, TraceEntry } from './result.ts';

/** A case or a person in virtual time. */
export interface Rehearsed<C> {
  readonly now: Instant;
  /** Who acts where a line does not say. */
  readonly owner: string | undefined;
  passTo(target: Instant): { readonly happened: readonly Occurrence[]; readonly stuck: boolean };
  give(
    actor: string,
    body: C,
  ): { readonly outcome: Outcome<unknown>; readonly happened: readonly Occurrence[]; readonly said: string };
}

export interface Frame {
  readonly calendar: WorkingCalendar;
  readonly people: People;
  readonly startsAt: Instant;
  readonly owner: string;
}

/** What lines bring about besides commands and time. */
export interface Hooks<L> {
  /** Before its time passes. */
  readonly before?: (line: L) => void;
  /** At its time, before its command; it tells of it by itself. */
  readonly outside?: (line: L) => readonly Occurrence[];
}

export class Timeline {
  readonly differences: Difference[] = [];
  readonly trace: TraceEntry[] = [];
  private readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  play<C, L extends TimelineLine<C>>(rehearsed: Rehearsed<C>, lines: readonly L[], hooks: Hooks<L>): void {
    for (const line of lines) if (!this.playLine(rehearsed, line, hooks)) return;
  }

  /** @returns whether the lines after it still mean what they say */
  private playLine<C, L extends TimelineLine<C>>(rehearsed: Rehearsed<C>, line: L, hooks: Hooks<L>): boolean {
    const target = line.when === undefined ? rehearsed.now : this.instantOf(line.when);
    if (target < rehearsed.now) {
      this.differ(line.at, rehearsed.now, [], [], {
        zh: `此行的时间 ${this.local(target)} 早于前一行`,
        en: `this line's time, ${this.local(target)}, lies before the line above`,
      });
      return false;
    }
    hooks.before?.(line);
    const { happened, stuck } = rehearsed.passTo(target);
    this.tell(happened);
    if (stuck) {
      this.differ(line.at, rehearsed.now, [], [], { zh: '时钟不停地响', en: 'a clock rings without end' });
      return false;
    }
    const told = hooks.outside?.(line) ?? [];
    const answer = line.do === undefined ? undefined : this.command(rehearsed, line, line.do);
    const all = [...happened, ...told, ...(answer?.happened ?? [])];
    if (line.expect !== undefined) {
      const { missing, unexpected } = compareExpectations(line.expect, all, this.frame.people);
      if (missing.length + unexpected.length > 0) this.differ(line.at, rehearsed.now, missing, unexpected);
    }
    return answer?.isAsSaid !== false;
  }

  private command<C>(
    rehearsed: Rehearsed<C>,
    line: TimelineLine<C>,
    body: C,
  ): { readonly happened: readonly Occurrence[]; readonly isAsSaid: boolean } {
    const actor = this.actorOf(line.by, rehearsed.owner);
    const { outcome, happened, said } = rehearsed.give(actor, body);
    this.note(rehearsed.now, 'command', `${said}, by ${actor}: ${outcomeText(outcome)}`);
    this.tell(happened);
    const difference = compareOutcome(line, outcome);
    if (difference !== undefined) this.differ(line.at, rehearsed.now, [difference.expected], [difference.got]);
    return { happened, isAsSaid: difference === undefined };
  }

  private instantOf(when: ScenarioTime): Instant {
    const { calendar, startsAt } = this.frame;
    if (when.kind === 'local') return atLocalTime(calendar, when.date, when.time);
    return addDuration(calendar, startsAt, when.duration);
  }

  /** A post stands for the first of its holders. */
  private actorOf(by: ScenarioWho | undefined, owner: string | undefined): string {
    const { people } = this.frame;
    switch (by?.kind) {
      case 'person':
        return by.person;
      case 'role':
        return Object.values(people.by_id).find(({ role }) => role === by.role)?.person ?? by.role;
      default:
        return owner ?? this.frame.owner;
    }
  }

  tell(happened: readonly Occurrence[]): void {
    for (const { at, what } of happened) this.note(at, 'happened', happeningText(what));
  }

  note(at: Instant, kind: TraceEntry['kind'], text: string): void {
    this.trace.push({ at, local: this.local(at), kind, text });
  }

  differ(
    place: Difference['place'],
    at: Instant,
    expected: readonly string[],
    got: readonly string[],
    note?: Text,
  ): void {
    const after = this.trace.length;
    this.differences.push({ place, at, local: this.local(at), after, expected, got, ...(note && { note }) });
  }

  private local(at: Instant): string {
    return localTimeText(this.frame.calendar, at);
  }
}
