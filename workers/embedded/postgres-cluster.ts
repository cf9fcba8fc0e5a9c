/** The embedded PostgreSQL's files and settings: made once, with durability on and only the loopback address listening. */

import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { requireSameMajor } from './cluster-version.ts';
import { type DataFolder, giveToPostgres } from './data-folder.ts';
import { runAs } from './pass-closed-folders.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { commandLineOf } from './processes.ts';
import { runCommand } from './run-command.ts';
import { codeOf, type Say, SetupError } from './setup-error.ts';

const ROLE = 'playrail';
const DATABASE = 'playrail';

/** Makes the cluster when there is none. @returns the password of its role. @throws SetupError when `initdb` fails. */
export async function prepareCluster(folder: DataFolder, binaries: PostgresBinaries, say: Say): Promise<string> {
  const password = await readPassword(folder);
  if ((await stat(folder.postgres).catch(() => undefined)) !== undefined) {
    await requireSameMajor(folder, binaries);
    await removeStalePid(folder);
    return password;
  }
  say({ en: 'making the database files', zh: '正在创建数据库文件' });
  // Made aside and renamed when whole: a start killed here leaves no half cluster behind.
  const part = `${folder.postgres}.part`;
  const secret = `${part}-password`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { mode: 0o700 });
  await giveToPostgres(folder, part);
  await writeSecret(secret, password);
  await giveToPostgres(folder, secret);
  const { file, args, ...ids } = runAs(
    folder.user,
    binaries.initdb,
    // The built-in locale: the same order of text on every system, whatever locales it has.
    [
      `--pgdata=${part}`,
      `--username=${ROLE}`,
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
  );
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
  const ran = await runCommand(file, args, { cwd: folder.dir, deadlineMs: 120_000, env, ...ids });
  await rm(secret, { force: true });
  if (ran.code !== 0) {
    throw new SetupError(
      {
        en: `PostgreSQL could not make its files in \`${folder.dir}\`: ${lastLine(ran.err)}`,
        zh: `PostgreSQL 无法在 \`${folder.dir}\` 创建文件：${lastLine(ran.err)}`,
      },
      { en: 'look at the free space and the rights of the data folder', zh: '请检查数据目录的剩余空间与权限' },
    );
  }
  await rename(part, folder.postgres);
  return password;
}

/** The arguments of the server. */
export function postgresArgs(folder: DataFolder, port: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    max_connections: '100',
    shared_buffers: '128MB',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_timezone: 'UTC',
    timezone: 'UTC',
  };
  return ['-D', folder.postgres, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** Where the database is, with its password. */
export function databaseUrl(port: number, password: string): string {
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

/** Tries once to connect, making our database where it is missing. @throws when the server does not take connections yet. */
export async function connectOnce(port: number, password: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl(port, password).replace(/[^/]*$/, 'postgres'),
    connectionTimeoutMillis: 2000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readPassword(folder: DataFolder): Promise<string> {
  try {
    return (await readFile(folder.password, 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  if ((await stat(folder.postgres).catch(() => undefined)) !== undefined) {
    throw new SetupError(
      {
        en: `the password of the database is gone: \`${folder.password}\``,
        zh: `数据库密码文件缺失：\`${folder.password}\``,
      },
      {
        en: 'bring the file back from your backup, or start with another `--data` folder',
        zh: '请从备份恢复该文件，或用另一个 `--data` 目录启动',
      },
    );
  }
  const password = randomBytes(24).toString('base64url');
  await writeSecret(folder.password, password);
  return password;
}

/** Whole or not at all, and on the disk before anything relies on it. */
async function writeSecret(path: string, text: string): Promise<void> {
  const part = `${path}.new`;
  const file = await open(part, 'w', 0o600);
  await file.writeFile(`${text}\n`);
  await file.sync();
  await file.close();
  await rename(part, path);
}

/**
 * PostgreSQL refuses to start when the id in a left-over pid file names any process of the same user, and ids are used
 * again. The file goes only then: else it also guards against the remains of a killed server that still write.
 */
async function removeStalePid(folder: DataFolder): Promise<void> {
  const path = join(folder.postgres, 'postmaster.pid');
  const pid = Number((await readFile(path, 'utf8').catch(() => '')).split('\n')[0]);
  if (!(pid > 0)) return;
  const line = await commandLineOf(pid);
  if (line !== undefined && !line.includes(folder.postgres)) await rm(path, { force: true });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
