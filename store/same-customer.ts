/** Open cases of the same customer that were there before: what a conflict about a customer is found by (D46). */

import { sql } from 'kysely';
import { pipelinesSharingCustomers } from '../engine/case/findings/seen-by-watch.ts';
import type { CaseState } from '../engine/case/state.ts';
import type { SameCustomer } from '../engine/case/world.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { Store, Tx } from './open-store.ts';

/** Of each case the oldest: who they are is told in one line. */
const MOST = 20;

/** By case, the oldest first; empty where the playbooks do not watch for it. */
export async function sameCustomer(
  db: Store['db'] | Tx,
  playbook: PlaybookSet,
  states: readonly CaseState[],
): Promise<ReadonlyMap<string, readonly SameCustomer[]>> {
  const pipelines = pipelinesSharingCustomers(playbook);
  const ids = states.filter(({ pipeline }) => pipelines.includes(pipeline)).map((state) => state.case);
  if (ids.length === 0) return new Map();
  const { rows } = await sql<SameCustomer & { of: string }>`
    select mine.id as of, other.id as "case", other.owner
    from cases mine
    cross join lateral (
      select id, owner, opened_at from cases
      where customer = mine.customer and not finished and pipeline = any(${[...pipelines]}::text[])
        and (opened_at, id) < (mine.opened_at, mine.id)
      order by opened_at, id limit ${MOST}
    ) other
    where mine.id = any(${ids}::text[])
    order by mine.id, other.opened_at, other.id`.execute(db);
  const found = new Map<string, SameCustomer[]>();
  for (const { of, case: other, owner } of rows) found.set(of, [...(found.get(of) ?? []), { case: other, owner }]);
  return found;
}
