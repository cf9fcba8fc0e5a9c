/** Lets old messages go that nobody will ever need again. */

import { sql } from 'kysely';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';

/**
 * Forgets at most `limit` messages that were delivered before the instant; those to entities only where the receiver has
 * journalled them, or is nobody: what may have been lost with Temporal stays until it is known to have arrived. Returns
 * how many.
 */
export async function pruneDelivered({ db }: Store, before: Instant, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from outbox where id in (
      select o.id from outbox o
      cross join lateral (select split_part(o.target, '/', 1) as kind, substr(o.target, strpos(o.target, '/') + 1) as id) as to_
      where o.delivered_at < ${before}
        and (o.queue = 'outside'
          or exists (select from journal j where j.kind = to_.kind and j.entity = to_.id and j.command_id = o.key)
          or not exists (select from entities e where e.kind = to_.kind and e.id = to_.id and e.state is not null))
      order by o.delivered_at limit ${limit})`.execute(db);
  return Number(numAffectedRows ?? 0);
}
