/** Reads people: who is who now, or was at a version that a journal entry names. */

import { sql } from 'kysely';
import type { People } from '../engine/who/people.ts';
import type { PersonRow } from './decider.ts';
import { loadPeople, personOf } from './known.ts';
import type { Store } from './open-store.ts';

/** Everybody as of now. */
export async function listPeople(store: Store): Promise<People> {
  const { version } = await store.db.selectFrom('people_version').select('version').executeTakeFirstOrThrow();
  return loadPeople(store.db, store.known, version);
}

/** Everybody as a decision saw them whose entry names this version. */
export async function peopleAt(store: Store, version: number): Promise<People> {
  const { rows } = await sql<PersonRow>`
    select * from people where version <= ${version} and (until_version is null or until_version > ${version})`.execute(
    store.db,
  );
  return { version, by_id: Object.fromEntries(rows.map((row) => [row.person, personOf(row)])) };
}
