/** The activity `deliver`: empties an entity's outbox, to other entities and to the outside, each destination by itself. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { SentCommand } from '../engine/entity.ts';
import { SYSTEM } from '../engine/who/rights.ts';
import type { Store } from '../store/open-store.ts';
import { markDelivered, markFailed, type OutboxItem, outboxPending, type Queue, takeDue } from '../store/outbox.ts';
import { sentBy } from '../store/sent-by.ts';
import type { DeliverInput, DeliverResult, EntityKind } from './contract.ts';
import { diagnose } from './diagnose.ts';
import { messageOf } from './embedded/setup-error.ts';
import type { Outside } from './outside.ts';
import type { SendPacer } from './send-pacer.ts';
import { signalCommand } from './send-to-entity.ts';

export interface DeliverDeps {
  readonly store: Store;
  readonly client: Client;
  readonly taskQueue: string;
  readonly outside: Outside;
  readonly pacer: SendPacer;
  /** Says that it is still at work, where sending takes longer than a moment. */
  readonly alive: () => void;
}

/** What became of one item: gone out (with a note where it did not), failed, or to be tried again without counting. */
export type Sent =
  | { readonly sent: true; readonly note?: string }
  | { readonly failed: string }
  | { readonly wait_ms: number };

const PAGE = 100;
/** Well within the activity's minute: what is left then is taken by the next one. */
const LONGEST_MS = 30_000;
/** While a target keeps us waiting. */
const LOOK_AGAIN_MS = 250;

/** @throws when the database is away: Temporal tries again. */
export async function deliver(deps: DeliverDeps, input: DeliverInput): Promise<DeliverResult> {
  const clock = clockFrom(await timeOf(deps.store, input));
  await Promise.all([
    empty(deps, input, 'entities', clock, (item) => toEntity(deps, item, clock)),
    empty(deps, input, 'outside', clock, (item) => deps.outside.send(item)),
  ]);
  const again_at = await outboxPending(deps.store, input.kind, input.id);
  return again_at === undefined ? {} : { again_at };
}

/** With skipped time an entity may have heard from one whose clock is ahead of its workflow's. */
async function timeOf({ db, allowTimeTravel }: Store, { kind, id, now }: DeliverInput): Promise<string> {
  if (!allowTimeTravel) return now;
  const row = await db
    .selectFrom('entities')
    .select('last_at')
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined && row.last_at > now ? row.last_at : now;
}

/** The workflow's time where it is ahead of ours (skipped time), and going on from there. */
function clockFrom(now: string): () => number {
  const ahead = Math.max(0, Date.parse(now) - Date.now());
  return () => Date.now() + ahead;
}

type Send = (item: OutboxItem) => Promise<Sent>;

/**
 * Sends what is due, the targets beside each other; what does not go is put off. While one target keeps us waiting, what
 * has come for the others meanwhile is sent.
 */
async function empty(
  { store, alive }: DeliverDeps,
  { kind, id }: DeliverInput,
  queue: Queue,
  clock: () => number,
  send: Send,
): Promise<void> {
  const end = clock() + LONGEST_MS;
  const busy = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  for (;;) {
    const isOver = failures.length > 0 || clock() > end;
    const now = new Date(clock()).toISOString();
    const items = isOver ? [] : await takeDue(store, kind, id, queue, now, PAGE, [...busy.keys()]);
    for (const target of new Set(items.map((item) => item.target))) {
      const its = items.filter((item) => item.target === target);
      const sending = inOrder(store, its, clock, end, send).catch((error: unknown) => void failures.push(error));
      busy.set(
        target,
        sending.then(() => void busy.delete(target)),
      );
    }
    const isIdle = await Promise.race([Promise.all(busy.values()).then(() => true), delay(LOOK_AGAIN_MS, false)]);
    if (isIdle && (isOver || items.length < PAGE)) break;
    if (!isIdle) alive();
  }
  if (failures.length > 0) throw failures[0];
}

/** The items of one target, one after another, up to the first that does not go; that and those after it wait together. */
async function inOrder(
  store: Store,
  items: readonly OutboxItem[],
  clock: () => number,
  end: number,
  send: Send,
): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (clock() > end) return;
    const result = await send(item).catch((error: unknown): Sent => ({ failed: messageOf(error) }));
    const now = new Date(clock()).toISOString();
    if ('sent' in result) {
      await markDelivered(store, item.id, now);
      if (result.note !== undefined) await update(store, [item], { last_error: result.note });
      continue;
    }
    const next_at =
      'failed' in result
        ? await markFailed(store, item, now, result.failed)
        : new Date(clock() + result.wait_ms).toISOString();
    await update(store, items.slice(index), { next_at });
    return;
  }
}

async function update(
  { db }: Store,
  items: readonly OutboxItem[],
  set: { readonly next_at: string } | { readonly last_error: string },
): Promise<void> {
  const ids = items.map((item) => item.id);
  await db.updateTable('outbox').set(set).where('id', 'in', ids).execute();
}

/** Exactly once: the command's id is the item's key, and the receiver's journal counts an id once. */
async function toEntity(deps: DeliverDeps, item: OutboxItem, clock: () => number): Promise<Sent> {
  const { client, taskQueue, pacer } = deps;
  const { kind, id } = parseTarget(item.target);
  const command = await commandOf(deps, item, clock);
  // The case was looked at, and there was nothing new.
  if (command === undefined && item.effect.effect === 'diagnose') return { sent: true };
  if (command === undefined) return { sent: true, note: `no entity takes the effect \`${item.effect.effect}\`` };
  const turn = await pacer.inTurn(item.target, () => signalCommand({ client, taskQueue }, { kind, id }, command));
  return turn.taken ? { sent: true } : { wait_ms: turn.again_ms };
}

/** A look takes place here, where nothing waits for it: a failure is tried again, and what it finds has the item's key. */
async function commandOf(
  { store }: DeliverDeps,
  item: OutboxItem,
  clock: () => number,
): Promise<SentCommand | undefined> {
  if (item.effect.effect !== 'diagnose') return sentBy(item);
  const body = await diagnose(store, item.effect.to, new Date(clock()).toISOString());
  return body && { id: item.key, actor: SYSTEM, body, sent_at: item.recorded_at };
}

/** `person/ann` as the store writes it. */
function parseTarget(target: string): { kind: EntityKind; id: string } {
  const slash = target.indexOf('/');
  return { kind: target.slice(0, slash) === 'case' ? 'case' : 'person', id: target.slice(slash + 1) };
}
