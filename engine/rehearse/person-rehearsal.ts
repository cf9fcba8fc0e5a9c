/** One person in virtual time: what is asked of them goes through the same deciders as on a server. */

import type { Outcome } from '../case/outcome.ts';
import type { PersonCommand } from '../person/command.ts';
import { decide } from '../person/decide.ts';
import { effectsOf } from '../person/effects.ts';
import type { PersonEvent } from '../person/event.ts';
import { evolve } from '../person/evolve.ts';
import type { PersonState } from '../person/state.ts';
import { wakeAt } from '../person/wake-at.ts';
import type { PersonWorld } from '../person/world.ts';
import type { StagedMeasures } from '../playbook/scenario.ts';
import type { Instant } from '../time/instant.ts';
import type { People, Person } from '../who/people.ts';
import { SYSTEM } from '../who/rights.ts';
import type { Occurrence } from './occurrence.ts';
import { passTime } from './pass-time.ts';
import { personCommandText, withNamesNow } from './person-command.ts';
import { personHappenings } from './person-occurrence.ts';
import { figuresFrom } from './staged-figures.ts';
import type { Rehearsed } from './timeline.ts';

/** What does not change while it is played. */
export type PersonSurroundings = Pick<PersonWorld, 'person' | 'roles' | 'calendars' | 'coaching' | 'rhythms'> & {
  readonly people: People;
  /** Cases of theirs. */
  readonly cases: readonly string[];
};

export class PersonRehearsal implements Rehearsed<PersonCommand> {
  /** What the record would say now. */
  measures: StagedMeasures;
  readonly owner: string;
  private readonly around: PersonSurroundings;
  private time: Instant;
  private state: PersonState | undefined;
  private sent = 0;

  constructor(around: PersonSurroundings, now: Instant, measures: StagedMeasures) {
    this.around = around;
    this.owner = around.person;
    this.time = now;
    this.measures = measures;
  }

  get now(): Instant {
    return this.time;
  }

  /** The person comes in as a manager of people would bring them. */
  join(since: string | undefined): Outcome<PersonEvent> {
    const { name, role, manager } = this.around.people.by_id[this.owner] ?? { name: this.owner, role: '' };
    const outcome = this.decided(SYSTEM, {
      command: 'join',
      name,
      role,
      ...(manager !== undefined && { manager }),
      ...(since !== undefined && { in_post_since: since }),
    });
    this.apply(outcome);
    return outcome;
  }

  passTo(target: Instant): { readonly happened: readonly Occurrence[]; readonly stuck: boolean } {
    return passTime(target, {
      now: () => this.time,
      moveTo: (at) => {
        this.time = at;
      },
      next: () => {
        const at = this.state && wakeAt(this.world(), this.state);
        if (at === undefined) return undefined;
        return { at, ring: () => this.apply(this.decided(SYSTEM, { command: 'wake' })) };
      },
    });
  }

  give(
    actor: string,
    body: PersonCommand,
  ): { readonly outcome: Outcome<PersonEvent>; readonly happened: readonly Occurrence[]; readonly said: string } {
    const outcome = this.decided(actor, withNamesNow(this.state, body));
    return { outcome, happened: this.apply(outcome), said: personCommandText(body) };
  }

  private decided(actor: string, body: PersonCommand): Outcome<PersonEvent> {
    this.sent += 1;
    return decide(this.world(), this.state, { id: `line-${this.sent}`, actor, body });
  }

  private apply(outcome: Outcome<PersonEvent>): readonly Occurrence[] {
    if (outcome.outcome !== 'accepted') return [];
    const told: PersonCommand[] = [];
    const happened = outcome.events.flatMap((event) => {
      const before = this.state;
      const state = evolve(before, event);
      this.state = state;
      const effects = effectsOf(this.world(), state, event);
      for (const effect of effects) {
        if (effect.effect === 'tell_person' && effect.to === this.owner) told.push(effect.command);
      }
      const owner = this.owner;
      return personHappenings(before, event, effects).map((what): Occurrence => ({ at: event.at, owner, what }));
    });
    return [...happened, ...told.flatMap((command) => this.apply(this.decided(SYSTEM, command)))];
  }

  private world(): PersonWorld {
    const { people, cases, ...around } = this.around;
    const world = { ...around, people: withSelf(people, this.state), now: this.time };
    return { ...world, ...figuresFrom(this.measures, cases, world, this.state) };
  }
}

/** The person as the state says, beside the others. */
function withSelf(people: People, state: PersonState | undefined): People {
  if (state === undefined) return people;
  const { person, name, role, manager, lang, active, absences } = state;
  const self: Person = { person, name, role, lang, active, absences, ...(manager !== undefined && { manager }) };
  return { ...people, by_id: { ...people.by_id, [person]: self } };
}
