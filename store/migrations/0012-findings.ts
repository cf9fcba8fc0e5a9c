/** Lists know which cases have findings that stand. */

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table cases add column findings integer not null default 0`,
  `create index cases_findings on cases (id) where findings > 0 and not finished`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
