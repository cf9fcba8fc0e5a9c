import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { expect, it, onTestFinished } from 'vitest';
import { COMMAND_SIGNAL } from '../../workers/contract.ts';
import { destinationsFromEnv } from '../../workers/destinations.ts';
import { installRuntime } from '../../workers/temporal-runtime.ts';
import { workflowBundle } from '../../workers/workflow-bundle.ts';
import { eventually } from './eventually.ts';
import { eventsOf } from './journal.ts';
import { mailSink } from './mail-sink.ts';
import { makePlace, type Place, QUIET } from './place.ts';
import { skipTime } from './skip-time.ts';

const HISTORIES = fileURLToPath(new URL('../histories/', import.meta.url));
const DAY_MS = 86_400_000;

/** File names begin with the workflow id, its slash as a dash: `case-c-1.first-release.json`. */
async function replay(workflowId: string, historyJson: string): Promise<void> {
  installRuntime(QUIET);
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, JSON.parse(historyJson), workflowId);
}

async function historyOf(place: Place, workflowId: string, runId?: string): Promise<string> {
  return historyToJSON(await place.client.workflow.getHandle(workflowId, runId).fetchHistory());
}

/** A case with commands, a repeat, a stall with its messages, a flood that ends in a new run; a person who gets messages. */
async function live(place: Place): Promise<Record<string, string>> {
  const { url } = await mailSink();
  await place.startWorker(destinationsFromEnv({ SMTP_URL: url, MAIL_FROM: 'rail@example.org' }));
  await place.open('c-1');
  for (const id of ['one', 'two', 'one'])
    await place.send('case', 'c-1', 'ann', { command: 'set_facts', facts: { count: 1 } }, id);
  await place.send('case', 'c-1', 'ann', { command: 'advance' });
  await skipTime(place.client, ['case/c-1'], 20 * DAY_MS);
  await eventually('ann and bob have their messages', async () => {
    const events = [
      ...(await eventsOf(place.store, 'person', 'ann')),
      ...(await eventsOf(place.store, 'person', 'bob')),
    ];
    return events.filter((event) => event.event === 'message_received').length === 2;
  });
  const recorded = {
    'case/c-1': await historyOf(place, 'case/c-1'),
    'person/bob': await historyOf(place, 'person/bob'),
  };
  const handle = place.client.workflow.getHandle('case/c-1');
  const { runId } = await handle.describe();
  const lanes = Array.from({ length: 20 }, async (_, lane) => {
    for (let n = 0; n < 26; n += 1)
      await handle.signal(COMMAND_SIGNAL, { id: `f-${lane}-${n}`, actor: 'system', body: { command: 'flood' } });
  });
  await Promise.all(lanes);
  await eventually('a new run has begun', async () => (await handle.describe()).runId !== runId);
  for (const [workflowId, history] of Object.entries(recorded)) await keep(workflowId, history);
  return { ...recorded, 'case/c-1 to its end': await historyOf(place, 'case/c-1', runId) };
}

/** With `PLAYRAIL_RECORD_HISTORIES=<release>` the histories are kept: to be done before each release that changes the workflow. */
async function keep(workflowId: string, history: string): Promise<void> {
  const release = process.env['PLAYRAIL_RECORD_HISTORIES'];
  if (release === undefined) return;
  await mkdir(HISTORIES, { recursive: true });
  await writeFile(join(HISTORIES, `${workflowId.replace('/', '-')}.${release}.json`), history);
}

it('a life lived now is replayed to the same end', async () => {
  const place = await makePlace();
  onTestFinished(place.close);
  for (const [name, history] of Object.entries(await live(place))) await replay(name.split(' ')[0] ?? '', history);
});

it('every recorded life is replayed by the workflow of today', async () => {
  const files = await readdir(HISTORIES);
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const file of files) {
    const workflowId = (file.split('.')[0] ?? '').replace('-', '/');
    await replay(workflowId, await readFile(join(HISTORIES, file), 'utf8'));
  }
});

it('a history of another workflow is found out', async () => {
  const [file = ''] = await readdir(HISTORIES);
  const history = JSON.parse(await readFile(join(HISTORIES, file), 'utf8'));
  for (const event of history.events) {
    const activity = event.activityTaskScheduledEventAttributes?.activityType;
    if (activity !== undefined) activity.name = 'another';
  }
  await expect(replay('case/c-1', JSON.stringify(history))).rejects.toThrow('another');
});
