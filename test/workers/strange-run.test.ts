import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { expect, it, onTestFinished } from 'vitest';
import { TASK_QUEUE, workflowIdOf } from '../../workers/contract.ts';
import { installRuntime } from '../../workers/temporal-runtime.ts';
import { eventually } from './eventually.ts';
import { makePlace, QUIET } from './place.ts';

it('a run that today’s workflow cannot replay ends, and its entity goes on in a new one', async () => {
  installRuntime(QUIET);
  const place = await makePlace();
  onTestFinished(place.close);
  const handle = place.client.workflow.getHandle(workflowIdOf('case', 'c-1'));
  const connection = await NativeConnection.connect({ address: place.temporalAddress });
  const workflowsPath = fileURLToPath(new URL('./another-workflow.ts', import.meta.url));
  const another = await Worker.create({
    connection,
    namespace: place.namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') }),
  });
  await another.runUntil(async () => {
    const args = [{ kind: 'case', id: 'c-1' }];
    await place.client.workflow.start('caseWorkflow', { workflowId: handle.workflowId, taskQueue: TASK_QUEUE, args });
    await eventually('it sleeps', async () =>
      (await handle.fetchHistory()).events?.some((event) => event.timerStartedEventAttributes),
    );
  });
  await connection.close();

  await place.startWorker();
  const before = (await handle.describe()).runId;
  await place.open('c-1');
  expect(await place.send('case', 'c-1', 'ann', { command: 'set_facts', facts: { count: 1 } })).toMatchObject({
    outcome: 'accepted',
    entry: 2,
  });
  expect((await handle.describe()).runId).not.toBe(before);
  expect((await place.client.workflow.getHandle(handle.workflowId, before).describe()).status.name).toBe('FAILED');
});
