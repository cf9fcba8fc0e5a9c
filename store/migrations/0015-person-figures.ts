/** Coaching that was finished and figures that were entered can be found among all entries of people: measures are read from them. */

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `create index journal_figures on journal (entity, seq)
       where kind = 'person' and text ~ '"event":"(coaching_finished|figure_entered)"'`,
    )
    .execute(db);
}
