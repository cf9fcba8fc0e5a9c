/** Finds messages that were handed to a Temporal server which is gone, before their receivers had journalled them. */

import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/** Puts them back into their outboxes. Harmless for those that did arrive: the receiver counts an id once. Returns how many. */
export async function redeliverLost(store: Store): Promise<number> {
  const { numAffectedRows } = await sql`
    update outbox o set delivered_at = null, next_at = o.recorded_at
    where queue = 'entities' and delivered_at is not null and not exists (
      select from journal j where j.kind = split_part(o.target, '/', 1)
        and j.entity = substr(o.target, strpos(o.target, '/') + 1) and j.command_id = o.key)`.execute(store.db);
  return Number(numAffectedRows ?? 0);
}
