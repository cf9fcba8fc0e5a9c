/** What gates that are being tried out would have said can be found among all entries, those of before as well. */

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `create index journal_gates_noted on journal (recorded_at desc, entity, seq)
       where kind = 'case' and position('"event":"gate_noted"' in text) > 0`,
    )
    .execute(db);
}
