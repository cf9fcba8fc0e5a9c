/** Finds messages that Temporal took over and lost before their receivers had journalled them: a lost server, a run that was ended. */

import { sql } from 'kysely';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';

/** A receiver that will not have a message (nobody of that name, or at fault for long) is not asked at every sweep. */
const MOST_ATTEMPTS = 5;

/** Which messages may have been lost: those taken over between the two instants, by a Temporal that is gone or not. */
export interface Lost {
  readonly from: Instant;
  readonly to: Instant;
  /** All that it had taken over is gone, whatever was tried before. */
  readonly isTemporalNew: boolean;
}

/**
 * Puts them back into their outboxes, unless their receivers have journalled them. Harmless for those still under way:
 * the receiver counts an id once. Returns how many.
 */
export async function redeliverLost(store: Store, { from, to, isTemporalNew }: Lost): Promise<number> {
  return store.db.transaction().execute(async (tx) => {
    // After the loss of a whole server there may be many; this is no step, and nobody waits for it.
    await sql`set local statement_timeout = 0`.execute(tx);
    const { numAffectedRows } = await sql`
      update outbox o set delivered_at = null, next_at = o.recorded_at, attempts = attempts + 1
      where queue = 'entities' and delivered_at >= ${from} and delivered_at <= ${to}
        and (${isTemporalNew} or attempts < ${MOST_ATTEMPTS})
        and not exists (
          select from journal j where j.kind = split_part(o.target, '/', 1)
            and j.entity = substr(o.target, strpos(o.target, '/') + 1) and j.command_id = o.key)`.execute(tx);
    return Number(numAffectedRows ?? 0);
  });
}
