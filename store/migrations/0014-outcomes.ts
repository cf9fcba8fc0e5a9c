/** Wins and losses can be found among all entries, those of before as well: measures are read from them. */

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `create index journal_outcomes on journal (entity, seq)
       where kind = 'case' and text ~ '"event":"(won|lost)"'`,
    )
    .execute(db);
}
