/** What bad input gets: a problem document that names the member, and a case that stays as it was. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, startApi, type TestApi } from './start-api.ts';

let api: TestApi;
let id: string;

beforeAll(async () => {
  api = await startApi();
  id = await api.open();
}, 60_000);

afterAll(() => api.stop());

async function entries(): Promise<number> {
  return (await api.ask(`/v1/cases/${id}/journal`)).body.items.length;
}

/** What every problem document has (RFC 9457). */
function expectProblem(answer: Answer, status: number, kind: string): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({
    type: expect.stringMatching(/^urn:playrail:problem:[a-z-]+$/),
    title: expect.any(String),
    status,
    detail: expect.any(String),
    instance: expect.stringMatching(/^\//),
    kind,
  });
}

const MALFORMED: readonly (readonly [string, object, string])[] = [
  ['an unknown command', { command: 'fly' }, '/command'],
  ['no command', {}, '/command'],
  ['a missing field', { command: 'submit_evidence' }, '/evidence'],
  ['a wrong type', { command: 'set_facts', facts: 'many' }, '/facts'],
  ['a list for an object', { command: 'set_facts', facts: [1] }, '/facts'],
  ['a malformed date', { command: 'plan_task', title: 'x', due_on: '2026-13-01' }, '/due_on'],
  ['a date of another form', { command: 'plan_task', title: 'x', due_on: '1.10.2026' }, '/due_on'],
  ['a member that nobody knows', { command: 'advance', colour: 'red' }, '/colour'],
  ['an actor of one’s own choosing', { command: 'advance', actor: 'zhang' }, '/actor'],
  ['a NUL in a text', { command: 'log_activity', activity: 'call', note: 'a\0b' }, '/note'],
  ['a text without end', { command: 'log_activity', activity: 'call', note: 'x'.repeat(5000) }, '/note'],
];

test.each(MALFORMED)('%s is 400 and told by its place', async (_what, body, path) => {
  const before = await entries();
  const answer = await api.command(id, body);
  expectProblem(answer, 400, 'invalid');
  expect(answer.body.problems.map((problem: { path: string }) => problem.path)).toContain(path);
  expect(await entries()).toBe(before);
});

const UNFITTING: readonly (readonly [string, object, string])[] = [
  ['evidence the playbook does not know', { command: 'submit_evidence', evidence: 'second-visit' }, '/evidence'],
  ['a fact the playbook does not know', { command: 'set_facts', facts: { colour: 'red' } }, '/facts/colour'],
  ['money without a currency', { command: 'set_facts', facts: { amount: '50万' } }, '/facts/amount'],
  ['a form left blank', { command: 'submit_evidence', evidence: 'first-visit', fields: {} }, '/fields/visited_on'],
  ['a person who does not exist', { command: 'plan_task', title: 'x', owner: 'nobody' }, '/owner'],
  ['a task that does not exist', { command: 'complete_task', task: 't99' }, '/task'],
  ['a lost reason of one’s own', { command: 'close', as: 'lost', reason: 'mood' }, '/reason'],
];

test.each(UNFITTING)('%s is 422 and told by its place', async (_what, body, path) => {
  const before = await entries();
  const answer = await api.command(id, body);
  expectProblem(answer, 422, 'invalid');
  expect(answer.body.problems.map((problem: { path: string }) => problem.path)).toContain(path);
  expect(await entries()).toBe(before);
});

test('several mistakes are told at once', async () => {
  const answer = await api.command(id, { command: 'plan_task', title: '', due_on: 'soon', note: 'x' });
  const paths = answer.body.problems.map((problem: { path: string }) => problem.path);
  expect(paths.toSorted()).toEqual(['/due_on', '/note', '/title']);
});

test('a command without an Idempotency-Key, or with one of spaces, is 400 and names the header', async () => {
  for (const headers of [{}, { 'idempotency-key': 'a b' }, { 'idempotency-key': 'x'.repeat(201) }]) {
    const answer = await api.ask(`/v1/cases/${id}/commands`, { body: { command: 'advance' }, key: null, headers });
    expectProblem(answer, 400, 'invalid');
    expect(answer.body.problems).toMatchObject([{ path: '/headers/idempotency-key' }]);
  }
});

test.each([
  ['a broken body', '{"command": '],
  ['a bare value', '"advance"'],
  ['no JSON at all', 'advance'],
])('%s is 400', async (_what, raw) => {
  const answer = await api.ask(`/v1/cases/${id}/commands`, { raw });
  expectProblem(answer, 400, 'invalid');
  expect(answer.body.type).toBe('urn:playrail:problem:malformed-json');
});

test('a list in place of a command is 400', async () => {
  expectProblem(await api.ask(`/v1/cases/${id}/commands`, { raw: '[]' }), 400, 'invalid');
  expectProblem(await api.ask('/v1/cases', { raw: '[]' }), 400, 'invalid');
});

test('a body over 256 kB is 413', async () => {
  const answer = await api.command(id, { command: 'log_activity', activity: 'call', note: 'x'.repeat(300_000) });
  expectProblem(answer, 413, 'invalid');
  expect(answer.body.detail).toContain('256 kB');
});

test('another media type is 415 and names the one that is taken', async () => {
  const headers = { 'content-type': 'text/yaml' };
  const answer = await api.ask(`/v1/cases/${id}/commands`, { raw: 'command: advance', headers });
  expectProblem(answer, 415, 'invalid');
  expect(answer.body.detail).toContain('application/json');
});

test('another method is 405 and names those there are', async () => {
  const answer = await api.ask(`/v1/cases/${id}`, { method: 'PUT' });
  expectProblem(answer, 405, 'invalid');
  expect(answer.headers.get('allow')).toBe('GET, HEAD');
});

test('an address that leads nowhere is 404', async () => {
  expectProblem(await api.ask('/v1/nothing'), 404, 'invalid');
  expectProblem(await api.ask('/nothing', { as: 'nobody' }), 404, 'invalid');
});

test.each(['c-aaaaaaaaaaaa', 'x', '%00', '%f0%9f%98%80', '..%2f..', "c'--"])(
  'case %s does not exist: 404',
  async (name) => {
    expectProblem(await api.ask(`/v1/cases/${name}`), 404, 'invalid');
    expectProblem(await api.command(name, { command: 'advance' }), 404, 'invalid');
    expectProblem(await api.ask(`/v1/cases/${name}/explain`), 404, 'invalid');
  },
);

test('an address that is encoded wrongly is 400', async () => {
  expectProblem(await api.ask('/v1/cases/%E0%A4%A'), 400, 'invalid');
});

test('opening by a command of another name, or into no pipeline, is told at the member', async () => {
  const other = await api.ask('/v1/cases', { body: { command: 'advance' } });
  expectProblem(other, 400, 'invalid');
  const nowhere = await api.ask('/v1/cases', { body: { title: 'x', pipeline: 'no-such' } });
  expectProblem(nowhere, 422, 'invalid');
  expect(nowhere.body.problems).toMatchObject([{ path: '/pipeline' }]);
});

test('the detail speaks the language that is asked for', async () => {
  const ask = (lang: string) => api.ask(`/v1/cases/nope`, { headers: { 'accept-language': lang } });
  expect((await ask('zh-CN,zh;q=0.9,en;q=0.8')).body).toMatchObject({ title: '不存在', detail: '没有案件 `nope`' });
  expect((await ask('en-GB')).body).toMatchObject({ title: 'Not found', detail: 'there is no case `nope`' });
  expect((await ask('fr')).body.title).toBe('Not found');
});
