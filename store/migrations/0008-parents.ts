/** Lists know which case started which. */

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table cases add column parent text`,
  `create index cases_parent on cases (parent) where parent is not null`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
