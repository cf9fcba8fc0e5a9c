/** Answers copied from another case can be found. A case's are known from its next change on. */

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table cases add column answer_digests text[] not null default '{}'`,
  `create index cases_answers on cases using gin (answer_digests) where answer_digests <> '{}'`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
