/** Reads an entity's journal. */

import type { EntityKind } from '../engine/entity.ts';
import { type JournalEntry, parseEntry } from './journal-entry.ts';
import type { Store } from './open-store.ts';

export interface JournalLine {
  readonly entry: JournalEntry;
  readonly hash: string;
}

/** The entity's journal after an entry (0: from the beginning), oldest first. */
export async function journalOf(
  store: Store,
  kind: EntityKind,
  id: string,
  after: number,
  limit: number,
): Promise<readonly JournalLine[]> {
  const rows = await store.db
    .selectFrom('journal')
    .select(['text', 'hash'])
    .where('kind', '=', kind)
    .where('entity', '=', id)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ entry: parseEntry(row.text), hash: row.hash }));
}
