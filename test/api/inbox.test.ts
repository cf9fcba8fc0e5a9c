/** Messages find their people, and people read them. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../workers/eventually.ts';
import { startApi, type TestApi, type Who } from './start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 60_000);

afterAll(() => api.stop());

interface Item {
  readonly item: number;
  readonly read_at?: string;
  readonly settled_how?: string;
  readonly message: { readonly kind: string; readonly case: string };
}

async function inbox(as: Who, query = ''): Promise<readonly Item[]> {
  return (await api.ask(`/v1/inbox${query}`, { as })).body.items;
}

test('evidence that waits reaches the manager’s inbox, its acceptance the rep’s', async () => {
  const id = await api.open();
  const fields = { visited_on: '2026-01-05' };
  await api.command(id, { command: 'submit_evidence', evidence: 'first-visit', fields });
  const [waiting] = await eventually('the manager hears of it', async () => {
    const items = await inbox('zhang');
    return items.length > 0 && items;
  });
  expect(waiting?.message).toMatchObject({
    kind: 'evidence_to_accept',
    case: id,
    case_title: '东方公司',
    rule: { file: 'deal.yaml' },
  });

  await api.command(id, { command: 'accept_evidence', evidence: 'first-visit' }, 'zhang');
  await eventually('the rep hears of it', async () => (await inbox('liu')).length > 0);
  expect((await inbox('liu'))[0]?.message).toMatchObject({ kind: 'evidence_settled', case: id });
  expect(await inbox('anna')).toEqual([]);
});

test('what somebody was asked for is taken back when it is settled', async () => {
  const [settled] = await eventually('it is taken back', async () => {
    const items = await inbox('zhang', '?unread=false');
    return items.length > 0 && items;
  });
  expect(settled).toMatchObject({ message: { kind: 'evidence_to_accept' }, settled_how: 'accepted' });
  expect(await inbox('zhang', '?unread=true')).toEqual([]);
});

test('an item marked read is no longer among the unread; reading it again changes nothing', async () => {
  const [item] = await inbox('liu', '?unread=true');
  expect(item).toBeDefined();
  const read = { items: [item?.item] };
  expect((await api.ask('/v1/inbox/read', { as: 'liu', body: read })).status).toBe(200);
  expect(await inbox('liu', '?unread=true')).toEqual([]);
  expect((await inbox('liu'))[0]?.read_at).toBeDefined();
  expect((await api.ask('/v1/inbox/read', { as: 'liu', body: read })).status).toBe(200);
});

test('nobody marks what they do not have', async () => {
  const unknown = await api.ask('/v1/inbox/read', { as: 'anna', body: { items: [99] } });
  expect(unknown.status).toBe(422);
  expect(unknown.body.kind).toBe('invalid');
  for (const items of [[], ['1'], [0], [1.5], 'all']) {
    expect((await api.ask('/v1/inbox/read', { as: 'anna', body: { items } })).status).toBe(400);
  }
});

test('pages of an inbox follow each other, newest first', async () => {
  const id = await api.open();
  for (const day of ['05', '06', '07']) {
    const fields = { visited_on: `2026-01-${day}` };
    await api.command(id, { command: 'submit_evidence', evidence: 'first-visit', fields });
  }
  await eventually('three more have come', async () => (await inbox('zhang')).length >= 4);
  const first = await api.ask('/v1/inbox?limit=2', { as: 'zhang' });
  const second = await api.ask(`/v1/inbox?limit=2&cursor=${first.body.next_cursor}`, { as: 'zhang' });
  const numbers = [...first.body.items, ...second.body.items].map((item: Item) => item.item);
  expect(numbers).toEqual([4, 3, 2, 1]);
});
