/** Finds entities that somebody should have looked at: overdue ones for the sweep, all waiting ones for a refill. */

import { sql } from 'kysely';
import type { EntityRef } from '../engine/entity.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';

/** Entities whose wake passed, or whose outbox waits, since before `passedBefore` (now less two minutes); at most `limit`. */
export async function sweepDue(store: Store, passedBefore: Instant, limit: number): Promise<readonly EntityRef[]> {
  const { rows } = await sql<EntityRef>`
    (select kind, id from entities where wake_at < ${passedBefore} order by wake_at limit ${limit})
    union
    (select kind, entity from outbox where delivered_at is null and next_at < ${passedBefore} order by next_at limit ${limit})
    limit ${limit}`.execute(store.db);
  return rows;
}

/** An entity that needs a running workflow. */
export interface EntityToRun extends EntityRef {
  /** When it must wake, where there is nothing to do before. */
  readonly wake_at?: Instant;
}

/**
 * Entities that need a running workflow, because they wait for a time or for a delivery: pages in order of kind and id,
 * after the last of the page before. An empty page is the end.
 */
export async function entitiesToRun(
  store: Store,
  after: EntityRef | undefined,
  limit: number,
): Promise<readonly EntityToRun[]> {
  const { rows } = await sql<EntityRef & { readonly wake_at: Instant | null; readonly sends: boolean }>`
    select kind, id, wake_at, sends from entities e, lateral (
      select exists (select from outbox o where o.kind = e.kind and o.entity = e.id and o.delivered_at is null) as sends
    ) as waiting
    where (kind, id) > (${after?.kind ?? ''}, ${after?.id ?? ''}) and (wake_at is not null or sends)
    order by kind, id limit ${limit}`.execute(store.db);
  return rows.map(({ kind, id, wake_at, sends }) => ({ kind, id, ...(wake_at !== null && !sends && { wake_at }) }));
}
