/** Reads over everything have more time than a step; within a step they have no more than that. */

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inReport } from '../../store/in-report.ts';
import { PATIENCE_MS, type Store } from '../../store/open-store.ts';
import { smallStore } from './small-store.ts';

let store: Store;
beforeAll(async () => {
  store = await smallStore();
});
afterAll(() => store.close());

it('takes longer than a step may, by itself and not within one', async () => {
  // Work of the server that lasts a little longer than it gives a statement.
  const long = sql<{ done: string }>`select 'yes' as done from pg_sleep(${PATIENCE_MS / 1000 + 0.3})`;
  const ended = await Promise.allSettled([
    inReport(store.db, async (tx) => (await long.execute(tx)).rows),
    store.db.transaction().execute((tx) => inReport(tx, async (same) => (await long.execute(same)).rows)),
  ]);
  expect(ended).toMatchObject([
    { status: 'fulfilled', value: [{ done: 'yes' }] },
    { status: 'rejected', reason: { message: expect.stringContaining('statement timeout') } },
  ]);
});
