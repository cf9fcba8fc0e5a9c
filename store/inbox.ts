/** Reads people's inboxes. */

import type { Message } from '../engine/person/message.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';

export interface InboxItem {
  /** Counts from 1 for each person. */
  readonly item: number;
  readonly message: Message;
  readonly received_at: Instant;
  readonly read_at: Instant | null;
}

export interface InboxQuery {
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
    .select(['item', 'message', 'received_at', 'read_at'])
    .where('person', '=', person)
    .orderBy('item', 'desc')
    .limit(limit);
  if (unread !== undefined) query = query.where('read_at', unread ? 'is' : 'is not', null);
  if (before !== undefined) query = query.where('item', '<', before);
  const rows = await query.execute();
  // The person's decider checked each message before it came here.
  return rows.map((row) => ({ ...row, message: row.message as Message }));
}
