/** What is owed, as managers see it: who passed what by whose waiver, and what it comes to. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './start-api.ts';

const DAY_MS = 86_400_000;

let api: TestApi;
let id: string;
const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const waiver = { command: 'waive', kind: 'milestone', name: 'pain-found', reason: 'they are on holiday' } as const;
const does = (as: 'zhang' | 'liu', body: object) => api.command(id, body, as);
const debt = async (query: string, as: 'zhang' | 'dustin' | 'liu' = 'zhang') =>
  (await api.ask(`/v1/debt?${query}`, { as })).body.items;

beforeAll(async () => {
  api = await startApi();
  id = await api.open();
  await does('liu', { command: 'set_facts', facts: { amount: '20万 CNY', pain: 'slow' } });
  await does('liu', { command: 'plan_task', title: 'Call', due_on: day(20) });
}, 60_000);

afterAll(() => api.stop());

test('who is refused hears who could waive it, and for how long', async () => {
  const { status, body } = await does('liu', { command: 'advance' });
  expect(status).toBe(409);
  expect(body.reasons[0].waiver).toEqual({
    can_grant: [{ person: 'zhang', name: '张敏' }],
    at_most: { zh: '30 天', en: '30 days' },
  });
});

test('a waiver that nobody used is shown, and owes nothing', async () => {
  expect((await does('liu', { ...waiver, until: day(10) })).status).toBe(403);
  expect((await does('zhang', { ...waiver, until: day(60) })).body.reasons[0].code).toBe('waiver-too-long');
  expect((await does('zhang', { ...waiver, until: day(10) })).status).toBe(200);
  const { body } = await api.ask(`/v1/cases/${id}`);
  expect(body.waivers).toMatchObject([
    { name: 'pain-found', stands: true, is_used: false, granted_by: { name: '张敏' } },
  ]);
  expect(body.debts).toEqual([]);
  expect(await debt('by=rep')).toEqual([]);
});

test('once a stage is left by it, it is owed: by rep, stage and pipeline, in number and money', async () => {
  expect((await does('liu', { command: 'advance' })).status).toBe(200);
  const { body } = await api.ask(`/v1/cases/${id}`);
  expect(body.debts).toMatchObject([
    { kind: 'milestone', name: 'pain-found', due_on: day(10), is_over: false, title: { en: 'Pain found' } },
  ]);
  const sums = {
    currency: 'CNY',
    cases: 1,
    debts: 1,
    overdue: 0,
    amount_minor: 20_000_000,
    overdue_minor: 0,
    ungated: 0,
  };
  expect(await debt('by=rep')).toMatchObject([{ owner: { person: 'liu' }, ...sums }]);
  expect(await debt('by=stage')).toMatchObject([
    { pipeline: 'deal', stage_title: { zh: '报价', en: 'Offer' }, ...sums },
  ]);
  expect(await debt('by=pipeline')).toMatchObject([{ pipeline_title: { zh: '商机', en: 'Deal' }, ...sums }]);
});

test('nobody sees what is owed in cases that are not theirs to see', async () => {
  expect(await debt('by=rep', 'dustin')).toEqual([]);
  expect(await debt('by=rep', 'liu')).toHaveLength(1);
  expect(await debt('by=rep&manager=zhang')).toHaveLength(1);
  expect((await api.ask('/v1/debt?by=town')).status).toBe(400);
});
