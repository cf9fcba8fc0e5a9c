/** What `doctor` looks at beside us: PostgreSQL, Temporal, and a Playrail that may be running. */

import pg from 'pg';
import { z } from 'zod';
import { findTemporal } from '../../workers/embedded/find-temporal.ts';
import { postgresBinaries } from '../../workers/embedded/postgres-binaries.ts';
import { messageOf, SetupError } from '../../workers/embedded/setup-error.ts';
import { pingTemporal } from '../../workers/embedded/temporal-server.ts';
import { readClientFile } from '../server-address.ts';
import { type CheckUp, unwell, well } from './check-up.ts';

const PATIENCE_MS = 5_000;

function fromSetupError(what: CheckUp['what'], error: unknown): CheckUp {
  if (error instanceof SetupError) return unwell(what, 'ill', error.text, error.hint);
  const why = messageOf(error);
  return unwell(what, 'ill', { zh: why, en: why }, { zh: '查看日志', en: 'see the logs' });
}

/** Server version and whether our tables are there. @throws when it does not answer. */
async function askPostgres(databaseUrl: string): Promise<{ version: string; hasSchema: boolean }> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const sql = `select current_setting('server_version') as version, to_regclass('journal') is not null as "hasSchema"`;
    const { rows } = await client.query<{ version: string; hasSchema: boolean }>(sql);
    return rows[0] ?? { version: '?', hasSchema: false };
  } finally {
    await client.end();
  }
}

export async function checkPostgres(env: NodeJS.ProcessEnv): Promise<CheckUp[]> {
  const url = env['DATABASE_URL'];
  if (url === undefined || url === '') {
    try {
      // Only finds the programs; nothing of a data folder is touched.
      await postgresBinaries({ dir: '', postgres: '', password: '', temporal: '', logs: '', servers: '' });
      return [well('postgres', '内嵌 PostgreSQL 的程序已就位', 'the programs of the embedded PostgreSQL are there')];
    } catch (error) {
      return [fromSetupError('postgres', error)];
    }
  }
  try {
    const { version, hasSchema } = await askPostgres(url);
    return [
      well('postgres', `DATABASE_URL：PostgreSQL ${version}`, `DATABASE_URL: PostgreSQL ${version}`),
      hasSchema
        ? well('schema', '数据库结构已建立', 'the schema is there')
        : well('schema', '数据库结构将在启动时建立', 'the schema is made at the next start'),
    ];
  } catch (error) {
    const why = messageOf(error);
    return [
      unwell(
        'postgres',
        'ill',
        { zh: `DATABASE_URL 连不上：${why}`, en: `DATABASE_URL does not answer: ${why}` },
        { zh: '启动该数据库，或更正、移除 DATABASE_URL', en: 'start that database, or correct or remove DATABASE_URL' },
      ),
    ];
  }
}

export async function checkTemporal(env: NodeJS.ProcessEnv): Promise<CheckUp> {
  const address = env['TEMPORAL_ADDRESS'];
  try {
    if (address === undefined || address === '') {
      const program = await findTemporal({ env, say: () => undefined });
      return well('temporal', `程序 \`${program}\``, `the program \`${program}\``);
    }
    await pingTemporal(address);
    return well('temporal', `TEMPORAL_ADDRESS：${address} 有回应`, `TEMPORAL_ADDRESS: ${address} answers`);
  } catch (error) {
    if (error instanceof SetupError) return fromSetupError('temporal', error);
    return unwell(
      'temporal',
      'ill',
      { zh: `TEMPORAL_ADDRESS ${address} 没有回应`, en: `no answer from TEMPORAL_ADDRESS ${address}` },
      {
        zh: '启动该服务器，或更正、移除 TEMPORAL_ADDRESS',
        en: 'start that server, or correct or remove TEMPORAL_ADDRESS',
      },
    );
  }
}

const readyAnswer = z.object({ detail: z.string().optional() });

/** @returns the check-up, and the server's address and key when it is there. */
export async function checkServer(dataDir: string): Promise<{ checkUp: CheckUp; url?: string; key?: string }> {
  const left = readClientFile(dataDir);
  const notRunning = well('server', 'Playrail 未运行', 'Playrail does not run');
  if (left === undefined) return { checkUp: notRunning };
  try {
    const response = await fetch(`${left.url}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const found = { url: left.url, ...(left.key !== undefined && { key: left.key }) };
    if (response.ok) {
      return { checkUp: well('server', `Playrail 运行于 ${left.url}`, `Playrail runs at ${left.url}`), ...found };
    }
    const detail =
      readyAnswer.safeParse(await response.json().catch(() => ({}))).data?.detail ?? String(response.status);
    const sick = unwell(
      'server',
      'ill',
      { zh: `${left.url} 未就绪：${detail}`, en: `${left.url} is not ready: ${detail}` },
      { zh: '稍候再试；仍不好则重新启动', en: 'wait a moment; if it stays so, start it again' },
    );
    return { checkUp: sick, ...found };
  } catch {
    return { checkUp: notRunning };
  }
}
