/** Ends everything that runs in a Temporal namespace, once nobody works in it any more. */

import { setTimeout as delay } from 'node:timers/promises';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { SetupError } from './embedded/setup-error.ts';
import { inParallel } from './in-parallel.ts';

/** A worker asks for work at least this often; one that has not is gone. */
const POLL_MS = 75_000;
const LOOK_AGAIN_MS = 1000;
/** The list of what runs is a moment behind. */
const EMPTY_LOOKS = 2;

/** 1: workflow tasks, 2: activities. */
const KINDS = [1, 2];

/**
 * Resolves when no worker has asked for work for 75 s: at once on a server just started.
 * @throws SetupError when one still does.
 */
export async function untilNobodyWorks(client: Client, taskQueue: string, waiting: () => void): Promise<void> {
  const lastPolls = await pollsOf(client, taskQueue);
  const last = Math.max(0, ...lastPolls);
  const restMs = last + POLL_MS - Date.now();
  if (restMs <= 0) return;
  waiting();
  const end = Date.now() + restMs;
  while (Date.now() < end) {
    if (Math.max(0, ...(await pollsOf(client, taskQueue))) > last) throw atWork();
    if ((await pollsOf(client, taskQueue)).length === 0) return;
    await delay(LOOK_AGAIN_MS);
  }
}

function atWork(): SetupError {
  return new SetupError(
    { en: 'a worker is still at work', zh: '仍有 worker 在运行' },
    {
      en: 'stop every `playrail serve`, `worker` and `api` first: they remember what is no longer so',
      zh: '请先停止所有 `playrail serve`、`worker` 与 `api`：它们还记得已不存在的内容',
    },
  );
}

/** When each worker last asked for work, in milliseconds since 1970. */
async function pollsOf(client: Client, taskQueue: string): Promise<readonly number[]> {
  const { namespace } = client.options;
  const described = await Promise.all(
    KINDS.map((taskQueueType) =>
      client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType }),
    ),
  );
  return described.flatMap(({ pollers }) =>
    (pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000),
  );
}

/** Returns how many runs were ended. @throws when Temporal does not answer: doing it again is no harm. */
export async function endAllRuns(client: Client, progress: (ended: number) => void): Promise<number> {
  let ended = 0;
  for (let empty = 0; empty < EMPTY_LOOKS; await delay(LOOK_AGAIN_MS)) {
    const running: { workflowId: string; runId: string }[] = [];
    for await (const { workflowId, runId } of client.workflow.list({ query: `ExecutionStatus = 'Running'` }))
      running.push({ workflowId, runId });
    empty = running.length === 0 ? empty + 1 : 0;
    await inParallel(running, async ({ workflowId, runId }) => {
      if (await terminate(client, workflowId, runId)) ended += 1;
    });
    if (running.length > 0) progress(ended);
  }
  return ended;
}

async function terminate(client: Client, workflowId: string, runId: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId, runId).terminate('playrail recover --after-restore');
    return true;
  } catch (error) {
    // Ended by itself since the list was made.
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
