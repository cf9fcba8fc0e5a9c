/** Keys and rights: a key acts only as its person, and nobody sees or does what their post does not allow. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;
let id: string;

beforeAll(async () => {
  api = await startApi({ limits: { badKeysPerMinute: 12 } });
  id = await api.open();
}, 60_000);

afterAll(() => api.stop());

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

test('without a key, with a wrong one, or with another kind of credential: 401 and how to do it', async () => {
  const missing = await api.ask('/v1/cases', { as: 'nobody' });
  expect(missing.status).toBe(401);
  expect(missing.headers.get('www-authenticate')).toContain('Bearer');
  expect(missing.body).toMatchObject({ kind: 'forbidden', type: 'urn:playrail:problem:api-key-missing' });
  const wrong = await api.ask('/v1/cases', { as: 'nobody', headers: bearer(`pr_${'x'.repeat(43)}`) });
  expect(wrong.body).toMatchObject({ status: 401, type: 'urn:playrail:problem:api-key-unknown' });
  const basic = await api.ask('/v1/cases', { as: 'nobody', headers: { authorization: 'Basic bGl1OmxpdQ==' } });
  expect(basic.status).toBe(401);
});

test('health needs no key, everything else does', async () => {
  expect((await api.ask('/healthz', { as: 'nobody' })).body).toEqual({ status: 'alive' });
  const ready = await api.ask('/readyz', { as: 'nobody' });
  expect(ready.body).toEqual({ status: 'ready', postgres: true, temporal: true });
});

test('who may not see a case gets 403 for it, its way and its journal', async () => {
  for (const path of [`/v1/cases/${id}`, `/v1/cases/${id}/explain`, `/v1/cases/${id}/journal`]) {
    const answer = await api.ask(path, { as: 'anna' });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ kind: 'forbidden', problems: [{ code: 'no-right' }] });
  }
});

test('an actor without the right gets 403 and the case stays as it is', async () => {
  const before = await api.ask(`/v1/cases/${id}/journal`);
  const stranger = await api.command(id, { command: 'set_facts', facts: { pain: 'x' } }, 'anna');
  expect(stranger.status).toBe(403);
  expect(stranger.body).toMatchObject({ kind: 'forbidden', problems: [{ code: 'no-right' }] });
  const rep = await api.command(id, { command: 'hand_over', to: 'anna' });
  expect(rep.status).toBe(403);
  expect((await api.command(id, { command: 'wake' }, 'admin')).status).toBe(403);
  expect((await api.ask(`/v1/cases/${id}/journal`)).body).toEqual(before.body);
});

test('nobody accepts their own evidence, whatever their post', async () => {
  const own = await api.ask('/v1/cases', {
    as: 'zhang',
    body: { title: 'mine', pipeline: 'deal', facts: { amount: '1万 CNY' } },
  });
  const fields = { visited_on: '2026-01-05' };
  await api.command(id, { command: 'submit_evidence', evidence: 'first-visit', fields });
  expect((await api.command(id, { command: 'accept_evidence', evidence: 'first-visit' }, 'dustin')).status).toBe(403);
  expect((await api.command(id, { command: 'accept_evidence', evidence: 'first-visit' }, 'zhang')).status).toBe(200);
  const answer = await api.command(own.body.case, { command: 'accept_evidence', evidence: 'first-visit' }, 'zhang');
  expect(answer.status).toBe(403);
  expect(answer.body.problems).toMatchObject([{ code: 'own-evidence' }]);
});

test('keys are made, listed and revoked by administrators only; a revoked key opens nothing', async () => {
  for (const as of ['liu', 'zhang'] as const) {
    expect((await api.ask('/v1/keys', { as })).status).toBe(403);
    expect((await api.ask('/v1/keys', { as, body: { person: 'admin' } })).status).toBe(403);
    expect((await api.ask('/v1/keys/abc', { as, method: 'DELETE' })).status).toBe(403);
    expect((await api.ask('/v1/audit/verify', { as })).status).toBe(403);
  }
  const made = await api.ask('/v1/keys', { as: 'admin', body: { person: '刘伟', label: 'phone' } });
  expect(made.body).toMatchObject({ person: 'liu', label: 'phone', key: expect.stringMatching(/^pr_[\w-]{43}$/) });
  expect(made.headers.get('cache-control')).toBe('no-store');
  const mine = { as: 'nobody', headers: bearer(made.body.key) } as const;
  expect((await api.ask(`/v1/cases/${id}`, mine)).status).toBe(200);

  const listed = await api.ask('/v1/keys', { as: 'admin' });
  expect(JSON.stringify(listed.body)).not.toContain(made.body.key);
  expect(listed.body.items).toContainEqual(expect.objectContaining({ id: made.body.id, person: 'liu' }));

  expect((await api.ask(`/v1/keys/${made.body.id}`, { as: 'admin', method: 'DELETE' })).status).toBe(204);
  expect((await api.ask(`/v1/cases/${id}`, mine)).status).toBe(401);
  expect((await api.ask('/v1/keys/nothing', { as: 'admin', method: 'DELETE' })).status).toBe(404);
  expect((await api.ask('/v1/keys', { as: 'admin', body: { person: 'nobody' } })).status).toBe(400);
});

test('somebody who has left cannot use their key any more', async () => {
  const person = { person: 'wang', name: '王芳', role: 'rep', manager: 'zhang' };
  expect((await api.ask('/v1/people', { as: 'admin', body: person })).status).toBe(201);
  const { body } = await api.ask('/v1/keys', { as: 'admin', body: { person: 'wang' } });
  const hers = { as: 'nobody', headers: bearer(body.key) } as const;
  expect((await api.ask('/v1/cases', hers)).status).toBe(200);
  await api.ask('/v1/people', { as: 'admin', body: { ...person, active: false } });
  expect((await api.ask('/v1/cases', hers)).status).toBe(401);
});

test('people are added by administrators only, and what is wrong with them is told', async () => {
  const body = { person: 'li', name: '李雷', role: 'rep' };
  expect((await api.ask('/v1/people', { body })).status).toBe(403);
  for (const [more, path] of [
    [{ person: 'Li Lei' }, '/person'],
    [{ person: 'system' }, '/person'],
    [{ role: 'emperor' }, '/role'],
    [{ manager: 'nobody' }, '/manager'],
    [{ email: 'no address' }, '/email'],
  ] as const) {
    const answer = await api.ask('/v1/people', { as: 'admin', body: { ...body, ...more } });
    expect([400, 422]).toContain(answer.status);
    expect(answer.body.problems).toMatchObject([{ path }]);
  }
  expect((await api.ask('/v1/people?role=rep')).body.items.map((one: { person: string }) => one.person)).not.toContain(
    'li',
  );
});

test('an address that keeps trying keys is put off, one with a good key is not', async () => {
  let last = 0;
  for (let attempt = 0; attempt < 20 && last !== 429; attempt += 1) {
    const answer = await api.ask('/v1/cases', { as: 'nobody', headers: bearer(`pr_${randomUUID()}`) });
    last = answer.status;
    if (last === 429) {
      const seconds = Number(answer.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(answer.body).toMatchObject({ kind: 'fault', type: 'urn:playrail:problem:too-many-requests' });
    }
  }
  expect(last).toBe(429);
  expect((await api.ask('/v1/cases')).status).toBe(200);
});
