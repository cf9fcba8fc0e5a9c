/** Database or Temporal away: 503 with the key to retry with, nothing lost that was accepted, recovery without a restart. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { FaultCause } from '../../engine/fault.ts';
import { eventually } from '../workers/eventually.ts';
import { type BreakableProxy, breakableProxy } from './breakable-proxy.ts';
import { type Answer, startApi, type TestApi } from './start-api.ts';

let api: TestApi;
let temporal: BreakableProxy;
let postgres: BreakableProxy;

beforeAll(async () => {
  const [host = '', port] = inject('temporalAddress').split(':');
  temporal = await breakableProxy({ host, port: Number(port) });
  api = await startApi({
    temporalAddress: temporal.address,
    deadlineMs: 6_000,
    databaseBy: async (url) => {
      postgres = await breakableProxy({ host: url.hostname, port: Number(url.port) });
      url.host = postgres.address;
      return url.href;
    },
  });
}, 60_000);

afterAll(async () => {
  await api.stop();
  await temporal.close();
  await postgres.close();
});

function expectFault(answer: Answer, cause: FaultCause, key?: string): void {
  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.body).toMatchObject({ kind: 'fault', cause, ...(key !== undefined && { retry_with: key }) });
}

const call = { command: 'log_activity', activity: 'call' };

/** How many commands counted. */
async function countOf(id: string): Promise<number> {
  const { body } = await api.ask(`/v1/cases/${id}/journal?limit=500`);
  return body.items.filter((entry: { outcome: string }) => entry.outcome === 'accepted').length;
}

/** Sends the command again with its key until it is taken, as a caller is told to. */
function retry(id: string, key: string): Promise<Answer> {
  return eventually('the command is taken', async () => {
    const answer = await api.command(id, call, 'liu', key);
    return answer.status === 200 && answer;
  });
}

test('Temporal away: 503 with the key; back again, the same key is taken, and counts once', async () => {
  const id = await api.open();
  await temporal.cut();
  const key = randomUUID();
  expectFault(await api.command(id, call, 'liu', key), 'temporal-away', key);
  expectFault(await api.ask('/readyz'), 'temporal-away');
  // Reading needs no Temporal.
  expect((await api.ask(`/v1/cases/${id}`)).status).toBe(200);

  await temporal.mend();
  const answer = await retry(id, key);
  expect((await api.command(id, call, 'liu', key)).body).toEqual(answer.body);
  expect(await countOf(id)).toBe(2);
  expect((await api.ask('/readyz')).status).toBe(200);
});

test('PostgreSQL away: 503 for reading and for commands; what was accepted is there when it is back', async () => {
  const id = await api.open();
  expect((await api.command(id, call)).status).toBe(200);
  await postgres.cut();
  const key = randomUUID();
  expectFault(await api.command(id, call, 'liu', key), 'database-away', key);
  expectFault(await api.ask(`/v1/cases/${id}`), 'database-away');
  expectFault(await api.ask('/readyz', { as: 'nobody' }), 'database-away');
  expect((await api.ask('/healthz', { as: 'nobody' })).status).toBe(200);

  await postgres.mend();
  await retry(id, key);
  expect(await countOf(id)).toBe(3);
  expect((await api.ask('/v1/audit/verify', { as: 'admin' })).body.ok).toBe(true);
});

test('PostgreSQL lost in the middle of a burst: each command is accepted or told to be retried, and counts once', async () => {
  const id = await api.open();
  const keys = Array.from({ length: 30 }, () => randomUUID());
  const burst = keys.map((key) => api.command(id, call, 'liu', key));
  await burst[0];
  await postgres.cut();
  const answers = await Promise.all(burst);
  for (const answer of answers) expect([200, 503]).toContain(answer.status);
  await postgres.mend();
  for (const key of keys) await retry(id, key);
  expect(await countOf(id)).toBe(1 + keys.length);
}, 60_000);

test('a case whose workflow is gone is started again by its next command', async () => {
  const id = await api.open();
  await api.client.workflow.getHandle(`case/${id}`).terminate('test');
  const answer = await api.command(id, call);
  expect(answer.status).toBe(200);
  expect(answer.body.entry).toBe(2);
});

test('nobody takes commands: 503 within the deadline, not a wait without end', async () => {
  const id = await api.open();
  await api.stopWorker();
  const key = randomUUID();
  const started = performance.now();
  expectFault(await api.command(id, call, 'liu', key), 'no-worker', key);
  expect(performance.now() - started).toBeLessThan(9_000);
});
