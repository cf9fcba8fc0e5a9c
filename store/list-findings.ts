/** Lists what stands found in open cases, the most urgent first. */

import { sql } from 'kysely';
import type { CaseState } from '../engine/case/state.ts';
import { caseDecider } from './case-decider.ts';
import type { Store } from './open-store.ts';

export const FINDING_STANDINGS = ['open', 'in_hand', 'declined'] as const;
export type FindingStanding = (typeof FINDING_STANDINGS)[number];

export interface FindingFilter {
  /** Ids of owners of the cases; absent: everybody's. */
  readonly owners?: readonly string[];
  readonly case?: string;
  readonly finding?: string;
  readonly class?: string;
  /** Absent: all that stand. */
  readonly standing?: FindingStanding;
}

export interface ListedFinding {
  readonly finding: string;
  /** Of the case it was found in. */
  readonly state: CaseState;
}

const ANSWERED: Readonly<Record<FindingStanding, string | null>> = {
  open: null,
  in_hand: 'respond',
  declined: 'decline',
};

/** What is gone stands no more. Those to be answered soonest come first, then the oldest. */
export async function listFindings(
  { db }: Store,
  filter: FindingFilter,
  limit: number,
): Promise<{ readonly items: readonly ListedFinding[]; readonly total: number }> {
  const { owners, standing } = filter;
  const only = [
    ...(owners === undefined ? [] : [sql`c.owner = any(${[...owners]})`]),
    ...(filter.case === undefined ? [] : [sql`c.id = ${filter.case}`]),
    ...(filter.finding === undefined ? [] : [sql`f.key = ${filter.finding}`]),
    ...(filter.class === undefined ? [] : [sql`f.value ->> 'class' = ${filter.class}`]),
    ...(standing === undefined ? [] : [sql`f.value -> 'answer' ->> 'as' is not distinct from ${ANSWERED[standing]}`]),
    sql`not f.value ? 'gone_at'`,
  ];
  const { rows } = await sql<{ finding: string; state: unknown; total: number }>`
    select f.key as finding, e.state, count(*) over ()::int as total
    from cases c
    join entities e on e.kind = 'case' and e.id = c.id
    cross join lateral jsonb_each(e.state::jsonb -> 'findings') as f
    where c.findings > 0 and not c.finished and ${sql.join(only, sql` and `)}
    order by f.value ->> 'due_at' nulls last, f.value ->> 'found_at', c.id, f.key limit ${limit}`.execute(db);
  const items = rows.map(({ finding, state }) => ({ finding, state: caseDecider.stateOf(state) }));
  return { items, total: rows[0]?.total ?? 0 };
}
