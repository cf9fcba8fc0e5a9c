/** What `doctor` looks at beside us: PostgreSQL, Temporal, and a Playrail that may be running. */

import { Connection } from '@temporalio/client';
import pg from 'pg';
import { z } from 'zod';
import { FAULT_CAUSES } from '../../engine/fault.ts';
import { causeOf, StoreFault } from '../../store/cause-of.ts';
import { findTemporal } from '../../workers/embedded/find-temporal.ts';
import { postgresBinaries } from '../../workers/embedded/postgres-binaries.ts';
import { messageOf, SetupError } from '../../workers/embedded/setup-error.ts';
import { readClientFile } from '../server-address.ts';
import { settingText } from '../settings.ts';
import { type CheckUp, unwell, well } from './check-up.ts';

const PATIENCE_MS = 5_000;

function fromSetupError(what: CheckUp['what'], error: unknown): CheckUp {
  if (error instanceof SetupError) return unwell(what, 'ill', error.text, error.hint);
  const why = messageOf(error);
  return unwell(what, 'ill', { zh: why, en: why }, { zh: '查看日志', en: 'see the logs' });
}

/** Its version. @throws when it does not answer, StoreFault when it only lets itself be read. */
async function askPostgres(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const sql = `select current_setting('server_version') as version, current_setting('transaction_read_only') as read_only`;
    const { rows } = await client.query<{ version: string; read_only: string }>(sql);
    if (rows[0]?.read_only === 'on') throw new StoreFault('database-read-only', 'transaction_read_only is on');
    return rows[0]?.version ?? '?';
  } finally {
    await client.end();
  }
}

export async function checkPostgres(env: NodeJS.ProcessEnv): Promise<CheckUp> {
  const url = settingText(env, 'DATABASE_URL');
  if (url === undefined) {
    try {
      // Only finds the programs; nothing of a data folder is touched.
      await postgresBinaries({ dir: '', postgres: '', password: '', temporal: '', logs: '', servers: '' });
      return well('postgres', '内嵌 PostgreSQL 的程序已就位', 'the programs of the embedded PostgreSQL are there');
    } catch (error) {
      return fromSetupError('postgres', error);
    }
  }
  try {
    const version = await askPostgres(url);
    return well('postgres', `DATABASE_URL：PostgreSQL ${version}`, `DATABASE_URL: PostgreSQL ${version}`);
  } catch (error) {
    const { title, hint } = FAULT_CAUSES[causeOf(error) ?? 'database-away'];
    const why = messageOf(error);
    return unwell('postgres', 'ill', { zh: `${title.zh}：${why}`, en: `${title.en}: ${why}` }, hint);
  }
}

export async function checkTemporal(env: NodeJS.ProcessEnv): Promise<CheckUp> {
  const address = settingText(env, 'TEMPORAL_ADDRESS');
  try {
    if (address === undefined) {
      const program = await findTemporal({ env, say: () => undefined });
      return well('temporal', `程序 \`${program}\``, `the program \`${program}\``);
    }
    const connection = await Connection.connect({ address, connectTimeout: PATIENCE_MS });
    await connection.close();
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
