/** Reading the journal in tests. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import type { Store } from '../../store/open-store.ts';
import type { EntityKind } from '../../workers/contract.ts';

interface Entry<E> {
  readonly seq: number;
  readonly command_id: string;
  readonly outcome: string;
  readonly at: string;
  readonly events?: readonly E[];
  readonly cause?: string;
}

type EventOf<K extends EntityKind> = K extends 'case' ? CaseEvent : PersonEvent;

/** The entries of an entity, in order. */
export async function journalOf<K extends EntityKind>(
  store: Store,
  kind: K,
  entity: string,
): Promise<Entry<EventOf<K>>[]> {
  const rows = await store.db
    .selectFrom('journal')
    .select('text')
    .where('kind', '=', kind)
    .where('entity', '=', entity)
    .orderBy('seq')
    .execute();
  return rows.map((row) => JSON.parse(row.text));
}

/** All that happened to an entity, in order. */
export async function eventsOf<K extends EntityKind>(store: Store, kind: K, entity: string): Promise<EventOf<K>[]> {
  return (await journalOf(store, kind, entity)).flatMap((entry) => [...(entry.events ?? [])]);
}
