/** Delivered messages of both queues are found by when they went, so that old ones can be let go. */

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create index outbox_delivered on outbox (delivered_at) where delivered_at is not null`,
  `drop index outbox_taken`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
