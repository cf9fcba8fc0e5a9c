/** How much may be asked for: rates, requests at once, depth; each person and each address for itself. */

import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../workers/eventually.ts';
import { type Answer, startApi, type TestApi } from './start-api.ts';

const LIMITS = {
  requestsPerMinute: 40,
  addressRequestsPerMinute: 150,
  badKeysPerMinute: 1_000,
  concurrentPerPerson: 2,
} as const;

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ limits: LIMITS, proxies: 1 });
}, 60_000);

afterAll(() => api.stop());

/** As if from another address, so that tests do not use up each other's. */
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

function expectTooMany(answer: Answer): void {
  expect(answer.status).toBe(429);
  expect(answer.body).toMatchObject({ type: 'urn:playrail:problem:too-many-requests', kind: 'fault' });
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(answer.body.retry_after_seconds).toBe(seconds);
}

async function statuses(count: number, ask: () => Promise<Answer>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index += 1) all.push((await ask()).status);
  return all;
}

test('a person who asks too often is put off, whatever the address; others are not', async () => {
  const within = await statuses(LIMITS.requestsPerMinute, () =>
    api.ask('/v1/people', { as: 'anna', ...from('10.0.0.1') }),
  );
  expect(new Set(within)).toEqual(new Set([200]));
  expectTooMany(await api.ask('/v1/people', { as: 'anna', ...from('10.0.0.2') }));
  expect((await api.ask('/v1/people', { as: 'liu', ...from('10.0.0.1') })).status).toBe(200);
});

test('an address that asks too often is put off, whoever asks; others are not, and health still answers', async () => {
  const nobody = { as: 'nobody', ...from('10.0.1.1') } as const;
  const within = await statuses(LIMITS.addressRequestsPerMinute, () => api.ask('/v1/people', nobody));
  expect(new Set(within)).toEqual(new Set([401]));
  expectTooMany(await api.ask('/v1/people', { as: 'zhang', ...from('10.0.1.1') }));
  expect((await api.ask('/v1/people', { as: 'zhang', ...from('10.0.1.2') })).status).toBe(200);
  expect((await api.ask('/healthz', nobody)).status).toBe(200);
});

test('only so many requests of one person are under way at once', async () => {
  const { port } = new URL(api.url);
  const head = `POST /v1/inbox/read HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.2.1\r\nAuthorization: Bearer ${api.keyOf('dustin')}\r\n`;
  const held = Array.from({ length: LIMITS.concurrentPerPerson }, () => {
    const socket = connect(Number(port), '127.0.0.1');
    // The body is waited for.
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{`);
    return socket;
  });
  const ask = () => api.ask('/v1/people', { as: 'dustin', ...from('10.0.2.2') });
  const turnedAway = await eventually('the others are turned away', async () => {
    const answer = await ask();
    return answer.status === 429 && answer;
  });
  expectTooMany(turnedAway);
  expect((await api.ask('/v1/people', { as: 'zhang', ...from('10.0.2.2') })).status).toBe(200);
  for (const socket of held) socket.destroy();
  await eventually('there is room again', async () => (await ask()).status === 200);
});

test('a body nested without end is 400; a text full of brackets is a text', async () => {
  const deep = `{"title": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const answer = await api.ask('/v1/cases', { raw: deep, ...from('10.0.3.1') });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    type: 'urn:playrail:problem:invalid-request',
    detail: expect.stringContaining('nested too deeply'),
  });
  const text = await api.ask('/v1/cases', {
    body: { title: `\\"${'['.repeat(250)}`, pipeline: 'deal' },
    ...from('10.0.3.1'),
  });
  expect(text.status).toBe(201);
});

test('every answer forbids pages to frame it, run it or guess its type, and does not say what we are made of', async () => {
  for (const path of ['/healthz', '/v1/people', '/v1/cases/nope', '/nothing']) {
    const { headers } = await api.ask(path, from('10.0.4.1'));
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

test('a stop under load answers every command that is under way, and each counts once', async () => {
  const id = await api.open('liu');
  const keys = Array.from({ length: 2 }, (_one, index) => `load-${index}`);
  const call = { command: 'log_activity', activity: 'call' };
  const answers = keys.map((key) => api.command(id, call, 'liu', key));
  await eventually('both are under way', () => api.underWay() === 2);
  await api.drain();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
  await expect(api.ask('/healthz')).rejects.toThrow();
});
