/** Opens the store: a pool of connections to PostgreSQL and what is remembered of immutable rows. */

import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { boundWaits } from './bound-waits.ts';
import { type Known, newKnown } from './known.ts';
import { prepareStatements } from './prepare-statements.ts';
import type { Tables } from './schema.ts';

export interface StoreOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly databaseUrl: string;
  /** Connections at most; default 10. */
  readonly max?: number;
  /** Rehearsals and tests only: steps may carry times that PostgreSQL's clock has not reached. */
  readonly allowTimeTravel?: boolean;
  /** Told how long the pure part of each command took. */
  readonly decided?: (seconds: number) => void;
}

export interface Store {
  readonly decided: (seconds: number) => void;
  readonly db: Kysely<Tables>;
  readonly known: Known;
  readonly allowTimeTravel: boolean;
  /** Waits for running queries, then closes all connections. */
  close(): Promise<void>;
}

export type Tx = Transaction<Tables>;

/** No statement of a step may take longer, nor wait longer for a lock. */
export const PATIENCE_MS = 2_000;

/** Connects lazily; the schema must be there (`migrate`). */
export function openStore(options: StoreOptions): Store {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.max ?? 10,
    // However little there is to do, one stays: whoever would restore over this database sees that somebody works on it.
    min: 1,
    connectionTimeoutMillis: PATIENCE_MS,
    lock_timeout: PATIENCE_MS,
    statement_timeout: PATIENCE_MS,
    idle_in_transaction_session_timeout: 5 * PATIENCE_MS,
    application_name: 'playrail',
    types: { getTypeParser: parserOf },
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that breaks between two queries of a transaction.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    boundWaits(client, PATIENCE_MS);
    prepareStatements(client);
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const { allowTimeTravel = false, decided = () => undefined } = options;
  return { db, known: newKnown(), allowTimeTravel, decided, close: () => db.destroy() };
}

/** bigint as number (all of ours are safe integers), timestamptz as instant, date as its text; else as pg does. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (format !== 'binary') {
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.TIMESTAMPTZ) return (text) => new Date(text).toISOString();
    if (oid === pg.types.builtins.DATE) return String;
  }
  return pg.types.getTypeParser(oid, 'text');
}
