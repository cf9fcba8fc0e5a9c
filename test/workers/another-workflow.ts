/** A workflow of the same name as ours that does something else: what a run looks like to a version that cannot replay it. */

import { sleep } from '@temporalio/workflow';

export async function caseWorkflow(): Promise<void> {
  await sleep('1 day');
}
