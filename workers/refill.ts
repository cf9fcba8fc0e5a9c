/** Fills Temporal from PostgreSQL: every entity that waits for something gets its workflow back. */

import type { Client } from '@temporalio/client';
import { namespaceKnown, rememberNamespace } from '../store/namespaces.ts';
import type { Store } from '../store/open-store.ts';
import { redeliverLost } from '../store/redeliver-lost.ts';
import { type EntityToRun, entitiesToRun } from '../store/sweep.ts';
import { resumeImports } from './resume-imports.ts';
import { startEntities } from './start-entities.ts';

const PAGE = 500;

export interface RefillDeps {
  readonly store: Store;
  readonly client: Client;
  readonly namespace: string;
  readonly taskQueue: string;
}

export interface Refilled {
  /** Entities whose workflows were started, or ran already. */
  readonly started: number;
  /** Messages that Temporal had taken over and no receiver has journalled: they are sent again. */
  readonly redelivered: number;
}

/** Told now and then how many workflows were started. */
export type RefillProgress = (started: number) => void;

/** Those that run are left as they are; one broken off may be done again. @throws when Temporal or the database does not answer. */
export async function refill(deps: RefillDeps, progress: RefillProgress): Promise<Refilled> {
  const { store, client, taskQueue } = deps;
  const lost = { from: new Date(0).toISOString(), to: new Date().toISOString(), isTemporalNew: true };
  const redelivered = await redeliverLost(store, lost);
  let started = 0;
  let last: EntityToRun | undefined;
  for (;;) {
    const page = await entitiesToRun(store, last, PAGE);
    last = page.at(-1);
    if (last === undefined) break;
    await startEntities({ client, taskQueue }, page);
    started += page.length;
    progress(started);
  }
  await resumeImports(store, { client, taskQueue });
  // Last, so that one broken off begins again.
  await rememberNamespace(store, await namespaceId(deps));
  return { started, redelivered };
}

/** Does nothing where the namespace has worked for this database before. Returns how many workflows it started. */
export async function refillIfNew(deps: RefillDeps, progress: RefillProgress): Promise<number> {
  if (await namespaceKnown(deps.store, await namespaceId(deps))) return 0;
  return (await refill(deps, progress)).started;
}

/** A new Temporal server's namespace is another, whatever its name. */
async function namespaceId({ client, namespace }: RefillDeps): Promise<string> {
  const described = await client.workflowService.describeNamespace({ namespace });
  return described.namespaceInfo?.id ?? namespace;
}
