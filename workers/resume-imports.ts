/** Gives every import under way its workflow: after a new Temporal, or where it could not be started at first. */

import { type Client, WorkflowIdConflictPolicy } from '@temporalio/client';
import { runningImports } from '../store/imports/import-job.ts';
import type { Store } from '../store/open-store.ts';
import { IMPORT_WORKFLOW, type ImportInput, importWorkflowIdOf } from './contract.ts';

/** Those that run are left as they are. @throws when Temporal does not answer. */
export async function resumeImports(
  store: Store,
  { client, taskQueue }: { readonly client: Client; readonly taskQueue: string },
): Promise<void> {
  for (const id of await runningImports(store)) {
    const input: ImportInput = { import: id };
    await client.workflow.start(IMPORT_WORKFLOW, {
      workflowId: importWorkflowIdOf(id),
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    });
  }
}
