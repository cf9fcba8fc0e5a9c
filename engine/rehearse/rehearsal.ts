/** One case in virtual time: commands and the passing of days go through the same deciders as on a server. */

import { type CaseView, viewOf } from '../case/case-view.ts';
import type { CaseCommand } from '../case/command.ts';
import { decide } from '../case/decide.ts';
import { effectsOf } from '../case/effects.ts';
import type { CaseEvent } from '../case/event.ts';
import { evolve } from '../case/evolve.ts';
import { diagnoseEffects } from '../case/findings/finding-effects.ts';
import { lookAt, recordOf, watchedIn } from '../case/findings/watch.ts';
import type { Outcome } from '../case/outcome.ts';
import type { CaseState } from '../case/state.ts';
import { wakeAt } from '../case/wake-at.ts';
import type { World } from '../case/world.ts';
import type { ScenarioLine } from '../playbook/scenario.ts';
import type { PlaybookSet } from '../playbook/set.ts';
import { endOfDay, localDate } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import type { People } from '../who/people.ts';
import { SYSTEM } from '../who/rights.ts';
import { commandText } from './command-text.ts';
import { happeningsOf, type Occurrence } from './occurrence.ts';
import { passTime, type Ring } from './pass-time.ts';
import { answersOf, newsOf } from './rehearsed-children.ts';
import { withDigestShown } from './show-digest.ts';

const CASE = 'rehearsed';

export interface RehearsalStart {
  readonly set: PlaybookSet;
  readonly people: People;
  readonly now: Instant;
  /** A case already on its way; absent: not opened yet. */
  readonly state?: CaseState;
}

export class Rehearsal {
  readonly set: PlaybookSet;
  readonly people: People;
  private time: Instant;
  private held: CaseState | undefined;
  private sent = 0;

  constructor({ set, people, now, state }: RehearsalStart) {
    this.set = set;
    this.people = people;
    this.time = now;
    this.held = state;
  }

  get now(): Instant {
    return this.time;
  }

  get state(): CaseState | undefined {
    return this.held;
  }

  get owner(): string | undefined {
    return this.held?.owner;
  }

  /** Lets time pass, every clock ringing at its own moment. @returns what came of it; `stuck` when a clock rings without end */
  passTo(target: Instant): { readonly happened: readonly Occurrence[]; readonly stuck: boolean } {
    return passTime(target, {
      now: () => this.time,
      moveTo: (at) => {
        this.time = at;
      },
      next: () => this.nextRing(),
    });
  }

  /** What is due by itself comes before a look of the same moment. */
  private nextRing(): Ring | undefined {
    const due = this.held === undefined ? undefined : wakeAt(this.world(), this.held);
    const night = this.nextNight();
    if (night !== undefined && (due === undefined || night < due)) return { at: night, ring: () => this.diagnose() };
    if (due === undefined) return undefined;
    return { at: due, ring: () => this.apply(this.decided(SYSTEM, { command: 'wake' })) };
  }

  /** Gives a command at this moment. Call `passTo` first: clocks that are due ring before a command, as on a server. */
  give(
    actor: string,
    body: CaseCommand,
  ): { readonly outcome: Outcome<CaseEvent>; readonly happened: readonly Occurrence[]; readonly said: string } {
    const outcome = this.decided(actor, withDigestShown(this.world(), this.held, actor, body));
    return { outcome, happened: this.apply(outcome), said: commandText(body) };
  }

  /** Cases it started tell that they stand there. @returns nothing where there is no such case */
  tellOf({ pipeline, in: place, key }: NonNullable<ScenarioLine['child']>): readonly Occurrence[] | undefined {
    const children = Object.entries(this.held?.children ?? {}).filter(
      ([, child]) => child.pipeline === pipeline && (key === undefined || child.key === key),
    );
    if (children.length === 0) return undefined;
    return children.flatMap(([child, entry]) =>
      this.apply(this.decided(SYSTEM, { command: 'child_changed', child, news: newsOf(this.world(), entry, place) })),
    );
  }

  /** When the case is next looked at though nothing was done; absent: nothing watches it. */
  private nextNight(): Instant | undefined {
    const view = this.view();
    if (view === undefined || view.state.finished) return undefined;
    const isWatched = watchedIn(this.set, view.state.pipeline).length > 0;
    return isWatched ? endOfDay(view.calendar, localDate(view.calendar, this.time)) : undefined;
  }

  /** What a server's activity does, by our own conditions. */
  private diagnose(): readonly Occurrence[] {
    const view = this.view();
    const command = view && recordOf(lookAt(view));
    return command === undefined ? [] : this.apply(this.decided(SYSTEM, command));
  }

  private view(): CaseView | undefined {
    return this.held && viewOf(this.world(), this.held);
  }

  private decided(actor: string, body: CaseCommand): Outcome<CaseEvent> {
    this.sent += 1;
    return decide(this.world(), this.held, { id: `line-${this.sent}`, actor, body });
  }

  private apply(outcome: Outcome<CaseEvent>): readonly Occurrence[] {
    if (outcome.outcome !== 'accepted') return [];
    const told: CaseCommand[] = [];
    const happened = outcome.events.flatMap((event) => {
      const state = evolve(this.held, event);
      this.held = state;
      const effects = effectsOf(this.world(), state, event);
      told.push(...effects.flatMap((effect) => answersOf(this.world(), effect)));
      return happeningsOf(event, effects).map((what): Occurrence => ({ at: event.at, owner: state.owner, what }));
    });
    const answered = told.flatMap((command) => this.apply(this.decided(SYSTEM, command)));
    const view = this.view();
    const looks = view !== undefined && diagnoseEffects(view, outcome.events).length > 0;
    return [...happened, ...answered, ...(looks ? this.diagnose() : [])];
  }

  private world(): World {
    const rules = this.held === undefined ? undefined : this.set.rules[this.held.pipeline];
    return {
      playbook: this.set,
      people: this.people,
      files: 'made-up',
      now: this.time,
      case: CASE,
      ...(rules !== undefined && { rules }),
    };
  }
}
