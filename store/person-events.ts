/** Reads what happened to a person, from their journal: what is over is in no state any more. */

import { sql } from 'kysely';
import type { PersonEvent } from '../engine/person/event.ts';
import { eventsOf } from './fold.ts';
import { openEntry } from './journal-entry.ts';
import type { Store } from './open-store.ts';

/**
 * In the order they happened.
 *
 * @param about a regular expression of PostgreSQL over the text of an entry; entries that do not match are not read
 */
export async function personEvents({ db }: Pick<Store, 'db'>, person: string, about: string): Promise<PersonEvent[]> {
  const { rows } = await sql<{ text: string; texts: Readonly<Record<string, string>> | null }>`
    select j.text, p.texts from journal j left join personal_texts p using (kind, entity, seq)
    where j.kind = 'person' and j.entity = ${person} and j.text ~ ${about} order by j.seq`.execute(db);
  return rows.flatMap((row) => {
    const { events = [] } = openEntry(row as Parameters<typeof openEntry>[0]).entry;
    // Written by this decider, and in today's shape.
    return eventsOf('person', events) as readonly PersonEvent[];
  });
}
