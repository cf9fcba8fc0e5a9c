/** The step: everything that happens to an entity happens here, in one transaction. */

import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { EntityRef, Reply, SentCommand } from '../engine/entity.ts';
import { fromMs, type Instant, toMs } from '../engine/time/instant.ts';
import { caseDecider } from './case-decider.ts';
import { type CheckedCommand, checkSent, isEntityId } from './check-sent.ts';
import type { Decider } from './decider.ts';
import { loadScene } from './load-scene.ts';
import { PATIENCE_MS, type Store, type Tx } from './open-store.ts';
import { personDecider } from './person-decider.ts';
import { concernedBy, EntityHeld, lockEntity, lockPeople, readSurroundings } from './read-entity.ts';
import { type Bench, decideAndWrite, LEEWAY_MS, latest, noSuch, takeTurn } from './turn.ts';

export interface StepInput extends EntityRef {
  /** The workflow's own time, ISO 8601. */
  readonly now: string;
  readonly commands: readonly SentCommand[];
}

export interface StepResult {
  /** One per command, in order. */
  readonly replies: readonly Reply[];
  /** ISO 8601; absent: nothing to wait for. */
  readonly wake_at?: string;
  /** Messages wait in the outbox. */
  readonly outbox: boolean;
  /** The entity does not exist: the run ends. */
  readonly gone: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Clocks are set right for all at once: nobody should be late for long after that. */
const LONGEST_AHEAD_MS = 10 * MINUTE_MS;
const FIRST_WAIT_MS = 25;
const LONGEST_WAIT_MS = 500;

/**
 * Locks the entity, lets its clocks catch up, answers each command (those journalled before with their first reply),
 * writes state, journal, lists and outbox, and says when to come again.
 * @throws Error when the database is away, busy or broken: nothing was written, and the same step may be tried again.
 */
export function step(store: Store, input: StepInput): Promise<StepResult> {
  return input.kind === 'case' ? run(store, caseDecider, input) : run(store, personDecider, input);
}

async function run<S, C, E>(store: Store, decider: Decider<S, C, E>, input: StepInput): Promise<StepResult> {
  if (!isEntityId(input.id)) return { replies: input.commands.map(() => noSuch(decider)), outbox: false, gone: true };
  const checked = input.commands.map(checkSent);
  return whenFree(() => store.db.transaction().execute((tx) => stepIn(store, tx, decider, input, checked)));
}

/** Waits for an entity that is held without a connection in hand. @throws EntityHeld when it stays so. */
async function whenFree<T>(act: () => Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof EntityHeld) || Date.now() + waitMs > end) throw error;
      await delay(waitMs);
    }
  }
}

async function stepIn<S, C, E>(
  store: Store,
  tx: Tx,
  decider: Decider<S, C, E>,
  input: StepInput,
  checked: readonly CheckedCommand[],
): Promise<StepResult> {
  const bench = await prepare(store, tx, decider, input, checked);
  if (bench.head.state !== undefined) await catchUp(bench);
  const replies: Reply[] = [];
  for (const command of checked) replies.push(await takeTurn(bench, command));
  if (bench.head.state === undefined) return { replies, outbox: bench.outbox, gone: true };
  const wake_at = await settleWake(bench);
  return { replies, ...(wake_at === undefined ? {} : { wake_at }), outbox: bench.outbox, gone: false };
}

async function prepare<S, C, E>(
  store: Store,
  tx: Tx,
  decider: Decider<S, C, E>,
  input: StepInput,
  checked: readonly CheckedCommand[],
): Promise<Bench<S, C, E>> {
  const head = await lockEntity(tx, decider, input.id);
  const envelopes = checked.flatMap((command) => (command.ok ? [command.envelope] : []));
  const now = latest(new Date(input.now).toISOString(), head.last_at);
  const moves =
    decider.movesPeople(head.state, undefined, now) ||
    envelopes.some(({ body }) => decider.movesPeople(head.state, decider.bodyOf(body), now));
  if (moves) await lockPeople(tx);
  const ids = envelopes.map((envelope) => envelope.id);
  const around = await readSurroundings(tx, decider.kind, input.id, ids);
  const hash = head.state === undefined ? undefined : decider.rulesOf(head.state);
  const concerned = moves ? await concernedBy(tx, input.id) : undefined;
  const texts = checked.flatMap((command) => (command.ok ? [command.bodyText] : []));
  const scene = await loadScene(store, tx, input.id, new Date(input.now).toISOString(), around, hash, concerned);
  const bodies = envelopes.map(({ body }) => decider.bodyOf(body));
  const beside = await decider.around?.(tx, scene, head.state, { bodies, texts });
  return {
    tx,
    decided: store.decided,
    decider,
    head,
    clock: around.clock,
    horizon: store.allowTimeTravel ? undefined : fromMs(toMs(around.clock) + LEEWAY_MS),
    journalled: new Map(around.journalled),
    outbox: around.outbox,
    scene: { ...scene, ...beside },
  };
}

/**
 * The time that clocks are judged by: the workflow's, but where that lies ahead of the database's, the database's. What
 * is due only by a clock that is wrong is not due.
 */
function timeOf<S, C, E>({ scene, head, clock, horizon }: Bench<S, C, E>): Instant {
  const isAhead = horizon !== undefined && scene.now > horizon;
  return latest(isAhead ? clock : scene.now, head.last_at);
}

/** A wake of its own before the commands, when the clocks of the entity are behind. One that fails is put off, ever longer. */
async function catchUp<S, C, E>(bench: Bench<S, C, E>): Promise<void> {
  const { decider, head } = bench;
  const now = timeOf(bench);
  if (head.wake_not_before !== undefined && now < head.wake_not_before) return;
  const due = dueOf(bench);
  if (due === undefined || due > now) return;
  const id = `wake:${head.seq + 1}`;
  const reply = await decideAndWrite(bench, { id, actor: 'system', body: decider.wake });
  if (reply.outcome === 'accepted') return;
  const isAhead = reply.outcome === 'fault' && reply.cause === 'clock-ahead';
  await putOff(bench, now, isAhead ? LONGEST_AHEAD_MS : DAY_MS);
}

/** When the state wants to be woken; a state that cannot say is woken now, and so found out. */
function dueOf<S, C, E>(bench: Bench<S, C, E>): Instant | undefined {
  const { decider, scene, head } = bench;
  try {
    return head.state === undefined ? undefined : decider.wakeAt(scene, head.state);
  } catch {
    return timeOf(bench);
  }
}

async function putOff<S, C, E>(bench: Bench<S, C, E>, now: Instant, longestMs: number): Promise<void> {
  const wake_faults = bench.head.wake_faults + 1;
  const wake_not_before = fromMs(toMs(now) + Math.min(longestMs, MINUTE_MS * 2 ** (wake_faults - 1)));
  bench.head = { ...bench.head, wake_faults, wake_not_before };
  await sql`update entities set wake_faults = ${wake_faults}, wake_not_before = ${wake_not_before}
    where kind = ${bench.decider.kind} and id = ${bench.scene.id}`.execute(bench.tx);
}

/**
 * When to come again, by the workflow's clock and in the future in any case; by the database's clock it is kept for the
 * sweep, where it differs from what the last entry left.
 */
async function settleWake<S, C, E>(bench: Bench<S, C, E>): Promise<Instant | undefined> {
  const { decider, head, scene } = bench;
  const now = timeOf(bench);
  const wake_at = wakeAfter(now, dueOf(bench), head.wake_not_before);
  if (wake_at !== head.wake_at) {
    await sql`update entities set wake_at = ${wake_at ?? null} where kind = ${decider.kind} and id = ${scene.id}`.execute(
      bench.tx,
    );
  }
  if (wake_at === undefined || scene.now <= now) return wake_at;
  return fromMs(toMs(wake_at) + toMs(scene.now) - toMs(now));
}

function wakeAfter(now: Instant, due: Instant | undefined, notBefore: Instant | undefined): Instant | undefined {
  if (due === undefined) return undefined;
  const wake_at = latest(due, notBefore);
  return wake_at > now ? wake_at : fromMs(toMs(now) + MINUTE_MS);
}
