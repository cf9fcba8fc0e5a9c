import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import type { ServerRecord } from '../../workers/embedded/guardian-plan.ts';
import { isRunning } from '../../workers/embedded/processes.ts';
import { SetupError } from '../../workers/embedded/setup-error.ts';
import { type Embedded, startEmbedded } from '../../workers/embedded/start-embedded.ts';
import { pingTemporal } from '../../workers/embedded/temporal-server.ts';
import { freshDatabase } from '../fresh-database.ts';
import { eventually } from './eventually.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env } = process.env;

/** Stopped at the end of the test, unless it stops by itself. */
async function start(
  dataDir: string,
  more: { postgresPort?: number } = {},
): Promise<Embedded & { readonly said: string[] }> {
  const said: string[] = [];
  const embedded = await startEmbedded({ dataDir, env, say: (line) => said.push(line.en), ...more });
  onTestFinished(embedded.stop);
  return { ...embedded, said };
}

/** Another process that starts the servers and stays; resolves when they run. */
async function startInChild(dataDir: string): Promise<ChildProcess> {
  const module = fileURLToPath(new URL('../../dist/workers/embedded/start-embedded.js', import.meta.url));
  const program = `const { startEmbedded } = await import(process.argv[1]);
    await startEmbedded({ dataDir: process.argv[2], say: () => undefined });
    console.log('up');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, module, dataDir], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', resolve);
    child.on('exit', () => reject(new Error('the child ended before its servers were up')));
  });
  return child;
}

async function readRecord(dataDir: string): Promise<ServerRecord> {
  return JSON.parse(await readFile(join(dataDir, 'servers.json'), 'utf8'));
}

async function areGone(record: ServerRecord, dataDir: string): Promise<boolean> {
  const running = await Promise.all([
    isRunning(record.guardian, dataDir),
    ...record.servers.map((server) => isRunning(server.pid, dataDir)),
  ]);
  return running.every((runs) => !runs);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refusal(starting: Promise<unknown>): Promise<SetupError> {
  const error = await starting.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SetupError) return error;
  throw new Error(`expected a SetupError, got ${error}`);
}

it('a fresh database is empty, durable, and keeps its time in UTC', async () => {
  const client = new pg.Client({ connectionString: await freshDatabase() });
  await client.connect();
  const { rows } = await client.query(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync, current_setting('timezone') as zone,
      (select count(*)::int from pg_tables where schemaname = 'public') as tables`,
  );
  await client.end();
  expect(rows).toEqual([{ fsync: 'on', sync: 'on', zone: 'UTC', tables: 0 }]);
});

it('a parent killed outright leaves no server behind, and the next start at once finds everything as it was', async () => {
  const dataDir = await temporaryFolder();
  const parent = await startInChild(dataDir);
  const record = await readRecord(dataDir);
  expect(record.servers).toHaveLength(2);
  expect(await areGone(record, dataDir)).toBe(false);
  parent.kill('SIGKILL');
  const next = await start(dataDir);
  expect(await areGone(record, dataDir)).toBe(true);
  expect(await answers(next.databaseUrl)).toBe(true);
  await pingTemporal(next.temporalAddress);
});

it('a guardian and its parent killed together leave nothing either', async () => {
  const dataDir = await temporaryFolder();
  const parent = await startInChild(dataDir);
  const record = await readRecord(dataDir);
  process.kill(record.guardian, 'SIGKILL');
  parent.kill('SIGKILL');
  // Elsewhere than on Linux nothing tells a server that its guardian died: the next start ends it.
  if (process.platform === 'linux') await eventually('the servers are gone', () => areGone(record, dataDir), 10_000);
  const next = await start(dataDir);
  expect(await areGone(record, dataDir)).toBe(true);
  expect(await answers(next.databaseUrl)).toBe(true);
});

it('a data folder below one that is closed to others serves all the same, and leaves nothing behind', async () => {
  const closed = join(await temporaryFolder(), 'closed');
  await mkdir(closed, { mode: 0o700 });
  const dataDir = join(closed, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const child = await startInChild(dataDir);
  const record = await readRecord(dataDir);
  process.kill(record.guardian, 'SIGKILL');
  child.kill('SIGKILL');
  const again = await start(dataDir);
  expect(await areGone(record, dataDir)).toBe(true);
  expect(await answers(again.databaseUrl)).toBe(true);
});

it('a second instance on a folder is refused by name; one on another folder runs beside it', async () => {
  const dataDir = await temporaryFolder();
  const first = await start(dataDir);
  first.announce('http://127.0.0.1:8080');
  const { text, hint } = await refusal(startEmbedded({ dataDir, env, say: () => undefined }));
  expect(text.en).toBe(
    `the data folder \`${dataDir}\` is in use: process ${process.pid} runs on it and serves http://127.0.0.1:8080`,
  );
  expect(hint.en).toContain('--data');
  const other = await temporaryFolder();
  const second = await startInChild(other);
  expect(await answers(first.databaseUrl)).toBe(true);
  const record = await readRecord(other);
  second.kill('SIGKILL');
  await eventually('the servers of the killed one are gone by themselves', () => areGone(record, other), 10_000);
  expect(await answers(first.databaseUrl)).toBe(true);
});

it('a server that is killed comes back at its address; a guardian that is killed takes the servers with it', async () => {
  const dataDir = await temporaryFolder();
  const embedded = await start(dataDir);
  const record = await readRecord(dataDir);
  for (const server of record.servers) process.kill(server.pid, 'SIGKILL');
  await eventually('PostgreSQL answers again', () => answers(embedded.databaseUrl));
  await eventually('Temporal answers again', () =>
    pingTemporal(embedded.temporalAddress).then(
      () => true,
      () => false,
    ),
  );
  expect(embedded.said).toContain('PostgreSQL has ended (SIGKILL); starting it again');
  expect(embedded.said).toContain('Temporal runs again');
  const after = await readRecord(dataDir);
  process.kill(after.guardian, 'SIGKILL');
  const { text } = await embedded.lost;
  expect(text.en).toContain('guards the embedded servers has died');
  expect(await areGone(after, dataDir)).toBe(true);
});

it('a port in use, a folder that cannot be used, and servers that cannot be had are each one message with what to do', async () => {
  const dir = await temporaryFolder();
  const blocker = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void blocker.close());
  await new Promise((resolve) => blocker.once('listening', resolve));
  const address = blocker.address();
  const postgresPort = typeof address === 'object' && address !== null ? address.port : 0;
  const inUse = await refusal(startEmbedded({ dataDir: join(dir, 'a'), env, postgresPort, say: () => undefined }));
  expect(inUse.text.en).toBe(`port ${postgresPort} on 127.0.0.1 is in use`);

  await writeFile(join(dir, 'file'), '');
  const noFolder = await refusal(startEmbedded({ dataDir: join(dir, 'file', 'b'), env, say: () => undefined }));
  expect(noFolder.text.en).toBe(`cannot use \`${join(dir, 'file', 'b')}\` as the data folder: it is not a folder`);

  const closed = join(dir, 'closed');
  await mkdir(closed);
  await chmod(closed, process.getuid?.() === 0 ? 0o700 : 0o500);
  // Without `setpriv`, as on other systems than Linux, PostgreSQL's user cannot be let through.
  const bare = { ...env, PATH: dir };
  const shut = await refusal(startEmbedded({ dataDir: join(closed, 'data'), env: bare, say: () => undefined }));
  const asRoot = `\`${closed}\` is closed to it`;
  expect(shut.text.en).toContain(process.getuid?.() === 0 ? asRoot : 'no right to write there');
  expect(shut.hint.en).toContain('--data');
});
