/** The published playbooks, and checking files before anybody publishes them. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLAYBOOKS } from './playbooks.ts';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 60_000);

afterAll(() => api.stop());

const check = (files: readonly object[]) => api.ask('/v1/playbooks/check', { body: { files } });

test('the current set is shown with its pipelines, gates, ladders, posts', async () => {
  const { status, body } = await api.ask('/v1/playbooks');
  expect(status).toBe(200);
  expect(body.sets).toMatchObject([{ current: true, published_by: 'admin' }]);
  expect(body.pipelines).toMatchObject([
    {
      pipeline: 'deal',
      title: { zh: '商机', en: 'Deal' },
      stages: [{ stage: 'lead' }, { stage: 'offer' }],
      ladders: [{ ladder: 'quiet' }],
    },
  ]);
  const gates = body.pipelines[0].gates.map((gate: { gate: string; mode: string }) => [gate.gate, gate.mode]);
  expect(gates.toSorted()).toEqual([
    ['called-lately', 'warn'],
    ['followed-up', 'enforce'],
  ]);
  expect(body.posts.map((post: { role: string }) => post.role)).toEqual(['rep', 'manager', 'admin']);
});

test('a post is shown with its duties, its process and how far it may approve', async () => {
  const { body } = await api.ask('/v1/playbooks');
  expect(body.posts[1]).toEqual({
    role: 'manager',
    title: { zh: '经理', en: 'Manager' },
    over: 'team',
    manages: 'rep',
    may: [
      'see',
      'open',
      'set_facts',
      'accept_evidence',
      'reject_evidence',
      'advance',
      'resolve',
      'hand_over',
      'waive',
      'inspect',
    ],
    layer: { zh: '经理层', en: 'Manager layer' },
    duties: [{ zh: '辅导销售人员', en: 'Coach the reps' }],
    process: [
      { zh: '检查', en: 'Inspect' },
      { zh: '纠正', en: 'Correct' },
    ],
    authority: [{ dimension: 'amount', title: { zh: '金额', en: 'Amount' }, limit: { zh: '不限', en: 'no limit' } }],
  });
  expect(body.posts[0]).toMatchObject({ role: 'rep', duties: [], process: [], authority: [] });
});

test('files without errors are found so', async () => {
  const answer = await check(PLAYBOOKS);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ ok: true, diagnostics: [] });
});

test('a mistake is 422 with its place, code, message and hint', async () => {
  const files = PLAYBOOKS.map(({ path, text }) => ({
    path,
    text: text.replace('evidence: first-visit }', 'evidence: first-vist }'),
  }));
  const answer = await check(files);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ kind: 'diagnostic', type: 'urn:playrail:problem:playbook-errors' });
  const error = answer.body.diagnostics.find((one: { severity: string }) => one.severity === 'error');
  expect(error).toMatchObject({
    at: { file: 'deal.yaml', line: 32 },
    message: { en: expect.stringContaining('first-vist') },
    hint: { en: expect.stringContaining('first-visit') },
  });
});

test('nothing is published by checking', async () => {
  const before = await api.ask('/v1/playbooks');
  await check(PLAYBOOKS.filter((file) => file.path !== 'called-lately.yaml'));
  expect((await api.ask('/v1/playbooks')).body).toEqual(before.body);
});

test('files that are none are told', async () => {
  for (const [files, path] of [
    [[], '/files'],
    [[{ path: '../x.yaml', text: '' }], '/files/0/path'],
    [[{ path: '/etc/passwd', text: '' }], '/files/0/path'],
    [[{ path: 'a.yaml' }], '/files/0/text'],
  ] as const) {
    const answer = await check(files);
    expect(answer.status).toBe(400);
    expect(answer.body.problems).toMatchObject([{ path }]);
  }
});
