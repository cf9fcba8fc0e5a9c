/** Sums up what cases owe, and which never passed a gate, by whoever owns them or where they stand. */

import { sql } from 'kysely';
import type { Store } from './open-store.ts';

export type DebtBy = 'rep' | 'stage' | 'pipeline';

/** What is owed in one place, and the amounts of those cases in one currency. */
export interface DebtRow {
  /** The owner's id; absent: not asked for by rep. */
  readonly owner?: string;
  readonly pipeline?: string;
  readonly stage?: string;
  /** Absent: the cases have no amount. */
  readonly currency: string | null;
  /** Cases that owe something, how many things they owe, and how many of those are overdue. */
  readonly cases: number;
  readonly debts: number;
  readonly overdue: number;
  /** The amounts of the cases that owe, and of those with something overdue, in minor units. */
  readonly amount_minor: number;
  readonly overdue_minor: number;
  /** Cases that were closed when they were first seen: no gate of ours was passed. */
  readonly ungated: number;
  readonly ungated_minor: number;
}

const KEYS = {
  rep: ['owner'],
  stage: ['pipeline', 'stage'],
  pipeline: ['pipeline'],
} as const satisfies Record<DebtBy, readonly ('owner' | 'pipeline' | 'stage')[]>;

/**
 * The places with the most owed first.
 *
 * @param owners whose cases; absent: everybody's
 * @param today `yyyy-MM-dd`: what fell due before it is overdue
 */
export async function sumDebts(
  { db }: Store,
  by: DebtBy,
  owners: readonly string[] | undefined,
  today: string,
): Promise<readonly DebtRow[]> {
  const keys = sql.join(KEYS[by].map((key) => sql.ref(key)));
  const mine = owners === undefined ? sql`true` : sql`owner = any(${[...owners]})`;
  const { rows } = await sql<DebtRow>`
    select ${keys}, amount_currency as currency,
      count(*) filter (where owed > 0)::int as cases,
      sum(owed)::int as debts, sum(late)::int as overdue,
      coalesce(sum(amount_minor) filter (where owed > 0), 0)::float8 as amount_minor,
      coalesce(sum(amount_minor) filter (where late > 0), 0)::float8 as overdue_minor,
      count(*) filter (where ungated)::int as ungated,
      coalesce(sum(amount_minor) filter (where ungated), 0)::float8 as ungated_minor
    from (
      select owner, pipeline, stage, amount_currency, amount_minor, ungated, jsonb_array_length(owes) as owed,
        (select count(*) from jsonb_array_elements(owes) one where one->>'due_on' < ${today}) as late
      from cases where (owes <> '[]' or ungated) and ${mine}
    ) owing
    group by ${keys}, amount_currency
    order by debts desc, ungated desc, ${keys}, currency nulls last`.execute(db);
  return rows;
}
