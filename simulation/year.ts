/** A simulated year of one installation: virtual time, its entities, and the doors through which people reach them. */

import type { CaseState } from '../engine/case/state.ts';
import type { EntityRef, Reply } from '../engine/entity.ts';
import type { Message } from '../engine/person/message.ts';
import type { PersonState } from '../engine/person/state.ts';
import { fromMs } from '../engine/time/instant.ts';
import type { People } from '../engine/who/people.ts';
import { Agenda } from './agenda.ts';
import { Chance } from './chance.ts';
import { Faults } from './faults.ts';
import type { Machine } from './memory/machine.ts';
import type { Stepped } from './memory/step.ts';
import { MemoryStore } from './memory/store.ts';
import { BEGINS_MS, DAY_MS, MINUTE_MS, type Parameters } from './parameters.ts';
import { Watch } from './promises/watch.ts';
import { type Surroundings, Workflow } from './workflow.ts';

/** Who acts on a message; set by those who simulate people. */
export type OnMessage = (person: string, message: Message) => void;

export class Year implements Surroundings {
  readonly parameters: Parameters;
  readonly machine: Machine;
  readonly store = new MemoryStore();
  readonly faults: Faults;
  readonly watched: Watch;
  /** Of what people do. */
  readonly chance: Chance;
  onMessage: OnMessage = () => undefined;
  private readonly agenda = new Agenda<() => void>();
  private readonly workflows = new Map<string, Workflow>();
  private time = BEGINS_MS;
  private sent = 0;

  constructor(parameters: Parameters, machine: Machine) {
    this.parameters = parameters;
    this.machine = machine;
    this.chance = new Chance(parameters.seed, 'people');
    this.faults = new Faults(new Chance(parameters.seed, 'faults'), BEGINS_MS, this.endsMs);
    this.watched = new Watch(this.store);
  }

  get endsMs(): number {
    return BEGINS_MS + this.parameters.days * DAY_MS;
  }

  now(): number {
    return this.time;
  }

  get people(): People {
    return this.store.people;
  }

  plan(at: number, what: () => void): void {
    this.agenda.plan(Math.max(at, this.time), what);
  }

  /** Later, as things come by themselves. */
  after(meanMs: number, what: () => void): void {
    this.plan(this.time + this.chance.wait(meanMs), what);
  }

  /** Lets everything happen that is due before the year is over. @throws Broken when a promise is */
  live(): void {
    for (;;) {
      const next = this.agenda.take();
      if (next === undefined || next.at > this.endsMs) break;
      this.time = next.at;
      next.what();
    }
    this.time = this.endsMs;
    this.watched.atEnd(this.time);
  }

  workflowOf(ref: EntityRef): Workflow {
    const key = `${ref.kind}/${ref.id}`;
    let workflow = this.workflows.get(key);
    if (workflow === undefined) {
      workflow = new Workflow(ref, this);
      this.workflows.set(key, workflow);
    }
    return workflow;
  }

  watch(ref: EntityRef, stepped: Stepped): void {
    this.watched.see(ref, stepped, this.time);
    for (const { ref: to, entry } of stepped.turns) {
      if (to.kind !== 'person' || entry?.outcome !== 'accepted') continue;
      const { command } = entry;
      if (isReceived(command)) this.onMessage(to.id, command.message);
    }
  }

  /** How many items ever came to somebody. */
  inboxOf(person: string): number {
    // Of an entity of the kind `person`.
    const state = this.store.entity({ kind: 'person', id: person }).state as PersonState | undefined;
    return state?.received ?? 0;
  }

  /** As a publishing does that moves deadlines. */
  wakeAllWhoWait(): void {
    for (const { kind, id, head } of this.store.all()) {
      if (head.wake_at !== undefined) this.workflowOf({ kind, id }).wake();
    }
  }

  stateOf(id: string): CaseState | undefined {
    // Of an entity of the kind `case`.
    return this.store.entity({ kind: 'case', id }).state as CaseState | undefined;
  }

  /**
   * Somebody gives a command and, when no answer comes or it is a fault, gives it again with the same id: twice at once,
   * minutes later, or never.
   */
  give(ref: EntityRef, actor: string, body: unknown, id: string = this.freshId()): string {
    const { chance } = this;
    const sent_at = chance.happens(0.5) ? { sent_at: fromMs(this.time + chance.between(-2000, 2000)) } : {};
    const command = { id, actor, body, ...sent_at };
    const attempt = (left: number): void => {
      const again = (): void => {
        if (left > 0 && chance.happens(0.9)) this.after(5 * MINUTE_MS, () => attempt(left - 1));
      };
      const isUnheard = chance.happens(0.02);
      const answer = (reply: Reply): void => {
        if (reply.outcome === 'fault' || isUnheard) again();
      };
      this.workflowOf(ref).take({ command, answer });
      if (chance.happens(0.02)) this.workflowOf(ref).take({ command, answer: () => undefined });
    };
    attempt(3);
    return id;
  }

  private freshId(): string {
    this.sent += 1;
    return `c${this.sent}`;
  }
}

function isReceived(command: unknown): command is { readonly command: 'receive'; readonly message: Message } {
  return typeof command === 'object' && command !== null && 'command' in command && command.command === 'receive';
}
