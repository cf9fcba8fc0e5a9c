/** Reaches the database of an installation for work beside or without the server: the one named, the one that runs, or one started for the while. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { databaseUrl } from './postgres-cluster.ts';
import type { Say } from './setup-error.ts';
import { startEmbedded } from './start-embedded.ts';

export interface ReachedDatabase {
  readonly databaseUrl: string;
  /** Stops what was started for the while. */
  close(): Promise<void>;
}

/** Nothing is started there: Temporal is not needed. */
const NO_TEMPORAL = 'not-needed';

/** `DATABASE_URL` before the data folder. @throws SetupError when the embedded PostgreSQL does not start. */
export async function reachDatabase(
  dataDir: string,
  say: Say,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ReachedDatabase> {
  const given = env['DATABASE_URL'] ?? '';
  if (given !== '') return { databaseUrl: given, close: async () => undefined };
  const running = await runningDatabase(dataDir);
  if (running !== undefined) return { databaseUrl: running, close: async () => undefined };
  const embedded = await startEmbedded({ dataDir, say, env: { ...env, TEMPORAL_ADDRESS: NO_TEMPORAL } });
  return { databaseUrl: embedded.databaseUrl, close: embedded.stop };
}

/** The fourth line of PostgreSQL's pid file is its port. Absent: it does not run. */
async function runningDatabase(dataDir: string): Promise<string | undefined> {
  const lines = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8').catch(() => '')).trim();
  const port = Number(lines[3]);
  if (!(port > 0) || password === '') return undefined;
  const url = databaseUrl(port, password);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return url;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
