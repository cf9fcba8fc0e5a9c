/** Moves the clocks of entities' workflows on the real server: their timers fire in order, as if the time had passed. */

import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** Polling says that the fast-forward has come to its end (`FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED`). */
const COMPLETED = 2;

/** Resolves when each of the workflows has lived through `durationMs`, all their timers in between included. */
export async function skipTime(client: Client, workflowIds: readonly string[], durationMs: number): Promise<void> {
  await Promise.all(workflowIds.map((workflowId) => skip(client, workflowId, durationMs)));
}

async function skip(client: Client, workflowId: string, durationMs: number): Promise<void> {
  const { namespace } = client.options;
  const id = randomUUID();
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: {
      timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: msToTs(durationMs) } },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  const end = Date.now() + 30_000;
  for (;;) {
    const { fastForwardPollingResult, failedReason } = await client.workflowService.pollWorkflowExecutionTimeSkipping({
      namespace,
      workflowExecution: { workflowId },
      fastForwardId: id,
    });
    if (fastForwardPollingResult === COMPLETED) return;
    if (failedReason !== '' || Date.now() > end)
      throw new Error(`the clock of ${workflowId} did not move: ${failedReason || 'no end'}`);
  }
}
