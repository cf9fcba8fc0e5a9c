/** Several cases in a test that start and tell each other, every word delivered in order as on a server. */

import { effectsOfRefusal } from '../../engine/case/children/family-effects.ts';
import type { CaseCommand } from '../../engine/case/command.ts';
import { decide } from '../../engine/case/decide.ts';
import type { Effect } from '../../engine/case/effect.ts';
import { effectsOf } from '../../engine/case/effects.ts';
import type { CaseEvent } from '../../engine/case/event.ts';
import { evolve } from '../../engine/case/evolve.ts';
import type { Outcome } from '../../engine/case/outcome.ts';
import type { CaseState } from '../../engine/case/state.ts';
import { wakeAt } from '../../engine/case/wake-at.ts';
import type { World } from '../../engine/case/world.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { fromMs, type Instant } from '../../engine/time/instant.ts';
import { people } from './playbook-fixture.ts';
import { deepFreeze } from './run-case.ts';

type Tell = Extract<Effect, { readonly effect: 'tell_case' }>;

export class Family {
  now: Instant = '2026-01-05T09:00:00.000Z';
  /** By case, all that happened. */
  readonly events = new Map<string, CaseEvent[]>();
  /** `person: text` of every message, oldest first. */
  readonly told: string[] = [];
  /** Words that are under way while `isHeld`. */
  readonly mail: Tell[] = [];
  isHeld = false;
  playbook: PlaybookSet;
  private readonly states = new Map<string, CaseState>();
  private commands = 0;

  constructor(set: PlaybookSet) {
    this.playbook = deepFreeze(set);
  }

  get cases(): readonly string[] {
    return [...this.states.keys()].sort();
  }

  state(id: string): CaseState {
    const state = this.states.get(id);
    if (state === undefined) throw new Error(`there is no case ${id}`);
    return state;
  }

  world(id: string): World {
    return { case: id, playbook: this.playbook, people, now: this.now };
  }

  wait(ms: number): this {
    this.now = fromMs(Date.parse(this.now) + ms);
    for (const [id, state] of this.states) {
      const due = wakeAt(this.world(id), state);
      if (due !== undefined && due <= this.now) this.must(id, 'system', { command: 'wake' });
    }
    return this;
  }

  must(id: string, actor: string, body: unknown): readonly string[] {
    const outcome = this.give(id, actor, body);
    if (outcome.outcome !== 'accepted') throw new Error(`${JSON.stringify(body)}: ${JSON.stringify(outcome, null, 1)}`);
    return outcome.events.map(({ event }) => event);
  }

  give(id: string, actor: string, body: unknown): Outcome<CaseEvent> {
    const outcome = this.decide(id, actor, body);
    if (!this.isHeld) this.deliver();
    return outcome;
  }

  /** Everything under way arrives, and what comes of it. */
  deliver(): void {
    for (let next = this.mail.shift(); next !== undefined; next = this.mail.shift())
      this.decide(next.to, 'system', next.command);
  }

  private decide(id: string, actor: string, body: unknown): Outcome<CaseEvent> {
    this.commands += 1;
    const before = this.states.get(id);
    const outcome = decide(this.world(id), deepFreeze(before), { id: `c${this.commands}`, actor, body });
    // The envelope was judged: what is refused was a command.
    if (outcome.outcome === 'refused') this.send(effectsOfRefusal(id, before, body as CaseCommand, outcome.reasons));
    if (outcome.outcome !== 'accepted') return outcome;
    for (const event of outcome.events) {
      const state = evolve(this.states.get(id), event);
      this.states.set(id, state);
      this.events.set(id, [...(this.events.get(id) ?? []), event]);
      this.send(effectsOf(this.world(id), state, event));
    }
    return outcome;
  }

  private send(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.effect === 'tell_case') this.mail.push(effect);
      if (effect.effect === 'message') this.told.push(`${effect.to}: ${effect.message.text.en}`);
    }
  }
}
