/** Finds open cases that wait for nobody: their owner has left, or everything they ask is asked of somebody who has. */

import { sql } from 'kysely';
import type { Store } from './open-store.ts';

export interface LeftBehind {
  readonly case: string;
  readonly title: string;
  /** Who has left. */
  readonly person: string;
  readonly why: 'owner' | 'task' | 'asked';
}

/** At most `limit`, by case; it may stand in it several times, once for each person. Who has just left is being followed. */
export async function leftBehind({ db }: Store, limit: number): Promise<readonly LeftBehind[]> {
  const { rows } = await sql<LeftBehind>`
    with gone as (
      select c.id as case, c.title, c.owner as person, 'owner' as why from cases c where not c.finished
      union all
      select c.id, c.title, task_owner, 'task' from cases c, unnest(c.task_owners) as task_owner where not c.finished
      union all
      select c.id, c.title, one, 'asked' from cases c, unnest(c.asked) as one where not c.finished)
    select distinct gone.* from gone
    left join people p on p.person = gone.person and p.until_version is null
    where p.active is not true and (p.since is null or p.since < now() - interval '10 minutes')
    order by gone.case, gone.person, gone.why limit ${limit}`.execute(db);
  return rows;
}
