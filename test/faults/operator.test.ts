/** What operators and their machines do to Temporal: a run ended by hand, a clock that is wrong. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../store/open-store.ts';
import { step } from '../../store/step.ts';
import { destinationsFromEnv } from '../../workers/destinations.ts';
import { startWorker } from '../../workers/worker.ts';
import { eventually } from '../workers/eventually.ts';
import { eventsOf } from '../workers/journal.ts';
import { makePlace, QUIET } from '../workers/place.ts';
import { skipTime } from '../workers/skip-time.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const place = await makePlace();
beforeAll(async () => {
  // The people join with the first worker.
  const worker = await place.startWorker();
  await worker.stop();
});
afterAll(place.close);

const setCount = (count: number) => ({ command: 'set_facts', facts: { count } });
const run = (id: string) => place.client.workflow.getHandle(`case/${id}`);
const names = async (id: string): Promise<string[]> =>
  (await eventsOf(place.store, 'case', id)).map((event) => event.event);

/** Opens a case that stalls in `ms` from now: its opening was ten days before that. */
async function openBefore(id: string, ms: number): Promise<void> {
  const now = new Date(Date.now() - 10 * DAY_MS + ms).toISOString();
  const body = { command: 'open', title: `Deal ${id}`, pipeline: 'deal' };
  await step(place.store, { kind: 'case', id, now, commands: [{ id: `open-${id}`, actor: 'ann', body }] });
}

async function wakeAtOf(id: string): Promise<number> {
  const row = await place.store.db
    .selectFrom('entities')
    .select('wake_at')
    .where('kind', '=', 'case')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return Date.parse(row.wake_at ?? '');
}

it('a workflow that an operator terminated comes back by the sweep, and its ladder climbs', async () => {
  const worker = await place.startWorker();
  await openBefore('c-1', 4000);
  expect(await place.send('case', 'c-1', 'ann', setCount(1))).toMatchObject({ outcome: 'accepted' });
  await run('c-1').terminate('an operator');
  await eventually('its time has passed', async () => (await wakeAtOf('c-1')) < Date.now());
  expect(await names('c-1')).toEqual(['case_opened', 'facts_set']);
  expect((await run('c-1').describe()).status.name).toBe('TERMINATED');

  await worker.sweep(0);
  await eventually('the stall has started', async () => (await names('c-1')).includes('rung_fired'));
  expect((await run('c-1').describe()).status.name).toBe('RUNNING');
  expect(await names('c-1')).toEqual(['case_opened', 'facts_set', 'stall_started', 'rung_fired']);
  await worker.stop();
});

it('a Temporal an hour ahead of PostgreSQL fires no ladder and takes no command; set right, both go on', async () => {
  const strict = openStore({ databaseUrl: place.databaseUrl });
  const { temporalAddress, namespace } = place;
  const destinations = destinationsFromEnv({});
  const ahead = await startWorker({ store: strict, temporalAddress, namespace, destinations, log: QUIET });
  await openBefore('c-2', 30 * 60_000);
  expect(await place.send('case', 'c-2', 'ann', setCount(1))).toMatchObject({ outcome: 'accepted' });
  await skipTime(place.client, ['case/c-2'], HOUR_MS);
  expect(await place.send('case', 'c-2', 'ann', setCount(2), 'again')).toMatchObject({
    outcome: 'fault',
    cause: 'clock-ahead',
  });
  expect(await names('c-2')).toEqual(['case_opened', 'facts_set']);
  // Kept by PostgreSQL's clock: half an hour from now, not an hour and a half.
  expect((await wakeAtOf('c-2')) - Date.now()).toBeLessThan(31 * 60_000);
  await ahead.stop();
  await strict.close();

  // The clock is set right: a run's clock, once skipped, stays ahead, so the run ends with it.
  await run('c-2').terminate('its clock was wrong');
  const worker = await place.startWorker();
  expect(await place.send('case', 'c-2', 'ann', setCount(2), 'again')).toMatchObject({ outcome: 'accepted' });
  expect(await names('c-2')).toEqual(['case_opened', 'facts_set', 'facts_set']);
  await skipTime(place.client, ['case/c-2'], HOUR_MS);
  expect(await names('c-2')).toEqual(['case_opened', 'facts_set', 'facts_set', 'stall_started', 'rung_fired']);
  await worker.stop();
});
