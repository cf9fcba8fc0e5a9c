/** Starts the workflows of many entities, several at a time. */

import { setTimeout as delay } from 'node:timers/promises';
import { type Client, WorkflowIdConflictPolicy } from '@temporalio/client';
import { type EntityInput, entityRun, TASK_QUEUE, WAKE_SIGNAL, WORKFLOW_TYPES } from './contract.ts';
import { inParallel } from './in-parallel.ts';

export interface StartEntities {
  readonly client: Client;
  readonly taskQueue?: string;
  /** Told after each start, and while waiting, with how many are done. */
  readonly progress?: (done: number) => void;
  /** No faster than workers take them: set by who is at work beside people. */
  readonly isPaced?: boolean;
}

/** So many are started before looking whether workers keep up. */
const WAVE = 64;
/** A command that comes meanwhile waits behind so many first steps: about a second's worth. */
const MOST_WAITING = 64;
const LOOK_AGAIN_MS = 100;
/** Workers that take none for so long are not helped by waiting. */
const PATIENCE_MS = 10_000;
/** Temporal's number for a queue's workflow tasks. */
const WORKFLOW_TASKS = 1;

/** Running ones are left as they are. @throws when Temporal does not answer; starting all again is no harm. */
export async function startEntities(
  { client, taskQueue = TASK_QUEUE, progress = () => undefined, isPaced = false }: StartEntities,
  entities: readonly EntityInput[],
): Promise<void> {
  let done = 0;
  for (let from = 0; from < entities.length; from += WAVE) {
    await inParallel(entities.slice(from, from + WAVE), async (entity) => {
      await client.workflow.start(WORKFLOW_TYPES[entity.kind], {
        ...entityRun(entity, taskQueue),
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      });
      done += 1;
      progress(done);
    });
    if (isPaced) await untilTaken(client, taskQueue, () => progress(done));
  }
}

/** First steps are taken in the order of the starts, and commands in the same row: it is kept short. */
async function untilTaken(client: Client, taskQueue: string, waiting: () => void): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const { stats } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: WORKFLOW_TASKS,
      reportStats: true,
    });
    if (Number(stats?.approximateBacklogCount ?? 0) <= MOST_WAITING) return;
    waiting();
    await delay(LOOK_AGAIN_MS);
  }
}

/** Rings each entity's bell, starting its workflow where it is missing. @throws when Temporal does not answer. */
export async function wakeEntities(
  { client, taskQueue = TASK_QUEUE }: StartEntities,
  entities: readonly EntityInput[],
): Promise<void> {
  await inParallel(entities, async ({ kind, id }) => {
    await client.workflow.signalWithStart(WORKFLOW_TYPES[kind], {
      ...entityRun({ kind, id }, taskQueue),
      signal: WAKE_SIGNAL,
    });
  });
}
