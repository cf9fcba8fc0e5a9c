/** Keeps programs that are too old away from a database that newer ones have moved on. */

import { sql } from 'kysely';
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

/** To be asked before a process begins its work; every step asks again. @throws StoreFault */
export async function requireLevel(store: Store): Promise<void> {
  const { rows } = await sql<{ minimum: number }>`select minimum_level as minimum from installation`.execute(store.db);
  checkLevel(rows[0]?.minimum ?? 0);
}
