/** Reads one person: how they stand, how they stood before, what waits for them. */

import { sql } from 'kysely';
import type { PersonState } from '../engine/person/state.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Person } from '../engine/who/people.ts';
import type { PersonRow } from './decider.ts';
import { personOf } from './known.ts';
import type { Store } from './open-store.ts';
import { personDecider } from './person-decider.ts';

/** A person as of one version of the people. */
export interface PersonVersion extends Person {
  readonly version: number;
  /** From when it holds; until the next one. */
  readonly since: Instant;
}

/** Every version of somebody, newest first, at most `limit`; empty: there is no such person. */
export async function versionsOf(store: Store, person: string, limit: number): Promise<readonly PersonVersion[]> {
  const { rows } = await sql<PersonRow & { readonly version: number }>`
    select * from people where person = ${person} order by version desc limit ${limit}`.execute(store.db);
  return rows.map((row) => ({ ...personOf(row), version: row.version, since: row.since }));
}

/** The state of somebody's entity; absent: there is no such person. */
export async function personState(store: Store, person: string): Promise<PersonState | undefined> {
  const row = await store.db
    .selectFrom('entities')
    .select('state')
    .where('kind', '=', 'person')
    .where('id', '=', person)
    .executeTakeFirst();
  return row === undefined || row.state === null ? undefined : personDecider.stateOf(row.state);
}

/** The states of these people, by id. */
export async function statesOf(store: Store, people: readonly string[]): Promise<readonly PersonState[]> {
  if (people.length === 0) return [];
  const rows = await store.db
    .selectFrom('entities')
    .select('state')
    .where('kind', '=', 'person')
    .where('id', 'in', [...people])
    .orderBy('id')
    .execute();
  return rows.flatMap(({ state }) => (state === null ? [] : [personDecider.stateOf(state)]));
}

/** How much somebody has on their hands. */
export async function burdenOf(
  { db }: Store,
  person: string,
): Promise<{ readonly open_cases: number; readonly open_items: number }> {
  const { rows } = await sql<{ open_cases: number; open_items: number }>`
    select (select count(*) from cases where owner = ${person} and not finished) as open_cases,
      (select count(*) from inbox_items where person = ${person} and settled_at is null and subject is not null) as open_items`.execute(
    db,
  );
  return rows[0] ?? { open_cases: 0, open_items: 0 };
}
