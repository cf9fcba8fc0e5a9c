/** How the embedded Temporal server is started, and whether it answers. */

import { Connection } from '@temporalio/client';

export const TEMPORAL_NAMESPACE = 'default';

/**
 * A file database that survives SIGKILL; one partition for each queue, so that a burst of first commands is answered
 * sooner; room for a burst of signals, so that it does not break off the workflow task under way (see `send-pacer.ts`).
 */
export function temporalArgs(databaseFile: string, port: number): string[] {
  const values = [
    'frontend.WorkflowTimeSkippingEnabled=true',
    'matching.numTaskqueueReadPartitions=1',
    'matching.numTaskqueueWritePartitions=1',
    'history.maximumBufferedEventsBatch=5000',
  ];
  return [
    ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
    ...['--db-filename', databaseFile, '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...values.flatMap((value) => ['--dynamic-config-value', value]),
  ];
}

/** @throws while the server at `host:port` does not answer, or has not made its namespace yet. */
export async function pingTemporal(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 2000 });
  try {
    await connection.workflowService.describeNamespace({ namespace: TEMPORAL_NAMESPACE });
  } finally {
    await connection.close();
  }
}
