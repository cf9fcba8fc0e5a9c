/** Reading the journal in tests. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import { journalOf as linesOf } from '../../store/journal-of.ts';
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
  const lines = await linesOf(store, kind, entity, 0, 100_000);
  // The entries of an entity of this kind hold its events.
  return lines.map(({ entry }) => entry as Entry<EventOf<K>>);
}

/** All that happened to an entity, in order. */
export async function eventsOf<K extends EntityKind>(store: Store, kind: K, entity: string): Promise<EventOf<K>[]> {
  return (await journalOf(store, kind, entity)).flatMap((entry) => [...(entry.events ?? [])]);
}
