/** Findings through the front door: shown with the case, listed to whoever may see it, answered by whoever is asked. */

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../workers/eventually.ts';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 60_000);

afterAll(() => api.stop());

/** A case of liu's about which something was found. */
async function found(): Promise<string> {
  const id = await api.open();
  await api.command(id, { command: 'set_facts', facts: { amount: '6000万 CNY' } });
  await eventually('it is found', async () => (await api.ask(`/v1/cases/${id}`)).body.findings.length === 1);
  return id;
}

test('a case shows what was found about it, by what, and what to ask', async () => {
  const id = await found();
  const { body } = await api.ask(`/v1/cases/${id}`);
  expect(body.findings).toMatchObject([
    {
      finding: 'too-large',
      diagnosis: 'risks',
      class: 'process',
      title: { en: 'Too large to be true' },
      standing: 'open',
      times: 1,
      is_overdue: false,
      asked: [{ person: 'zhang', name: '张敏' }],
      seen: [{ name: 'fact amount', title: { zh: '金额' } }],
      causes: [{ en: 'Who says so?' }],
      prescription: { en: 'Verify it in person' },
      responses: [],
    },
  ]);
});

test('findings are listed to those who see the case, and to nobody else', async () => {
  const id = await found();
  const of = async (query: string, as: 'liu' | 'zhang' | 'anna' | 'dustin' | 'admin') =>
    (await api.ask(`/v1/findings?case=${id}${query}`, { as })).body;
  for (const who of ['liu', 'zhang', 'admin'] as const) {
    expect(await of('', who)).toMatchObject({
      total: 1,
      items: [{ case: id, finding: 'too-large', owner: { person: 'liu' } }],
    });
  }
  for (const stranger of ['anna', 'dustin'] as const) expect(await of('', stranger)).toEqual({ items: [], total: 0 });
  expect(await of('&class=market', 'zhang')).toEqual({ items: [], total: 0 });
  expect(await of('&standing=declined', 'zhang')).toEqual({ items: [], total: 0 });
  expect(await of('&limit=1&standing=any', 'zhang')).toMatchObject({ total: 1 });
  expect((await api.ask('/v1/findings?standing=gone')).status).toBe(400);
});

test('whoever is asked answers, with a reason where they decline, and is asked no more', async () => {
  const id = await found();
  const answer = { command: 'answer_finding', finding: 'too-large', answer: 'decline' };
  expect((await api.command(id, answer, 'liu')).status).toBe(403);
  const short = await api.command(id, answer, 'zhang');
  expect(short.body.problems).toMatchObject([{ code: 'argument-missing', path: '/reason' }]);
  expect((await api.command(id, { ...answer, reason: '是集团总包' }, 'zhang')).status).toBe(200);
  const again = await api.command(id, { ...answer, answer: 'respond' }, 'zhang');
  expect(again.status).toBe(409);
  expect(again.body.reasons).toMatchObject([{ code: 'finding-not-open', about: 'finding too-large' }]);
  const declined = await api.ask(`/v1/findings?case=${id}&standing=declined`, { as: 'zhang' });
  expect(declined.body.items).toMatchObject([
    { standing: 'declined', answered: { as: 'decline', by: { person: 'zhang' } } },
  ]);
  expect((await api.ask(`/v1/findings?case=${id}`, { as: 'zhang' })).body.items).toEqual([]);
  // Nobody is asked for it any more: the list of cases knows.
  const { rows } = await sql<{ asked: string[]; findings: number }>`
    select asked, findings from cases where id = ${id}`.execute(api.store.db);
  expect(rows).toEqual([{ asked: [], findings: 1 }]);
});

test('nobody records findings but Playrail itself', async () => {
  const id = await api.open();
  const made = { command: 'record_findings', found: [], gone: [] };
  for (const who of ['liu', 'zhang', 'admin'] as const) expect((await api.command(id, made, who)).status).toBe(403);
});
