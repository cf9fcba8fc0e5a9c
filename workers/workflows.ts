/** The one workflow: an entity's durable mailbox with one standing timer. It knows no playbook; `step` decides. */

import * as workflow from '@temporalio/workflow';
import {
  COMMAND_SIGNAL,
  COMMAND_UPDATE,
  type EntityActivities,
  type EntityInput,
  type Fault,
  type Reply,
  type SentCommand,
  type StepResult,
  WAKE_SIGNAL,
} from './contract.ts';

export { importWorkflow } from './import-workflow.ts';

/** Bounded: an entity that cannot be decided gives its slot back to the others and its callers an answer. */
const { step } = workflow.proxyLocalActivities<Pick<EntityActivities, 'step'>>({
  startToCloseTimeout: '3 s',
  scheduleToCloseTimeout: '4 s',
  retry: { maximumAttempts: 2, initialInterval: '50 ms' },
});
const { deliver } = workflow.proxyActivities<Pick<EntityActivities, 'deliver'>>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '5 minutes',
  // What a worker was sending when it died is taken up again after this.
  heartbeatTimeout: '10 s',
  retry: { initialInterval: '500 ms', maximumInterval: '1 minute' },
});

const MOST_COMMANDS_A_STEP = 20;
/** Below the server's 2,000 updates a run, with room for those that arrive meanwhile. */
const MOST_COMMANDS_A_RUN = 500;
const SHORTEST_BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 60_000;
const LONGEST_SPREAD_MS = 60_000;
/** An entity that waits for nothing ends its run after a quiet week; its next command starts a new one. */
const QUIET_MS = 7 * 86_400_000;

/** A command and where its reply goes; one from another entity has nobody who waits, and is kept until it is decided. */
interface Slot {
  readonly command: SentCommand;
  readonly answer?: (reply: Reply) => void;
}

export async function caseWorkflow(input: EntityInput): Promise<void> {
  await new Entity(input).run();
}

export async function personWorkflow(input: EntityInput): Promise<void> {
  await new Entity(input).run();
}

class Entity {
  private readonly input: EntityInput;
  private readonly mailbox: Slot[];
  /** Waits for the next ring. */
  private readonly held: Slot[] = [];
  /** A step came to nothing: until the next ring, what other entities send queues up behind what is held, so that it stays in order. */
  private isHolding = false;
  private due: boolean;
  private alarm: workflow.CancellationScope | undefined;
  private alarmFor = Number.POSITIVE_INFINITY;
  private sending = false;
  private sendAgain = false;
  private failures = 0;
  private decided = 0;
  private lastCommandAt = Date.now();
  private over = false;
  /** Ends the loop's rest. */
  private rouse: (() => void) | undefined;

  constructor(input: EntityInput) {
    this.input = input;
    this.mailbox = (input.held ?? []).map((command) => ({ command }));
    // Whoever starts many knows already when each must wake: asking would cost each a transaction.
    this.due = input.wake_at === undefined;
  }

  /** Handlers stand before the first await, and nothing but a new run leaves the loop: cancelling an entity means nothing. */
  async run(): Promise<void> {
    const wellFormed = (command: unknown): void => {
      if (!isSentCommand(command)) throw workflow.ApplicationFailure.nonRetryable('not a command', 'malformed');
    };
    workflow.setHandler(
      workflow.defineUpdate<Reply, [SentCommand]>(COMMAND_UPDATE),
      (command) => new Promise<Reply>((answer) => this.take({ command, answer })),
      { validator: wellFormed },
    );
    workflow.setHandler(workflow.defineSignal<[unknown]>(COMMAND_SIGNAL), (command) => {
      if (isSentCommand(command)) this.take({ command });
      else workflow.log.error('a signal that is no command was dropped');
    });
    workflow.setHandler(workflow.defineSignal(WAKE_SIGNAL), () => this.wake());
    await workflow.CancellationScope.nonCancellable(() => this.loop());
  }

  private async loop(): Promise<void> {
    // Commands that came with the start are in the mailbox after this turn of the microtasks, and join the first step.
    await Promise.resolve();
    if (this.input.wake_at !== undefined) this.ringFor(Date.now(), Date.parse(this.input.wake_at));
    for (;;) {
      await this.rest();
      if (this.mayLeave() && this.over) return;
      if (this.mayLeave())
        await workflow.continueAsNew<typeof caseWorkflow>({
          kind: this.input.kind,
          id: this.input.id,
          held: this.held.map((slot) => slot.command),
        });
      if (this.due) {
        this.mailbox.unshift(...this.held.splice(0));
        this.isHolding = false;
      }
      this.due = false;
      await this.decide(this.mailbox.splice(0, MOST_COMMANDS_A_STEP));
    }
  }

  private take(slot: Slot): void {
    if (this.isHolding && slot.answer === undefined) {
      this.held.push(slot);
      return;
    }
    this.mailbox.push(slot);
    this.rouse?.();
  }

  private wake(): void {
    this.due = true;
    this.rouse?.();
  }

  /** Until there is something to do. A condition is asked again at each activation: a promise of our own costs half as much. */
  private async rest(): Promise<void> {
    const isBusy = (): boolean => this.mailbox.length > 0 || this.due;
    if (this.wantsToLeave()) await workflow.condition(() => isBusy() || this.mayLeave());
    else if (!isBusy())
      await new Promise<void>((rouse) => {
        this.rouse = rouse;
      });
  }

  private wantsToLeave(): boolean {
    return this.over || this.decided >= MOST_COMMANDS_A_RUN || workflow.workflowInfo().continueAsNewSuggested;
  }

  private mayLeave(): boolean {
    return this.wantsToLeave() && this.mailbox.length === 0 && !this.sending && workflow.allHandlersFinished();
  }

  private async decide(slots: readonly Slot[]): Promise<void> {
    const now = Date.now();
    let result: StepResult | undefined;
    let fault: Fault = { outcome: 'fault', cause: 'defect', detail: 'no answer was given' };
    try {
      const commands = slots.map((slot) => slot.command);
      result = await step({ kind: this.input.kind, id: this.input.id, now: new Date(now).toISOString(), commands });
    } catch (error) {
      fault = faultOf(error);
    }
    for (const [index, slot] of slots.entries()) {
      const reply = result?.replies[index] ?? fault;
      if (slot.answer !== undefined) slot.answer(reply);
      else if (reply.outcome === 'fault') this.held.push(slot);
    }
    // One command's own fault holds up no other: only a step that failed as a whole does.
    if (result === undefined && this.held.length > 0) this.holdBack();
    this.decided += slots.length;
    if (slots.length > 0) this.lastCommandAt = now;
    this.settle(now, result);
  }

  private holdBack(): void {
    this.isHolding = true;
    const waiting = this.mailbox.splice(0);
    this.held.push(...waiting.filter((slot) => slot.answer === undefined));
    this.mailbox.push(...waiting.filter((slot) => slot.answer !== undefined));
  }

  /** After a step: when to ring next, whether to send, whether all is over. */
  private settle(now: number, result: StepResult | undefined): void {
    const wakeAt = result?.wake_at === undefined ? undefined : Date.parse(result.wake_at);
    const isStuck = result === undefined || this.held.length > 0 || (wakeAt !== undefined && wakeAt <= now);
    this.failures = isStuck ? this.failures + 1 : 0;
    if (isStuck) this.ringAt(now + Math.min(SHORTEST_BACK_OFF_MS * 2 ** (this.failures - 1), LONGEST_BACK_OFF_MS));
    else if (wakeAt !== undefined) this.ringFor(now, wakeAt);
    if (result?.outbox) this.send();
    this.over = result?.gone ?? false;
    if (isStuck || wakeAt !== undefined || result.outbox || this.over) return;
    this.over = now - this.lastCommandAt >= QUIET_MS;
    this.ringAt(this.lastCommandAt + QUIET_MS);
  }

  /** Those due at one moment ring one after another, some later than they might. */
  private ringFor(now: number, wakeAt: number): void {
    const mostMs = Math.max(0, Math.min((wakeAt - now) / 100, LONGEST_SPREAD_MS));
    this.ringAt(wakeAt, mostMs * fractionOf(this.input.id));
  }

  /** One standing sleep, replaced only by an earlier one: a late or needless ring just decides again. */
  private ringAt(at: number, spreadMs = 0): void {
    if (at >= this.alarmFor) return;
    this.alarm?.cancel();
    const alarm = new workflow.CancellationScope();
    this.alarm = alarm;
    this.alarmFor = at;
    const rung = (): void => {
      if (this.alarm === alarm) this.alarmFor = Number.POSITIVE_INFINITY;
      this.wake();
    };
    alarm.run(() => workflow.sleep(Math.max(1, Math.ceil(at + spreadMs - Date.now())))).then(rung, () => undefined);
  }

  /** Beside the loop. Before a new run nothing is begun: the next run's first step finds what waits. */
  private send(): void {
    this.sendAgain = this.sending;
    if (this.sending || this.wantsToLeave()) return;
    this.sending = true;
    const done = (againAt: number | undefined): void => {
      this.sending = false;
      if (againAt !== undefined) this.ringAt(Math.max(againAt, Date.now() + SHORTEST_BACK_OFF_MS));
      if (this.sendAgain) this.send();
    };
    deliver({ kind: this.input.kind, id: this.input.id, now: new Date().toISOString() }).then(
      (result) => done(result.again_at === undefined ? undefined : Date.parse(result.again_at)),
      () => done(Date.now() + LONGEST_BACK_OFF_MS),
    );
  }
}

/** Of a step that failed: what it said itself, in its last attempt or the one before, counts more than that it took too long. */
function faultOf(error: unknown): Fault {
  const failure = error instanceof workflow.ActivityFailure ? error.cause : error;
  const said = failure instanceof workflow.TimeoutFailure ? (failure.cause ?? failure) : failure;
  if (said instanceof workflow.ApplicationFailure)
    return { outcome: 'fault', cause: said.type ?? 'defect', detail: said.message };
  const cause = said instanceof workflow.TimeoutFailure ? 'step-too-slow' : 'defect';
  return { outcome: 'fault', cause, detail: workflow.rootCause(error) ?? String(error) };
}

function isSentCommand(command: unknown): command is SentCommand {
  if (typeof command !== 'object' || command === null) return false;
  return (
    'id' in command &&
    typeof command.id === 'string' &&
    'actor' in command &&
    typeof command.actor === 'string' &&
    'body' in command
  );
}

/** The same number from 0 to 1 for the same id (FNV-1a): wakes due at one moment are spread over the entities. */
function fractionOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
