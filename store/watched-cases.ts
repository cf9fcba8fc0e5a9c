/** Reads the open cases of some pipelines, a page at a time, with the world each is judged in. */

import { sql } from 'kysely';
import type { CaseState } from '../engine/case/state.ts';
import type { World } from '../engine/case/world.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { People } from '../engine/who/people.ts';
import { caseDecider } from './case-decider.ts';
import { loadPeople, loadRules, loadSet } from './known.ts';
import type { Store } from './open-store.ts';
import { sameCustomer } from './same-customer.ts';

export interface WatchedCase {
  readonly state: CaseState;
  readonly world: World;
}

/** The set that is in force, and its hash; absent: none is published. */
export async function currentSet(
  store: Store,
): Promise<{ readonly hash: string; readonly playbook: PlaybookSet } | undefined> {
  const { rows } = await sql<{ hash: string }>`select hash from current_set`.execute(store.db);
  const hash = rows[0]?.hash;
  return hash === undefined ? undefined : { hash, playbook: await loadSet(store.db, store.known, hash) };
}

/** How many imports have ended: after another, everything may stand otherwise. */
export async function importsDone({ db }: Store): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from imports where status <> 'running'`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

export async function currentPeople({ db, known }: Store): Promise<People> {
  const { rows } = await sql<{ version: number }>`select version from people_version`.execute(db);
  return loadPeople(db, known, rows[0]?.version ?? 0);
}

/** Those after the id, in its order. @param now looked at as of then, each never before its own last entry */
export async function watchedCases(
  store: Store,
  playbook: PlaybookSet,
  pipelines: readonly string[],
  { after, limit, now }: { readonly after: string; readonly limit: number; readonly now: Instant },
): Promise<readonly WatchedCase[]> {
  const { rows } = await sql<{ state: unknown }>`
    select e.state from cases c join entities e on e.kind = 'case' and e.id = c.id
    where not c.finished and c.pipeline = any(${[...pipelines]}::text[]) and c.id > ${after}
    order by c.id limit ${limit}`.execute(store.db);
  const people = await currentPeople(store);
  const found: WatchedCase[] = [];
  const states = rows.map(({ state }) => caseDecider.stateOf(state));
  const others = await sameCustomer(store.db, playbook, states);
  for (const state of states) {
    const rules = await loadRules(store.db, store.known, state.rules);
    const at = state.last_at > now ? state.last_at : now;
    found.push({
      state,
      world: { case: state.case, rules, playbook, people, same_customer: others.get(state.case) ?? [], now: at },
    });
  }
  return found;
}
