/** The outbox: what `deliver` takes from it, and what it says of each attempt. */

import { sql } from 'kysely';
import type { Effect } from '../engine/case/effect.ts';
import type { EntityKind } from '../engine/entity.ts';
import { fromMs, type Instant, toMs } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';

export type Queue = 'entities' | 'outside';

export interface OutboxItem {
  readonly id: number;
  /** Hash of the journal entry and index of the effect: the same at every attempt; the command id at the receiving entity. */
  readonly key: string;
  /** `person/ann` in the queue `entities`, `mail` or `webhook/<name>` in `outside`. */
  readonly target: string;
  readonly effect: Effect;
  /** When the entry was recorded that this follows from. */
  readonly recorded_at: Instant;
  /** Attempts that failed. */
  readonly attempts: number;
}

/** The first failure is tried again after this, each further one after twice as long, up to the most. */
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 10 * 60_000;

/**
 * What is due, oldest first. In the queue `entities` a target that waits for another attempt keeps all later items
 * for the same target waiting, so that they arrive in order; in `outside` every item goes its own way. `except`: targets
 * that are being sent to.
 */
export async function takeDue(
  store: Store,
  kind: EntityKind,
  id: string,
  queue: Queue,
  now: Instant,
  limit: number,
  except: readonly string[] = [],
): Promise<readonly OutboxItem[]> {
  const { rows } = await sql<Omit<OutboxItem, 'effect'> & { readonly payload: unknown }>`
    select id, key, target, payload, recorded_at, attempts from outbox o
    where kind = ${kind} and entity = ${id} and queue = ${queue} and delivered_at is null and next_at <= ${now}
      and target <> all(${[...except]}::text[])
      and (queue = 'outside' or not exists (
        select from outbox earlier
        where earlier.kind = o.kind and earlier.entity = o.entity and earlier.queue = o.queue
          and earlier.target = o.target and earlier.id < o.id and earlier.delivered_at is null and earlier.next_at > ${now}))
    order by id limit ${limit}`.execute(store.db);
  // Written by `writeDrafts` from an Effect.
  return rows.map(({ payload, ...row }) => ({ ...row, effect: payload as Effect }));
}

/** Delivering twice is no harm: the key tells the receiver. */
export async function markDelivered(store: Store, id: number, now: Instant): Promise<void> {
  await store.db.updateTable('outbox').set({ delivered_at: now, last_error: null }).where('id', '=', id).execute();
}

/** Puts the item off, ever longer; returns until when. `error` is shown to operators. */
export async function markFailed(
  store: Store,
  item: Pick<OutboxItem, 'id' | 'attempts'>,
  now: Instant,
  error: string,
): Promise<Instant> {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** item.attempts);
  const next_at = fromMs(toMs(now) + delay);
  await store.db
    .updateTable('outbox')
    .set({ next_at, attempts: item.attempts + 1, last_error: error.replaceAll('\0', '').slice(0, 500) })
    .where('id', '=', item.id)
    .execute();
  return next_at;
}

/** When the next item of the entity is due, in either queue; absent: its outbox is empty. */
export async function outboxPending(store: Store, kind: EntityKind, id: string): Promise<Instant | undefined> {
  const row = await store.db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('next_at').as('next_at'))
    .where('kind', '=', kind)
    .where('entity', '=', id)
    .where('delivered_at', 'is', null)
    .executeTakeFirst();
  return row?.next_at ?? undefined;
}
