/** A Temporal namespace for one test file, so that entities of the same id in other files are others. */

import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { inject } from 'vitest';

/** Makes a new namespace on the server that the run shares. @returns its name, once workflows can be started in it. */
export async function freshNamespace(): Promise<string> {
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    const client = new Client({ connection, namespace });
    const end = Date.now() + 20_000;
    for (;;) {
      try {
        // Found nowhere is an answer; a namespace that is not known yet is none.
        await client.workflow.count();
        return namespace;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  } finally {
    await connection.close();
  }
}
