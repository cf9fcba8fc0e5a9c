/** Fills a new Temporal namespace from PostgreSQL: every entity that waits for something gets its workflow back. */

import type { Client } from '@temporalio/client';
import { namespaceKnown, rememberNamespace } from '../store/namespaces.ts';
import type { Store } from '../store/open-store.ts';
import { redeliverLost } from '../store/redeliver-lost.ts';
import { entitiesToRun } from '../store/sweep.ts';
import type { EntityInput } from './contract.ts';
import { startEntities } from './start-entities.ts';

const PAGE = 500;

export interface Refill {
  readonly store: Store;
  readonly client: Client;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Told now and then how many workflows were started. */
  readonly progress: (started: number) => void;
}

/** Does nothing where the namespace has worked for this database before. Returns how many workflows it started. */
export async function refillIfNew(refill: Refill): Promise<number> {
  const { store, client, namespace, taskQueue, progress } = refill;
  const described = await client.workflowService.describeNamespace({ namespace });
  const id = described.namespaceInfo?.id ?? namespace;
  if (await namespaceKnown(store, id)) return 0;
  await redeliverLost(store, new Date(0).toISOString(), new Date().toISOString());
  let started = 0;
  let last: EntityInput | undefined;
  for (;;) {
    const page = await entitiesToRun(store, last, PAGE);
    last = page.at(-1);
    if (last === undefined) break;
    await startEntities({ client, taskQueue }, page);
    started += page.length;
    progress(started);
  }
  // Last, so that one broken off begins again.
  await rememberNamespace(store, id);
  return started;
}
