/** Brings a database to the schema this version of Playrail is written for. */

import { Kysely, type Migration, type MigrationResultSet, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
import { appliedMigrations, checkLevel, minimumLevel } from './level.ts';
import * as foundation from './migrations/0001-foundation.ts';
import * as audit from './migrations/0002-audit.ts';
import * as absences from './migrations/0003-absences.ts';
import * as imports from './migrations/0004-imports.ts';
import * as delivered from './migrations/0006-delivered.ts';
import * as files from './migrations/0007-files.ts';
import * as parents from './migrations/0008-parents.ts';
import * as debts from './migrations/0009-debts.ts';
import * as answerDigests from './migrations/0010-answer-digests.ts';
import * as gatesNoted from './migrations/0011-gates-noted.ts';
import * as findings from './migrations/0012-findings.ts';
import * as customers from './migrations/0013-customers.ts';
import * as outcomes from './migrations/0014-outcomes.ts';
import * as personFigures from './migrations/0015-person-figures.ts';

/** In order; a name is never changed and a migration never edited once released. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-audit': audit,
  '0003-absences': absences,
  '0004-imports': imports,
  '0006-delivered': delivered,
  '0007-files': files,
  '0008-parents': parents,
  '0009-debts': debts,
  '0010-answer-digests': answerDigests,
  '0011-gates-noted': gatesNoted,
  '0012-findings': findings,
  '0013-customers': customers,
  '0014-outcomes': outcomes,
  '0015-person-figures': personFigures,
};

export function knownMigrations(): readonly string[] {
  return Object.keys(MIGRATIONS);
}

/**
 * Applies what is missing and returns its names; several processes may call it at once (it holds an advisory lock).
 * A schema that a newer program has added to, and that this one can work with, is left as it is.
 * @throws StoreFault `newer-version` when this program is too old; Error when a migration fails.
 */
export function migrate(databaseUrl: string): Promise<readonly string[]> {
  return withMigrator(databaseUrl, (migrator) => migrator.migrateToLatest());
}

/** Up to and with this one: the schema that an older backup fits. */
export function migrateTo(databaseUrl: string, name: string): Promise<readonly string[]> {
  return withMigrator(databaseUrl, (migrator) => migrator.migrateTo(name));
}

async function withMigrator(
  databaseUrl: string,
  run: (migrator: Migrator) => Promise<MigrationResultSet>,
): Promise<readonly string[]> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  pool.on('error', () => undefined);
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
  try {
    if ((await appliedMigrations(db)).some((name) => !Object.hasOwn(MIGRATIONS, name))) {
      checkLevel(await minimumLevel(db));
      return [];
    }
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
    const { error, results } = await run(migrator);
    if (error !== undefined) throw error;
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}
