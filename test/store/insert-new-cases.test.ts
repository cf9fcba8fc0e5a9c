/** Bulk import makes what the same commands would have made one by one, and makes it once. */

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertNewCases, type NewCase } from '../../store/insert-new-cases.ts';
import type { Store } from '../../store/open-store.ts';
import { caseById } from '../../store/read-case.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import { open, START, send, smallStore } from './small-store.ts';

let store: Store;

beforeAll(async () => {
  store = await smallStore();
});
afterAll(() => store.close());

function newCase(id: string, title = `Deal ${id}`): NewCase {
  return { id, envelope: { id: `open-${id}`, actor: 'ann', body: { command: 'open', title, pipeline: 'deal' } } };
}

function batch(prefix: string, size: number): NewCase[] {
  return Array.from({ length: size }, (_, index) => newCase(`${prefix}-${index}`));
}

async function journalled(): Promise<number> {
  const row = await store.db
    .selectFrom('journal')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

it('opens many in one go, with a verifiable journal and a time to wake', async () => {
  const results = await insertNewCases(store, START, batch('m', 200));
  expect(results).toHaveLength(200);
  expect(results.every((result) => result.created && result.reply.outcome === 'accepted')).toBe(true);
  expect(results[0]).toMatchObject({ id: 'm-0', wake_at: '2026-10-30T01:00:00.000Z' });
  expect((await verifyJournal(store, { report: (finding) => expect.fail(JSON.stringify(finding)) })).entries).toBe(203);
});

it('makes the case that the same command makes by step', async () => {
  await insertNewCases(store, START, [newCase('same-1', 'Same')]);
  await open(store, 'same-2', 'Same');
  const [bulk, stepped] = [await caseById(store, 'same-1'), await caseById(store, 'same-2')];
  expect({ ...bulk?.state, case: '' }).toEqual({ ...stepped?.state, case: '' });
  expect(
    await send(store, 'case', 'same-1', {
      id: 'k1',
      actor: 'ann',
      body: { command: 'set_facts', facts: { pain: 'x' } },
    }),
  ).toMatchObject({
    outcome: 'accepted',
    entry: 2,
  });
});

it('changes nothing when it is repeated, and goes on where it was broken off', async () => {
  const first = await insertNewCases(store, START, batch('r', 5));
  const before = await journalled();
  const again = await insertNewCases(store, '2026-10-21T01:00:00.000Z', batch('r', 7));
  expect(again.map((result) => result.created)).toEqual([false, false, false, false, false, true, true]);
  expect(again.slice(0, 5).map((result) => result.reply)).toEqual(first.map((result) => result.reply));
  expect(await journalled()).toBe(before + 2);
});

it('says which cases could not be made, and makes the others', async () => {
  await sql`alter table cases add constraint poison check (title <> 'poison')`.execute(store.db);
  await open(store, 'taken');
  const taken = { id: 'taken', envelope: { ...newCase('taken').envelope, id: 'another' } };
  const unknown = { id: 'b-u', envelope: { ...newCase('b-u').envelope, actor: 'nobody' } };
  const results = await insertNewCases(store, START, [
    newCase('b-1'),
    newCase('b-2', 'poison'),
    taken,
    unknown,
    newCase('b-3', 'a\0b'),
    newCase('b-4'),
  ]);
  expect(results.map((result) => [result.id, result.created, result.reply.outcome])).toEqual([
    ['b-1', true, 'accepted'],
    ['b-2', false, 'fault'],
    ['taken', false, 'invalid'],
    ['b-u', false, 'forbidden'],
    ['b-3', false, 'invalid'],
    ['b-4', true, 'accepted'],
  ]);
  expect(await caseById(store, 'b-2')).toBeUndefined();
});

it('waits for nobody who opens the same case at the same time, and neither doubles it', async () => {
  const [[bulk], stepped] = await Promise.all([insertNewCases(store, START, [newCase('race')]), open(store, 'race')]);
  expect(bulk?.reply).toEqual(stepped);
});

it('refuses a time ahead of the database', async () => {
  const ahead = new Date(Date.now() + 10 * 60_000).toISOString();
  await expect(insertNewCases({ ...store, allowTimeTravel: false }, ahead, [newCase('late')])).rejects.toThrow('ahead');
});
