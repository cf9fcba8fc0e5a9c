/** Two workers and two APIs as processes of their own, all started at once; one of each killed in the middle of work. */

import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../workers/embedded/free-port.ts';
import { PLAYBOOKS } from '../api/playbooks.ts';
import { freshDatabase } from '../fresh-database.ts';
import { eventually } from '../workers/eventually.ts';
import { runCli, spawnCli } from './run-cli.ts';

interface Process {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<number | null>;
  said(): string;
}

let folder: string;
let env: Record<string, string>;
let databaseUrl: string;
const all: Process[] = [];

async function start(command: 'worker' | 'api'): Promise<Process> {
  const port = await freePort();
  const child = spawnCli([command, '--port', String(port)], { env });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  // Read, or the process would wait for us.
  child.stdout?.resume();
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const process = { child, url: `http://127.0.0.1:${port}`, ended, said: () => said };
  all.push(process);
  return process;
}

async function isReady({ url, child, said }: Process): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`it ended: ${said()}`);
  const response = await fetch(`${url}/readyz`).catch(() => undefined);
  return response?.ok === true;
}

let workers: readonly Process[];
let apis: readonly Process[];
let adminKey: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playrail-processes-'));
  for (const { path, text } of PLAYBOOKS) await writeFile(join(folder, path), text);
  databaseUrl = await freshDatabase();
  env = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: `processes-${process.pid}`,
    PLAYRAIL_TASK_QUEUE: 'several',
  };
  // All at once: each finds neither schema nor namespace.
  const started = await Promise.all([start('worker'), start('worker'), start('api'), start('api')]);
  workers = started.slice(0, 2);
  apis = started.slice(2);
  await eventually('all are ready', async () => (await Promise.all(started.map(isReady))).every(Boolean), 100_000);
  const setup = await runCli(['setup', '--playbooks', folder, '--json'], { env });
  expect(setup.err).toContain('published');
  adminKey = JSON.parse(setup.out).key;
}, 180_000);

afterAll(async () => {
  for (const { child } of all) child.kill('SIGKILL');
  await Promise.all(all.map(({ ended }) => ended));
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what is being tested
  readonly body: any;
}

/** Sends to an API; one that is not there is told by its status of 0. */
async function ask(api: Process | undefined, path: string, key?: string, body?: object): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${adminKey}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  try {
    const response = await fetch(`${api?.url}${path}`, init);
    return { status: response.status, body: await response.json() };
  } catch {
    return { status: 0, body: undefined };
  }
}

test('setting up again changes nothing and shows no key', async () => {
  const again = await runCli(['setup', '--playbooks', folder], { env });
  expect(again.err).toContain('playbooks unchanged');
  expect(again).toMatchObject({ code: 0, out: 'all is set up\n' });
}, 60_000);

test('one of each killed: every command is answered through either API, and journalled once', async () => {
  const facts = { amount: '50万 CNY' };
  const opening = { title: '东方公司', pipeline: 'deal', owner: 'admin', facts };
  // Sent again with its key until it is answered, as every caller does.
  const opened = await eventually('the case is open', async () => {
    const answer = await ask(apis[0], '/v1/cases', 'open', opening);
    return answer.status === 201 && answer;
  });
  const id: string = opened.body.case;
  const keys = Array.from({ length: 30 }, (_one, index) => `call-${index}`);

  /** As a caller does: again with the same key, to the other API, until it is answered. */
  const sendUntilAnswered = (key: string, index: number): Promise<Answer> => {
    let tries = index;
    return eventually(
      `${key} is answered`,
      async () => {
        const api = apis[tries % 2];
        tries += 1;
        const body = { command: 'log_activity', activity: 'call' };
        const answer = await ask(api, `/v1/cases/${id}/commands`, key, body);
        return answer.status === 200 && answer;
      },
      60_000,
    );
  };
  const answers = keys.map(sendUntilAnswered);
  await Promise.race(answers);
  workers[0]?.child.kill('SIGKILL');
  apis[0]?.child.kill('SIGKILL');
  for (const answer of await Promise.all(answers)) expect(answer.body.outcome).toBe('accepted');

  const { body } = await ask(apis[1], `/v1/cases/${id}/journal?limit=500`);
  const journalled = body.items.slice(1).map((entry: { command_id: string }) => entry.command_id);
  expect(journalled.toSorted()).toEqual(keys.toSorted());
  expect((await ask(apis[1], '/v1/audit/verify')).body).toMatchObject({ ok: true });
}, 120_000);

test('a worker shows its own figures, an API its own, and neither names anybody', async () => {
  const read = async (from: Process | undefined) => (await fetch(`${from?.url}/metrics`)).text();
  const worker = await read(workers[1]);
  expect(worker).toMatch(/playrail_commands_total\{kind="case",command="log_activity",outcome="accepted"\} [1-9]/);
  expect(worker).toMatch(/playrail_step_seconds_count\{kind="case"\} [1-9]/);
  expect(worker).toMatch(/playrail_decide_seconds_count [1-9]/);
  expect(worker).toMatch(/playrail_clock_lag_seconds 0/);
  expect(worker).toContain('playrail_database_up 1');
  expect(worker).toContain('process_resident_memory_bytes');
  const api = await read(apis[1]);
  expect(api).toMatch(
    /playrail_http_requests_total\{method="POST",route="\/v1\/cases\/\{id\}\/commands",status="200"\} [1-9]/,
  );
  for (const text of [worker, api]) expect(text).not.toMatch(/东方|Administrator|c-[a-z2-7]{12}/);
});

test('a polite end lets both go with 0, in order', async () => {
  const left = [workers[1], apis[1]].filter((one) => one !== undefined);
  for (const { child } of left) child.kill('SIGTERM');
  expect(await Promise.all(left.map(({ ended }) => ended))).toEqual([0, 0]);
  for (const { said } of left) expect(said()).toMatch(/stopping\nstopped\n$/);
}, 60_000);

test('a program too old for the schema refuses, and says to upgrade', async () => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('update installation set minimum_level = 99');
  await client.end();
  for (const command of ['worker', 'api'] as const) {
    const old = await start(command);
    expect(await old.ended).toBe(3);
    expect(old.said()).toContain('newer Playrail');
    expect(old.said()).toContain('upgrade every worker');
  }
}, 60_000);

test('a missing setting is named, with what it is for', async () => {
  const { TEMPORAL_ADDRESS: _address, ...without } = env;
  const answer = await runCli(['worker'], { env: without });
  expect(answer.code).toBe(3);
  expect(answer.err).toContain('the setting TEMPORAL_ADDRESS is missing');
  expect(answer.err).toContain('playrail serve');
});
