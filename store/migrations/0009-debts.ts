/** Lists know what each case owes. */

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table cases add column owes jsonb not null default '[]'`,
  // Before, evidence and decisions taken on trust were all that a case could owe.
  `update cases set owes = owed.list
   from (
     select e.entity, jsonb_agg(jsonb_build_object(
       'kind', case when debt ? 'decision' then 'decision' else 'evidence' end,
       'name', coalesce(debt->>'decision', debt->>'evidence'),
       'due_on', debt->>'due_on', 'stage', debt->>'stage') order by n) as list
     from (select id as entity, state::jsonb as state from entities where kind = 'case' and state is not null) e,
       jsonb_array_elements(e.state->'debts') with ordinality as debts(debt, n)
     where debt ? 'decision' or coalesce(e.state->'evidence'->(debt->>'evidence')->>'status', '') <> 'accepted'
     group by e.entity
   ) owed
   where cases.id = owed.entity and not cases.finished`,
  `create index cases_owing on cases (owner) where owes <> '[]'`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
