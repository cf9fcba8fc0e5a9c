/** Reads people's inboxes. */

import type { Message } from '../engine/person/message.ts';
import type { Settlement } from '../engine/person/settlement.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';

export interface InboxItem {
  /** Counts from 1 for each person. */
  readonly item: number;
  readonly message: Message;
  readonly received_at: Instant;
  readonly read_at: Instant | null;
  /** When and how it was settled; null: it is open, or never asked for anything. */
  readonly settled_at: Instant | null;
  readonly settled_how: Settlement | null;
}

export interface InboxQuery {
  /** Neither read nor settled; false: the others. */
  readonly unread?: boolean;
  /** Items older than this one: the last of the page before. */
  readonly before?: number;
  readonly limit: number;
}

/** Newest first. */
export async function inboxOf(
  store: Store,
  person: string,
  { unread, before, limit }: InboxQuery,
): Promise<readonly InboxItem[]> {
  let query = store.db
    .selectFrom('inbox_items')
    .select(['item', 'message', 'received_at', 'read_at', 'settled_at', 'settled_how'])
    .where('person', '=', person)
    .orderBy('item', 'desc')
    .limit(limit);
  if (unread === true) query = query.where('read_at', 'is', null).where('settled_at', 'is', null);
  if (unread === false)
    query = query.where((eb) => eb.or([eb('read_at', 'is not', null), eb('settled_at', 'is not', null)]));
  if (before !== undefined) query = query.where('item', '<', before);
  const rows = await query.execute();
  // The person's decider checked each message before it came here.
  return rows.map((row) => ({
    ...row,
    message: row.message as Message,
    settled_how: row.settled_how as Settlement | null,
  }));
}
