/** An import as a workflow: it goes on by itself after whatever stopped it. The work is in its activities. */

import * as workflow from '@temporalio/workflow';
import type { ImportActivities, ImportInput } from './contract.ts';

/** A long import is as good as a short one while it shows signs of life; what shows none for a while is begun again. */
const activities = workflow.proxyActivities<ImportActivities>({
  startToCloseTimeout: '1 day',
  heartbeatTimeout: '10 s',
  retry: { initialInterval: '1 s', maximumInterval: '30 s' },
});

/** People first, as cases need owners; then the rows; then the workflows of what is open; one digest a person at last. */
export async function importWorkflow(input: ImportInput): Promise<void> {
  await activities.importPeople(input);
  while (await activities.importRows(input)) {
    if (workflow.workflowInfo().continueAsNewSuggested) await workflow.continueAsNew<typeof importWorkflow>(input);
  }
  await activities.startImported(input);
  await activities.sendDigests(input);
}
