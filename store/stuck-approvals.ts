/** Finds approvals under review that wait for nobody: a seat has nobody who can answer. */

import { sql } from 'kysely';
import type { Store } from './open-store.ts';

export interface StuckApproval {
  readonly case: string;
  readonly title: string;
  readonly approval: string;
  readonly step: string;
}

/** At most `limit`, by case. */
export async function stuckApprovals({ db }: Store, limit: number): Promise<readonly StuckApproval[]> {
  const { rows } = await sql<StuckApproval>`
    select c.id as case, c.title, approval.key as approval, step.key as step
    from cases c
    join entities e on e.kind = 'case' and e.id = c.id
    cross join lateral jsonb_each(coalesce(e.state::jsonb -> 'approvals', '{}')) as approval
    cross join lateral jsonb_each(coalesce(approval.value -> 'steps', '{}')) as step
    where not c.finished and step.value ? 'stuck'
    order by c.id, approval.key, step.key limit ${limit}`.execute(db);
  return rows;
}
