/** The playbook set in force, as every route that shows or judges cases needs it. */

import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { Store } from '../store/open-store.ts';
import { currentPlaybook } from '../store/publish.ts';
import { ApiProblem } from './problem.ts';

/** @throws ApiProblem 503 before the first set is published. */
export async function publishedSet(store: Store): Promise<PlaybookSet> {
  const current = await currentPlaybook(store);
  if (current !== undefined) return current.set;
  throw new ApiProblem(
    'unavailable',
    { zh: '还没有发布任何剧本', en: 'no playbooks are published yet' },
    { retryAfterSeconds: 10 },
  );
}
