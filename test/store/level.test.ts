/** A program that is too old for the database does no work on it. */

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StoreFault } from '../../store/cause-of.ts';
import { requireLevel } from '../../store/level.ts';
import type { Store } from '../../store/open-store.ts';
import { open, send, smallStore } from './small-store.ts';

let store: Store;

beforeAll(async () => {
  store = await smallStore();
  await open(store, 'c1');
});
afterAll(() => store.close());

it('neither begins nor goes on, and leaves everything where it was', async () => {
  await requireLevel(store);
  await sql`update installation set minimum_level = 99`.execute(store.db);
  await expect(requireLevel(store)).rejects.toThrow(StoreFault);
  const before = await sql`select count(*) from journal`.execute(store.db);
  const late = { id: 'late', actor: 'ann', body: { command: 'set_facts', facts: { pain: 'x' } } };
  await expect(send(store, 'case', 'c1', late)).rejects.toMatchObject({ fault: 'newer-version' });
  expect((await sql`select count(*) from journal`.execute(store.db)).rows).toEqual(before.rows);
});
