/** Gates that are being tried out stop nothing, and what they would have stopped is kept and listed. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;
let id: string;

beforeAll(async () => {
  api = await startApi();
  id = await api.open();
  await api.command(id, { command: 'set_facts', facts: { amount: '20万 CNY', pain: 'slow' } });
  await api.command(id, { command: 'plan_task', title: 'Call', due_on: '2099-01-01' });
  await api.command(id, { command: 'submit_evidence', evidence: 'first-visit', fields: { visited_on: '2026-01-05' } });
  await api.command(id, { command: 'accept_evidence', evidence: 'first-visit' }, 'zhang');
}, 60_000);

afterAll(() => api.stop());

const gates = async (as: 'zhang' | 'dustin' | 'liu') => (await api.ask('/v1/gates', { as })).body.items;

test('before anything moved they have said nothing', async () => {
  expect(await gates('zhang')).toMatchObject([
    { gate: 'called-lately', mode: 'warn', at: 'advance', applies_to: ['deal'], noted: [] },
    { gate: 'followed-up', mode: 'enforce', noted: [] },
  ]);
});

test('a move that went through is listed with who made it, by gate and in money', async () => {
  const { body } = await api.command(id, { command: 'advance' });
  expect(body.warnings).toMatchObject([{ about: 'gate called-lately' }]);
  const [called, followed] = await gates('zhang');
  expect(called.noted).toEqual([{ mode: 'warn', moves: 1, cases: 1, currency: 'CNY', amount_minor: 20_000_000 }]);
  expect(followed.noted).toEqual([]);
  const { body: moves } = await api.ask('/v1/gates/called-lately/noted', { as: 'zhang' });
  expect(moves.items).toMatchObject([
    {
      case: id,
      owner: { person: 'liu' },
      actor: { person: 'liu' },
      command: 'advance',
      mode: 'warn',
      entry: body.entry,
    },
  ]);
});

test('a gate there is none of is said so', async () => {
  const { status, body } = await api.ask('/v1/gates/called-latly/noted', { as: 'zhang' });
  expect([status, body.problems[0].code]).toEqual([404, 'no-such-gate']);
});

test('nobody sees what was noted in cases that are not theirs to see', async () => {
  expect((await gates('dustin'))[0].noted).toEqual([]);
  expect((await api.ask('/v1/gates/called-lately/noted', { as: 'dustin' })).body.items).toEqual([]);
  expect((await api.ask('/v1/gates?since=null', { as: 'liu' })).body.problems[0].code).toBe('not-a-moment');
  expect(
    (await api.ask('/v1/gates/called-lately/noted?since=2099-01-01T00:00:00.000Z', { as: 'liu' })).body.items,
  ).toEqual([]);
});
