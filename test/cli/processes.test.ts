/** Two workers and two APIs as processes of their own, all started at once; one of each killed in the middle of work. */

import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createKey } from '../../store/keys.ts';
import { openStore } from '../../store/open-store.ts';
import { workflowIdOf } from '../../workers/contract.ts';
import { freePort } from '../../workers/embedded/free-port.ts';
import { PLAYBOOKS } from '../api/playbooks.ts';
import { freshDatabase } from '../fresh-database.ts';
import { freshNamespace } from '../fresh-namespace.ts';
import { eventually } from '../workers/eventually.ts';
import { runCli, spawnCli } from './run-cli.ts';

interface Process {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<number | null>;
  said(): string;
}

const METRICS_TOKEN = 'for-figures-only';

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

let client: Client;
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
    PLAYRAIL_METRICS_TOKEN: METRICS_TOKEN,
    // Nobody takes mails there.
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'rail@example.org',
  };
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  client = new Client({ connection, namespace: env['TEMPORAL_NAMESPACE'] ?? '' });
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
  await client.connection.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what is being tested
  readonly body: any;
}

/** Sends to an API; one that is not there is told by its status of 0. */
async function ask(
  api: Process | undefined,
  path: string,
  key?: string,
  body?: object,
  secret: string = adminKey,
): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${secret}`,
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

async function read(from: Process | undefined): Promise<string> {
  const response = await fetch(`${from?.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  expect(response.status).toBe(200);
  return response.text();
}

test('figures are for whoever has the token, not for those with a key', async () => {
  for (const from of [workers[1], apis[1]]) {
    for (const authorization of [undefined, `Bearer ${adminKey}`, 'Bearer for-figures-only-not', METRICS_TOKEN]) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${from?.url}/metrics`, { headers });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ kind: 'forbidden' });
    }
  }
});

test('refusals are counted by rule, and what waits to be sent by its destination, whichever process is asked', async () => {
  const join = (body: object) => ask(apis[1], '/v1/people', randomUUID(), body);
  const zhang = { person: 'zhang', name: '张敏', role: 'manager', email: 'zhang@example.org', lang: 'zh' };
  expect((await join(zhang)).status).toBe(201);
  expect((await join({ person: 'liu', name: '刘伟', role: 'rep', manager: 'zhang' })).status).toBe(201);
  const store = openStore({ databaseUrl });
  const liu = await createKey(store, 'liu', 'test');
  await store.close();
  const facts = { amount: '50万 CNY' };
  const opened = await ask(apis[1], '/v1/cases', 'open-2', { title: '西方公司', pipeline: 'deal', facts }, liu);
  expect(opened.status).toBe(201);
  const commands = `/v1/cases/${opened.body.case}/commands`;
  for (const key of ['a-1', 'a-2']) {
    expect((await ask(apis[1], commands, key, { command: 'advance' }, liu)).status).toBe(409);
  }
  const { reasons } = (await ask(apis[1], commands, 'a-2', { command: 'advance' }, liu)).body;
  expect(reasons.map(({ code }: { code: string }) => code)).toEqual(['milestone-unmet', 'gate-closed']);
  const counted = await read(workers[1]);
  for (const { code, rule } of reasons)
    expect(counted).toContain(`playrail_refusals_total{code="${code}",rule="${rule.file}:${rule.line}"} 3\n`);

  // Zhang is asked to accept it, in the inbox and by a mail that nobody takes.
  const visit = {
    command: 'submit_evidence',
    evidence: 'first-visit',
    fields: { visited_on: new Date().toISOString().slice(0, 10) },
  };
  expect((await ask(apis[1], commands, 'visit', visit, liu)).status).toBe(200);
  const waits = /playrail_outbox_waiting\{queue="outside",destination="mail"\} 1\n/;
  for (const from of [workers[1], apis[1]]) {
    const text = await eventually('the mail has been tried in vain', async () => {
      const now = await read(from);
      return /playrail_outbox_failing\{queue="outside",destination="mail"\} 1\n/.test(now) && now;
    });
    expect(text).toMatch(waits);
    expect(text).toMatch(/playrail_outbox_oldest_seconds\{queue="outside",destination="mail"\} \d/);
    expect(text).not.toMatch(/destination="zhang|西方|张敏/);
  }
}, 60_000);

test('a worker shows its own figures, an API its own, and neither names anybody', async () => {
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

test('recover after a restore is refused while a worker is at work, and ends nothing', async () => {
  const { body } = await ask(apis[1], '/v1/cases?limit=1');
  let isOver = false;
  // A worker that has taken the first task of a run asks for the next at once.
  const busy = (async () => {
    for (let n = 0; !isOver; n += 1)
      await ask(apis[1], '/v1/cases', `busy-${n}`, { title: `${n}`, pipeline: 'deal', owner: 'admin' });
  })();
  const refused = await runCli(['recover', '--after-restore'], { env });
  isOver = true;
  await busy;
  expect(refused.code).toBe(3);
  expect(refused.out).toBe('');
  expect(refused.err).toContain('a worker is still at work');
  expect(refused.err).toContain('stop every `playrail serve`, `worker` and `api` first');
  const running = await client.workflow.getHandle(workflowIdOf('case', body.items[0].case)).describe();
  expect(running.status.name).toBe('RUNNING');
}, 120_000);

test('a polite end lets both go with 0, in order', async () => {
  const left = [workers[1], apis[1]].filter((one) => one !== undefined);
  for (const { child } of left) child.kill('SIGTERM');
  expect(await Promise.all(left.map(({ ended }) => ended))).toEqual([0, 0]);
  for (const { said } of left) expect(said()).toMatch(/stopping\nstopped\n$/);
}, 60_000);

test('recover fills the namespace that the settings name, on servers of one’s own', async () => {
  const elsewhere = { ...env, TEMPORAL_NAMESPACE: await freshNamespace() };
  const filled = await runCli(['recover', '--json'], { env: elsewhere });
  expect(filled.code, filled.err).toBe(0);
  const { started, ended } = JSON.parse(filled.out);
  expect(ended).toBe(0);
  const there = new Client({ connection: client.connection, namespace: elsewhere.TEMPORAL_NAMESPACE });
  const running = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { workflowId, taskQueue } of there.workflow.list({ query: `ExecutionStatus = 'Running'` }))
      if (taskQueue === 'several') ids.push(workflowId);
    return ids.sort();
  };
  // The list of what runs is a moment behind.
  const first = await eventually('all of them run there', async () => {
    const ids = await running();
    return ids.length === started && ids;
  });
  expect(first.filter((id) => id.startsWith('case/')).length).toBeGreaterThanOrEqual(2);
  // Nobody works there, so nobody has to be waited for.
  const again = await runCli(['recover', '--after-restore'], { env: elsewhere });
  expect(again.code, again.err).toBe(0);
  expect(again.out).toContain(`ended ${started} old runs\nstarted ${started} workflows`);
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
