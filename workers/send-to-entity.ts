/** Sends a command to an entity's workflow from within a worker, starting the workflow where it is missing. */

import { randomUUID } from 'node:crypto';
import { type Client, WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import {
  COMMAND_SIGNAL,
  COMMAND_UPDATE,
  type EntityInput,
  entityRun,
  type Reply,
  type SentCommand,
  WORKFLOW_TYPES,
} from './contract.ts';

export interface Sender {
  readonly client: Client;
  readonly taskQueue: string;
}

/** Hands the command over and does not wait: it is decided once, whatever happens. @throws when Temporal does not answer. */
export async function signalCommand(
  { client, taskQueue }: Sender,
  { kind, id }: EntityInput,
  command: SentCommand,
): Promise<void> {
  await client.workflow.signalWithStart(WORKFLOW_TYPES[kind], {
    ...entityRun({ kind, id }, taskQueue),
    signal: COMMAND_SIGNAL,
    signalArgs: [command],
  });
}

/** Waits for the reply. @throws when Temporal does not answer; the same command may be sent again. */
export async function sendCommand(
  { client, taskQueue }: Sender,
  { kind, id }: EntityInput,
  command: SentCommand,
): Promise<Reply> {
  const start = new WithStartWorkflowOperation(WORKFLOW_TYPES[kind], {
    ...entityRun({ kind, id }, taskQueue),
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  });
  // Its handle is not used; unobserved, its rejection would end the process.
  start.workflowHandle().catch(() => undefined);
  return client.workflow.executeUpdateWithStart<() => Promise<void>, Reply, [SentCommand]>(COMMAND_UPDATE, {
    args: [command],
    updateId: randomUUID(),
    startWorkflowOperation: start,
  });
}
