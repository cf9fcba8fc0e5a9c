/** Makes the Temporal namespace that an installation works in, where the server does not have it yet. */

import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** Ended runs are kept so long; what they did stands in PostgreSQL. */
const RETENTION = '7 days';
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 200;

const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

async function isThere(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } catch (error) {
    if (codeOf(error) === NOT_FOUND) return false;
    throw error;
  }
}

/** @returns whether it was made. @throws when the server does not answer or does not let us make it. */
export async function ensureNamespace(address: string, namespace: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 5_000 });
  try {
    if (await isThere(connection, namespace)) return false;
    const retention = { workflowExecutionRetentionPeriod: msToTs(RETENTION) };
    await connection.workflowService.registerNamespace({ namespace, ...retention }).catch((error: unknown) => {
      // Another process was quicker.
      if (codeOf(error) !== ALREADY_EXISTS) throw error;
    });
    // The server's parts learn of it one after another.
    for (const end = Date.now() + PATIENCE_MS; !(await isThere(connection, namespace)); ) {
      if (Date.now() > end) throw new Error(`the namespace ${namespace} does not appear`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return true;
  } finally {
    await connection.close();
  }
}
