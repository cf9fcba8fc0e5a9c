/** A worker and a client of the bare entity workflow, to measure ours against. */

import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { BARE_UPDATE } from './bare-workflow.ts';

const QUEUE = 'bench-bare';

export interface Bare {
  /** One update of the workflow with this number. */
  send(index: number): Promise<void>;
  /** Starts more workflows, after those there are. */
  start(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Its worker is set like ours. */
export async function startBare(address: string, client: Client): Promise<Bare> {
  const connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  const workflowsPath = fileURLToPath(import.meta.resolve('./bare-workflow.js'));
  const worker = await Worker.create({
    connection,
    taskQueue: QUEUE,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') }),
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 5, maximum: 20 },
    maxCachedWorkflows: 2000,
    maxConcurrentWorkflowTaskExecutions: 200,
  });
  const running = worker.run();
  const handles: WorkflowHandle[] = [];
  return {
    start: async (count) => {
      for (let left = count; left > 0; left -= 1) {
        handles.push(await client.workflow.start('bareWorkflow', { workflowId: randomUUID(), taskQueue: QUEUE }));
      }
    },
    send: async (index) => {
      await handles[index]?.executeUpdate<number, [unknown]>(BARE_UPDATE, { args: [{ count: 1 }] });
    },
    stop: async () => {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}
