/** Reads over all that was ever recorded: they hold no lock that anybody waits for, so they may take longer than a step. */

import { sql } from 'kysely';
import type { Store, Tx } from './open-store.ts';

/** Every measure over 100,000 deals takes some seconds. */
const REPORT_PATIENCE_MS = 30_000;

/** Within a step it is part of that and has no more time than the step. @throws Error when the server does not answer in time */
export function inReport<T>(db: Store['db'] | Tx, read: (tx: Store['db'] | Tx) => Promise<T>): Promise<T> {
  if (db.isTransaction) return read(db);
  return db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = ${sql.lit(REPORT_PATIENCE_MS)}`.execute(tx);
    return read(tx);
  });
}
