import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { step } from '../../store/step.ts';
import { startEmbedded } from '../../workers/embedded/start-embedded.ts';
import { eventually } from './eventually.ts';
import { eventsOf } from './journal.ts';
import { makePlace } from './place.ts';
import { skipTime } from './skip-time.ts';
import { temporaryFolder } from './temporary-folder.ts';

const DAY_MS = 86_400_000;
const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env } = process.env;

it('a new Temporal database beside the old PostgreSQL is filled again: timers ring, messages under way arrive', async () => {
  const dataDir = await temporaryFolder();
  const before = await startEmbedded({ dataDir, env, say: () => undefined });
  const place = await makePlace({ ...before, namespace: 'default' });
  await place.startWorker();
  for (const id of ['waits', 'stalled', 'done']) await place.open(id);
  await place.send('case', 'done', 'ann', { command: 'close', as: 'lost', reason: 'price' });
  await place.close();
  // A message that the old Temporal had taken over and not yet brought to its receiver when it was lost.
  const late = await makePlace({ ...before, namespace: 'default' });
  const now = new Date(Date.now() + 11 * DAY_MS).toISOString();
  await step(late.store, { kind: 'case', id: 'stalled', now, commands: [] });
  await late.store.db
    .updateTable('outbox')
    .set({ delivered_at: new Date().toISOString() })
    .where('entity', '=', 'stalled')
    .execute();
  await late.close();
  await before.stop();
  for (const name of await readdir(dataDir)) if (name.startsWith('temporal.db')) await rm(join(dataDir, name));

  const after = await startEmbedded({ dataDir, env, say: () => undefined });
  onTestFinished(after.stop);
  const again = await makePlace({ ...after, namespace: 'default' });
  onTestFinished(again.close);
  const started: number[] = [];
  const worker = await again.startWorker(undefined, (count) => started.push(count));
  expect(started).toEqual([2]);
  // It has not been asked for nothing: it sleeps until its deadline, and is woken all the same.
  const { events: soFar } = await again.client.workflow.getHandle('case/waits').fetchHistory();
  expect(soFar?.some((event) => event.markerRecordedEventAttributes != null)).toBe(false);
  await skipTime(again.client, ['case/waits'], 11 * DAY_MS);
  const names = (await eventsOf(again.store, 'case', 'waits')).map((event) => event.event);
  expect(names).toEqual(['case_opened', 'stall_started', 'rung_fired']);
  await eventually('both messages are in the inbox, each once', async () => {
    const inbox = await again.store.db.selectFrom('inbox_items').select(['case_id']).orderBy('case_id').execute();
    return inbox.map((item) => item.case_id).join() === 'stalled,waits';
  });
  await worker.stop();

  // The same namespace is not filled twice.
  const restarted = await again.startWorker(undefined, (count) => started.push(count));
  expect(started).toEqual([2]);
  await restarted.stop();
}, 60_000);
