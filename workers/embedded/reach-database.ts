/** Reaches the database of an installation for work beside or without the server: the one named, the one that runs, or one started for the while. */

import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { databaseUrl } from './postgres-cluster.ts';
import { type Say, SetupError } from './setup-error.ts';
import { startEmbedded } from './start-embedded.ts';

export interface ReachedDatabase {
  readonly databaseUrl: string;
  /** Stops what was started for the while. */
  close(): Promise<void>;
}

/** Nothing is started there: Temporal is not needed. */
const NO_TEMPORAL = 'not-needed';

export interface ReachOptions {
  /** Makes a database in a data folder that has none. */
  readonly mayMake: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** `DATABASE_URL` before the data folder. @throws SetupError when there is no database, or the embedded PostgreSQL does not start. */
export async function reachDatabase(
  dataDir: string,
  say: Say,
  { mayMake, env = process.env }: ReachOptions,
): Promise<ReachedDatabase> {
  const given = env['DATABASE_URL'] ?? '';
  if (given !== '') return { databaseUrl: given, close: async () => undefined };
  const running = await runningDatabase(dataDir);
  if (running !== undefined) return { databaseUrl: running, close: async () => undefined };
  if (!mayMake && !(await hasCluster(dataDir))) {
    throw new SetupError(
      { zh: `目录 \`${dataDir}\` 中没有数据库`, en: `there is no database in the folder \`${dataDir}\`` },
      {
        zh: '用 --data 指出 `playrail serve` 的数据目录，或设置 DATABASE_URL',
        en: 'name the data folder of `playrail serve` with --data, or set DATABASE_URL',
      },
    );
  }
  const embedded = await startEmbedded({ dataDir, say, env: { ...env, TEMPORAL_ADDRESS: NO_TEMPORAL } });
  return { databaseUrl: embedded.databaseUrl, close: embedded.stop };
}

/** What `initdb` has made. */
function hasCluster(dataDir: string): Promise<boolean> {
  return access(join(dataDir, 'postgres', 'PG_VERSION')).then(
    () => true,
    () => false,
  );
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
