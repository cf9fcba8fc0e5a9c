/** Reads one case and the world it is judged in. */

import { sql } from 'kysely';
import type { CaseState } from '../engine/case/state.ts';
import type { World } from '../engine/case/world.ts';
import type { Instant } from '../engine/time/instant.ts';
import { caseDecider } from './case-decider.ts';
import { isEntityId } from './check-sent.ts';
import { loadPeople, loadRules, loadSet } from './known.ts';
import type { Store } from './open-store.ts';

/** The case's state and number of its last entry; absent when there is no such case. */
export async function caseById(
  store: Store,
  id: string,
): Promise<{ readonly state: CaseState; readonly seq: number } | undefined> {
  if (!isEntityId(id)) return undefined;
  const row = await store.db
    .selectFrom('entities')
    .select(['state', 'seq'])
    .where('kind', '=', 'case')
    .where('id', '=', id)
    .where('state', 'is not', null)
    .executeTakeFirst();
  return row === undefined ? undefined : { state: caseDecider.stateOf(row.state), seq: row.seq };
}

/** What the case would be judged by at this time: for `explain` and for showing clocks. Absent until a set is published. */
export async function worldOf(store: Store, state: CaseState, now: Instant): Promise<World | undefined> {
  const { rows } = await sql<{ set: string | null; people_version: number }>`
    select (select hash from current_set) as set, (select version from people_version) as people_version`.execute(
    store.db,
  );
  const around = rows[0];
  if (around === undefined || around.set === null) return undefined;
  const playbook = await loadSet(store.db, store.known, around.set);
  const rules = await loadRules(store.db, store.known, state.rules);
  const people = await loadPeople(store.db, store.known, around.people_version);
  return { case: state.case, rules, playbook, people, now };
}
