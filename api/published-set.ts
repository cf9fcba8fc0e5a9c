/** The playbook set in force, as every route that shows or judges cases needs it. */

import type { PlaybookSet } from '../engine/playbook/set.ts';
import { loadSet } from '../store/known.ts';
import type { Store } from '../store/open-store.ts';
import { ApiProblem } from './problem.ts';

/** Absent before the first set is published. A set is read once for each process: it never changes, only which one is current. */
export async function currentSet(store: Store): Promise<PlaybookSet | undefined> {
  const row = await store.db.selectFrom('current_set').select('hash').executeTakeFirst();
  return row && loadSet(store.db, store.known, row.hash);
}

/** @throws ApiProblem 503 before the first set is published. */
export async function publishedSet(store: Store): Promise<PlaybookSet> {
  const set = await currentSet(store);
  if (set !== undefined) return set;
  throw new ApiProblem(
    'unavailable',
    { zh: '还没有发布任何剧本', en: 'no playbooks are published yet' },
    { retryAfterSeconds: 10 },
  );
}
