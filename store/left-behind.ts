/** Finds open cases that wait for nobody: their owner has left, or everything they ask is asked of somebody who has. */

import { sql } from 'kysely';
import type { Store, Tx } from './open-store.ts';

export interface LeftBehind {
  readonly case: string;
  readonly title: string;
  /** Who has left. */
  readonly person: string;
  readonly why: 'owner' | 'task' | 'asked';
}

/** At most `limit`, by case. A case may stand in it several times, once for each person. */
export function leftBehind({ db }: Store, limit: number): Promise<readonly LeftBehind[]> {
  return db.transaction().execute(async (tx) => {
    // It reads the states of many cases, and nobody waits for it.
    await sql`set local statement_timeout = '1min'`.execute(tx);
    return find(tx, limit);
  });
}

async function find(tx: Tx, limit: number): Promise<readonly LeftBehind[]> {
  const { rows } = await sql<LeftBehind>`
    with gone as (
      select c.id as case, c.title, c.owner as person, 'owner' as why from cases c where not c.finished
      union all
      select c.id, c.title, task_owner, 'task' from cases c, unnest(c.task_owners) as task_owner where not c.finished
      union all
      select c.id, c.title, asked, 'asked' from cases c
        join entities e on e.kind = 'case' and e.id = c.id,
        json_array_elements_text(coalesce(e.state #> '{clock,stall,asked}', '[]'::json)) as asked
        where not c.finished and c.demanded
      union all
      select c.id, c.title, asked, 'asked' from cases c
        join entities e on e.kind = 'case' and e.id = c.id,
        json_each(e.state -> 'evidence') as evidence,
        json_array_elements_text(coalesce(evidence.value -> 'asked', '[]'::json)) as asked
        where not c.finished and c.to_accept > 0 and evidence.value ->> 'status' = 'submitted')
    select distinct gone.* from gone
    left join people p on p.person = gone.person and p.until_version is null
    where p.active is not true
    order by gone.case, gone.person, gone.why limit ${limit}`.execute(tx);
  return rows;
}
