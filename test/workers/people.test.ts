/** People over time, on real servers: absences begin and end by their own timers, nobody waits for who has left. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { inboxOf } from '../../store/inbox.ts';
import { caseById } from '../../store/read-case.ts';
import type { RunningWorker } from '../../workers/worker.ts';
import { eventually } from './eventually.ts';
import { makePlace, type Place } from './place.ts';
import { skipTime } from './skip-time.ts';

const DAY_MS = 86_400_000;

let place: Place;
let worker: RunningWorker;

beforeAll(async () => {
  place = await makePlace();
  worker = await place.startWorker();
  for (const [id, manager] of [
    ['sub', 'boss'],
    ['eva', 'bob'],
  ] as const) {
    const body = { command: 'join', name: id, role: manager === 'boss' ? 'manager' : 'rep', manager };
    await place.entities.send('person', id, { id: `join-${id}`, actor: 'boss', body }, { isNew: true });
  }
}, 60_000);
afterAll(() => place.close());

const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const asked = async (id: string) =>
  (await inboxOf(place.store, id, { unread: true, limit: 100 })).filter(({ message }) => message.kind === 'demand');

it('what waits for somebody is asked of their substitute from the first day of their absence, and of them again after the last', async () => {
  await place.open('away');
  const absence = { command: 'set_absence', first_day: dayIn(35), last_day: dayIn(39), substitutes: ['sub'] };
  expect(await place.send('person', 'bob', 'bob', absence)).toMatchObject({ outcome: 'accepted' });
  const all = ['case/away', 'person/bob'];
  await skipTime(place.client, all, 33 * DAY_MS);
  await eventually('bob is asked for a decision', async () => (await asked('bob')).length === 1);
  await skipTime(place.client, all, 4 * DAY_MS);
  await eventually('sub is asked on behalf of bob', async () => {
    const [item] = await asked('sub');
    return item?.message.on_behalf_of === 'bob';
  });
  // Two inboxes, two deliveries: which of them comes first is not promised.
  await eventually('bob’s is withdrawn', async () => (await asked('bob')).length === 0);
  await skipTime(place.client, all, 4 * DAY_MS);
  await eventually('bob is asked again', async () => (await asked('bob')).length === 1);
  await eventually('sub is asked no more', async () => (await asked('sub')).length === 0);
}, 60_000);

it('a worker that dies in the midst of somebody’s leaving leaves no case behind', async () => {
  for (const id of ['l-1', 'l-2', 'l-3', 'l-4', 'l-5', 'l-6']) {
    const body = { command: 'open', title: id, pipeline: 'deal' };
    await place.entities.send('case', id, { id: `open-${id}`, actor: 'eva', body }, { isNew: true });
  }
  const left = place.send('person', 'eva', 'boss', { command: 'leave', successor: 'ann' }, 'leave-eva');
  expect(await left).toMatchObject({ outcome: 'accepted' });
  await worker.stop();
  worker = await place.startWorker();
  await eventually('all of them are ann’s', async () => {
    const owners = await Promise.all(['l-1', 'l-6'].map(async (id) => (await caseById(place.store, id))?.state.owner));
    return owners.every((owner) => owner === 'ann');
  });
  const again = await place.send('person', 'eva', 'boss', { command: 'leave', successor: 'ann' }, 'leave-eva');
  expect(again).toEqual(await left);
}, 60_000);

it('cases that wait for somebody who left before anybody knew what to do are found at night', async () => {
  await place.open('orphan');
  // As an earlier release left them: gone, and their cases where they were.
  await place.store.db
    .updateTable('people')
    .set({ active: false, since: new Date(Date.now() - DAY_MS).toISOString() })
    .where('person', '=', 'ann')
    .execute();
  place.store.known.people = { version: 0, by_id: {} };
  await worker.stop();
  worker = await place.startWorker();
  await eventually('the case has gone up', async () => (await caseById(place.store, 'orphan'))?.state.owner === 'bob');
  await eventually('the administrator hears of it', async () => {
    const items = await inboxOf(place.store, 'boss', { limit: 100 });
    return items.some(({ message }) => message.items?.some((item) => item.case === 'orphan'));
  });
}, 60_000);
