/** The list of cases: who sees what, filters, pages. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi, type Who } from './start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const open = (as: Who, title: string) =>
    api.ask('/v1/cases', { as, body: { title, pipeline: 'deal', facts: { amount: '50万 CNY' } } });
  await open('liu', '东方公司 100% 续约');
  await open('liu', '西方公司');
  await open('anna', 'Acme Core');
}, 60_000);

afterAll(() => api.stop());

async function titles(query: string, as: Who = 'admin'): Promise<string[]> {
  const answer = await api.ask(`/v1/cases${query}`, { as });
  expect(answer.status).toBe(200);
  return answer.body.items.map((row: { title: string }) => row.title);
}

test('a rep sees their own cases, a manager the team’s, an administrator all, newest first', async () => {
  expect(await titles('', 'liu')).toEqual(['西方公司', '东方公司 100% 续约']);
  expect(await titles('', 'zhang')).toEqual(['西方公司', '东方公司 100% 续约']);
  expect(await titles('', 'dustin')).toEqual(['Acme Core']);
  expect(await titles('')).toEqual(['Acme Core', '西方公司', '东方公司 100% 续约']);
});

test('a manager is named by id or by name, whatever the capitals, and stands for the whole team', async () => {
  expect(await titles('?manager=dustin')).toEqual(['Acme Core']);
  expect(await titles('?manager=dustin%20BRINKMANN')).toEqual(['Acme Core']);
  expect(await titles(`?manager=${encodeURIComponent('张敏')}`)).toEqual(['西方公司', '东方公司 100% 续约']);
  expect(await titles('?owner=Anna%20Snelling')).toEqual(['Acme Core']);
});

test('asking for another team shows nothing of it to who may not see it', async () => {
  expect(await titles('?manager=zhang', 'dustin')).toEqual([]);
  expect(await titles('?owner=liu', 'anna')).toEqual([]);
});

test('filters narrow down; what is searched is taken literally', async () => {
  expect(await titles('?pipeline=deal&stage=lead&status=open&stalled=false')).toHaveLength(3);
  expect(await titles('?stage=offer')).toEqual([]);
  expect(await titles('?status=won')).toEqual([]);
  expect(await titles('?stalled=true')).toEqual([]);
  expect(await titles('?q=acme')).toEqual(['Acme Core']);
  expect(await titles('?q=100%25')).toEqual(['东方公司 100% 续约']);
  expect(await titles('?q=%25')).toEqual(['东方公司 100% 续约']);
  expect(await titles('?q=_')).toEqual([]);
});

test('pages follow each other without a gap or a double', async () => {
  const first = await api.ask('/v1/cases?limit=2', { as: 'admin' });
  const second = await api.ask(`/v1/cases?limit=2&cursor=${first.body.next_cursor}`, { as: 'admin' });
  expect(first.body.items).toHaveLength(2);
  expect(second.body.items).toHaveLength(1);
  expect(second.body.next_cursor).toBeUndefined();
  const ids = [...first.body.items, ...second.body.items].map((row: { case: string }) => row.case);
  expect(new Set(ids).size).toBe(3);
});

test('a row has what a list shows: titles, people by name, amount, days', async () => {
  const answer = await api.ask('/v1/cases?q=acme', { as: 'admin' });
  expect(answer.body.items[0]).toMatchObject({
    pipeline_title: { en: 'Deal' },
    stage_title: { zh: '线索' },
    owner: { name: 'Anna Snelling' },
    manager: { name: 'Dustin Brinkmann' },
    amount: { minor: 50_000_000, currency: 'CNY' },
    days_in_stage: 0,
    to_accept: 0,
    debts: 0,
  });
});

test.each([
  ['?limit=0', '/query/limit'],
  ['?limit=501', '/query/limit'],
  ['?limit=many', '/query/limit'],
  ['?status=lots', '/query/status'],
  ['?stalled=maybe', '/query/stalled'],
  ['?manager=nobody', '/query/manager'],
  ['?cursor=abc', '/query/cursor'],
  ['?colour=red', '/query/colour'],
  ['?q=%00', '/query/q'],
  ['?owner=a&owner=b', '/query/owner'],
])('%s is told at %s', async (query, path) => {
  const answer = await api.ask(`/v1/cases${query}`, { as: 'admin' });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ kind: 'invalid', problems: [{ path }] });
});
