/**
 * An entity's mailbox with one standing timer, as `workers/workflows.ts` has it, in virtual time and with everything that
 * can go wrong around a step: it is aborted, its answer is lost, timers ring late, messages are sent twice.
 */

import type { EntityRef, Reply, SentCommand } from '../engine/entity.ts';
import { fromMs, toMs } from '../engine/time/instant.ts';
import type { Faults } from './faults.ts';
import type { Machine } from './memory/machine.ts';
import { type Stepped, step } from './memory/step.ts';
import type { MemoryStore, Outgoing } from './memory/store.ts';
import { MINUTE_MS } from './parameters.ts';

/** What an entity is run by. */
export interface Surroundings {
  readonly store: MemoryStore;
  readonly machine: Machine;
  readonly faults: Faults;
  /** Epoch ms. */
  now(): number;
  plan(at: number, what: () => void): void;
  workflowOf(ref: EntityRef): Workflow;
  /** Called for every step whose work was kept. */
  watch(ref: EntityRef, stepped: Stepped): void;
}

interface Slot {
  readonly command: SentCommand;
  /** Absent for what another entity sent: it is kept until it is decided. */
  readonly answer?: (reply: Reply) => void;
}

const MOST_COMMANDS_A_STEP = 20;
const SHORTEST_BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = MINUTE_MS;
const FAULT: Reply = { outcome: 'fault', cause: 'database-away', detail: 'no answer was given' };

export class Workflow {
  private readonly ref: EntityRef;
  private readonly around: Surroundings;
  private readonly mailbox: Slot[] = [];
  private readonly held: Slot[] = [];
  private isHolding = false;
  private isDue = false;
  private isRoused = false;
  private isSending = false;
  private alarmFor = Number.POSITIVE_INFINITY;
  private alarm = 0;
  private failures = 0;

  constructor(ref: EntityRef, around: Surroundings) {
    this.ref = ref;
    this.around = around;
  }

  take(slot: Slot): void {
    if (this.isHolding && slot.answer === undefined) {
      this.held.push(slot);
      return;
    }
    this.mailbox.push(slot);
    this.rouse();
  }

  wake(): void {
    this.isDue = true;
    this.rouse();
  }

  private rouse(): void {
    if (this.isRoused) return;
    this.isRoused = true;
    const { around } = this;
    around.plan(around.now() + around.faults.taskDelay(), () => this.turn());
  }

  private turn(): void {
    this.isRoused = false;
    if (this.isDue) {
      this.mailbox.unshift(...this.held.splice(0));
      this.isHolding = false;
    }
    this.isDue = false;
    this.decide(this.mailbox.splice(0, MOST_COMMANDS_A_STEP));
    if (this.mailbox.length > 0) this.rouse();
  }

  private decide(slots: readonly Slot[]): void {
    const result = this.tryStep(slots.map(({ command }) => command));
    for (const [index, slot] of slots.entries()) {
      const reply = result?.replies[index] ?? FAULT;
      if (slot.answer !== undefined) slot.answer(reply);
      else if (reply.outcome === 'fault') this.held.push(slot);
    }
    if (result === undefined && this.held.length > 0) this.holdBack();
    this.settle(result);
  }

  /** What other entities send after a step that came to nothing queues up behind what is held. */
  private holdBack(): void {
    this.isHolding = true;
    const waiting = this.mailbox.splice(0);
    this.held.push(...waiting.filter((slot) => slot.answer === undefined));
    this.mailbox.push(...waiting.filter((slot) => slot.answer !== undefined));
  }

  /** Two attempts, each of which may come to nothing, or be done without anybody hearing of it. */
  private tryStep(commands: readonly SentCommand[]): Stepped | undefined {
    const { store, machine, faults } = this.around;
    for (let attempt = 0; attempt < 2; attempt++) {
      const fate = faults.stepFate(this.around.now());
      if (fate === 'refused') continue;
      const stepped = step(store, machine, this.ref, fromMs(this.around.now()), commands);
      if (fate === 'aborted') continue;
      stepped.commit();
      this.around.watch(this.ref, stepped);
      if (fate !== 'unheard') return stepped;
    }
    return undefined;
  }

  private settle(result: Stepped | undefined): void {
    const { around } = this;
    const now = around.now();
    const asked = around.machine.alarm(result?.wake_at);
    const wakeAt = asked === undefined ? undefined : toMs(asked);
    const isStuck = result === undefined || this.held.length > 0 || (wakeAt !== undefined && wakeAt <= now);
    this.failures = isStuck ? this.failures + 1 : 0;
    if (isStuck) this.ringAt(now + Math.min(SHORTEST_BACK_OFF_MS * 2 ** (this.failures - 1), LONGEST_BACK_OFF_MS));
    else if (wakeAt !== undefined) this.ringAt(wakeAt);
    if (result?.hasOutbox === true) this.send();
  }

  /** One standing sleep, replaced only by an earlier one; now and then the worker is away when it rings. */
  private ringAt(at: number): void {
    if (at >= this.alarmFor) return;
    this.alarm += 1;
    this.alarmFor = at;
    const { alarm, around } = this;
    around.plan(around.faults.ringAt(at), () => {
      if (alarm !== this.alarm) return;
      this.alarmFor = Number.POSITIVE_INFINITY;
      this.wake();
    });
  }

  private send(): void {
    if (this.isSending) return;
    this.isSending = true;
    const { around } = this;
    around.plan(around.now() + around.faults.sendDelay(), () => this.deliver());
  }

  /** Each target by itself, its items in order, up to the first that does not go. */
  private deliver(): void {
    this.isSending = false;
    const { store, faults, machine } = this.around;
    const now = this.around.now();
    const kept = store.entity(this.ref);
    const waiting = kept.outbox.filter(({ isDelivered }) => !isDelivered);
    const targets = new Set(waiting.map(({ to }) => `${to.kind}/${to.id}`));
    for (const target of faults.anyOrder([...targets])) {
      const theirs = machine.ordered(waiting.filter(({ to }) => `${to.kind}/${to.id}` === target));
      for (const item of theirs) if (!this.sendOne(item, now)) break;
    }
    kept.outbox = kept.outbox.filter(({ isDelivered }) => !isDelivered);
    const again = kept.outbox.map(({ nextAt }) => nextAt);
    if (again.length > 0) this.ringAt(Math.max(Math.min(...again), now + SHORTEST_BACK_OFF_MS));
  }

  private sendOne(item: Outgoing, now: number): boolean {
    if (item.nextAt > now) return false;
    const fate = this.around.faults.sendFate();
    if (fate !== 'lost') {
      const { key, body, recorded_at, to } = item;
      const { machine } = this.around;
      const command = { id: machine.keyOf(key, item.attempts), actor: 'system', body, sent_at: recorded_at };
      if (machine.arrives(key)) this.around.workflowOf(to).take({ command });
    }
    if (fate === 'sent') {
      item.isDelivered = true;
      return true;
    }
    item.nextAt = now + Math.min(10 * MINUTE_MS, SHORTEST_BACK_OFF_MS * 2 ** item.attempts);
    item.attempts += 1;
    return false;
  }
}
