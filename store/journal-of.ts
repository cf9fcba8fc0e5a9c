/** Reads an entity's journal. */

import type { EntityKind } from '../engine/entity.ts';
import { eventsOf } from './fold.ts';
import { type JournalEntry, openEntry } from './journal-entry.ts';
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
    .selectFrom('journal as j')
    .leftJoin('personal_texts as p', (join) =>
      join.onRef('p.kind', '=', 'j.kind').onRef('p.entity', '=', 'j.entity').onRef('p.seq', '=', 'j.seq'),
    )
    .select(['j.text', 'j.hash', 'p.texts'])
    .where('j.kind', '=', kind)
    .where('j.entity', '=', id)
    .where('j.seq', '>', after)
    .orderBy('j.seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ entry: shownEntry(kind, openEntry(row).entry), hash: row.hash }));
}

/** With its texts in their places and its events in today's shape. */
export function shownEntry(kind: EntityKind, entry: JournalEntry): JournalEntry {
  return entry.events === undefined ? entry : { ...entry, events: eventsOf(kind, entry.events) };
}
