/** The activity `deliver`: empties an entity's outbox, to other entities and to the outside, each destination by itself. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Store } from '../store/open-store.ts';
import { markDelivered, markFailed, type OutboxItem, outboxPending, type Queue, takeDue } from '../store/outbox.ts';
import type { DeliverInput, DeliverResult, EntityKind, SentCommand } from './contract.ts';
import { messageOf } from './embedded/setup-error.ts';
import type { Outside } from './outside.ts';
import { LONGEST_WAIT_MS, type SendPacer } from './send-pacer.ts';
import { signalCommand } from './send-to-entity.ts';

export interface DeliverDeps {
  readonly store: Store;
  readonly client: Client;
  readonly taskQueue: string;
  readonly outside: Outside;
  readonly pacer: SendPacer;
}

/** What became of one item: gone out (with a note where it did not), failed, or to be tried again without counting. */
export type Sent =
  | { readonly sent: true; readonly note?: string }
  | { readonly failed: string }
  | { readonly not_before: number };

const PAGE = 100;
/** Well within the activity's minute: what is left then is taken by the next one. */
const LONGEST_MS = 30_000;

/** @throws when the database is away: Temporal tries again. */
export async function deliver(deps: DeliverDeps, input: DeliverInput): Promise<DeliverResult> {
  const clock = clockFrom(await timeOf(deps.store, input));
  const again = await Promise.all([
    empty(deps, input, 'entities', clock, (item) => toEntity(deps, item)),
    empty(deps, input, 'outside', clock, (item) => deps.outside.send(item)),
  ]);
  const now = clock();
  const pending = await outboxPending(deps.store, input.kind, input.id);
  const due = [...again.flat(), ...(pending === undefined ? [] : [Math.max(Date.parse(pending), now)])];
  return due.length === 0 ? {} : { again_at: new Date(Math.min(...due)).toISOString() };
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

/** @returns when to come again for what could not go now, in milliseconds since 1970. */
async function empty(
  { store }: DeliverDeps,
  input: DeliverInput,
  queue: Queue,
  clock: () => number,
  send: Send,
): Promise<readonly number[]> {
  const end = clock() + LONGEST_MS;
  for (;;) {
    const items = await takeDue(store, input.kind, input.id, queue, new Date(clock()).toISOString(), PAGE);
    const targets = new Set(items.map((item) => item.target));
    const again = await Promise.all(
      [...targets].map((target) =>
        inOrder(
          store,
          items.filter((item) => item.target === target),
          clock,
          send,
        ),
      ),
    );
    const times = again.filter((at) => at !== undefined);
    if (items.length < PAGE || times.length > 0 || clock() > end) return times;
  }
}

/** The items of one target, one after another, up to the first that does not go. */
async function inOrder(
  store: Store,
  items: readonly OutboxItem[],
  clock: () => number,
  send: Send,
): Promise<number | undefined> {
  for (const item of items) {
    const result = await send(item).catch((error: unknown): Sent => ({ failed: messageOf(error) }));
    const now = clock();
    if ('not_before' in result) return result.not_before;
    if ('failed' in result)
      return Date.parse(await markFailed(store, item, new Date(now).toISOString(), result.failed));
    await markDelivered(store, item.id, new Date(now).toISOString());
    if (result.note !== undefined)
      await store.db.updateTable('outbox').set({ last_error: result.note }).where('id', '=', item.id).execute();
  }
  return undefined;
}

/** Exactly once: the command's id is the item's key, and the receiver's journal counts an id once. */
async function toEntity({ client, taskQueue, pacer }: DeliverDeps, item: OutboxItem): Promise<Sent> {
  const { kind, id } = parseTarget(item.target);
  if (item.effect.effect !== 'message')
    return { sent: true, note: `no entity takes the effect \`${item.effect.effect}\`` };
  const command: SentCommand = {
    id: item.key,
    actor: 'system',
    body: { command: 'receive', message: item.effect.message },
    sent_at: item.recorded_at,
  };
  const waitMs = pacer.take(item.target, Date.now());
  if (waitMs === undefined) return { not_before: Date.now() + LONGEST_WAIT_MS };
  await delay(waitMs);
  await signalCommand({ client, taskQueue }, { kind, id }, command);
  return { sent: true };
}

/** `person/ann` as the store writes it. */
function parseTarget(target: string): { kind: EntityKind; id: string } {
  const slash = target.indexOf('/');
  return { kind: target.slice(0, slash) === 'case' ? 'case' : 'person', id: target.slice(slash + 1) };
}
