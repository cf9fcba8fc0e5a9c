/** Starts the workflows of many entities, several at a time. */

import { type Client, WorkflowIdConflictPolicy } from '@temporalio/client';
import { type EntityInput, entityRun, TASK_QUEUE, WAKE_SIGNAL, WORKFLOW_TYPES } from './contract.ts';
import { inParallel } from './in-parallel.ts';

export interface StartEntities {
  readonly client: Client;
  readonly taskQueue?: string;
  /** Told after each start, with how many are done. */
  readonly progress?: (done: number) => void;
}

/** Running ones are left as they are. @throws when Temporal does not answer; starting all again is no harm. */
export async function startEntities(
  { client, taskQueue = TASK_QUEUE, progress }: StartEntities,
  entities: readonly EntityInput[],
): Promise<void> {
  let done = 0;
  await inParallel(entities, async (entity) => {
    await client.workflow.start(WORKFLOW_TYPES[entity.kind], {
      ...entityRun(entity, taskQueue),
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    });
    done += 1;
    progress?.(done);
  });
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
