/** Keeps programs that are too old away from a database that newer ones have moved on. */

import { type QueryExecutorProvider, sql } from 'kysely';
import { StoreFault } from './cause-of.ts';
import type { Store } from './open-store.ts';

/** Raised together with `installation.minimum_level`, by the migration after which older programs would do harm. */
export const PROGRAM_LEVEL = 1;

/** @throws StoreFault `newer-version` when the database wants a newer program. */
export function checkLevel(minimum: number): void {
  if (minimum <= PROGRAM_LEVEL) return;
  throw new StoreFault(
    'newer-version',
    `the database wants a Playrail of level ${minimum}, this one is of level ${PROGRAM_LEVEL}`,
  );
}

/** What the database wants of the programs that work with it. */
export async function minimumLevel(db: QueryExecutorProvider): Promise<number> {
  const { rows } = await sql<{ minimum: number }>`select minimum_level as minimum from installation`.execute(db);
  return rows[0]?.minimum ?? 0;
}

/** Names of the migrations that the database has had. */
export async function appliedMigrations(db: QueryExecutorProvider): Promise<readonly string[]> {
  const found = await sql<{ found: boolean }>`select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (found.rows[0]?.found !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

/** To be asked before a process begins its work; every step asks again. @throws StoreFault */
export async function requireLevel({ db }: Store): Promise<void> {
  checkLevel(await minimumLevel(db));
}
