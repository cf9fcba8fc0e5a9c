import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EntityKind } from '../../workers/contract.ts';
import { eventually } from './eventually.ts';
import { eventsOf, journalOf } from './journal.ts';
import { makePlace } from './place.ts';
import { skipTime } from './skip-time.ts';

const DAY_MS = 86_400_000;
const place = await makePlace();
beforeAll(async () => void (await place.startWorker()));
afterAll(place.close);

const setCount = (count: number) => ({ command: 'set_facts', facts: { count } });

/** Breaks an entity's stored state, so that every decision about it throws. @returns the way to mend it. */
async function poison(kind: EntityKind, id: string): Promise<() => Promise<void>> {
  const { state } = await place.store.db
    .selectFrom('entities')
    .select('state')
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const put = async (text: string): Promise<void> =>
    void (await place.store.db
      .updateTable('entities')
      .set({ state: text })
      .where('kind', '=', kind)
      .where('id', '=', id)
      .execute());
  const broken = { facts: null, clock: null, email: null, lang: null, person: null, items: null };
  await put(JSON.stringify({ ...Object(state), ...broken }));
  return () => put(JSON.stringify(state));
}

it('an engine fault in some cases leaves the others working, and those usable afterwards with the same command id', async () => {
  const bad = Array.from({ length: 10 }, (_, n) => `bad-${n}`);
  for (const id of ['good', ...bad]) await place.open(id);
  const mends = await Promise.all(bad.map((id) => poison('case', id)));
  const faults = Promise.all(
    bad.flatMap((id) => [1, 2, 3, 4].map((n) => place.send('case', id, 'ann', setCount(n), `c-${n}`))),
  );
  const waits: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const sentAt = performance.now();
    expect(await place.send('case', 'good', 'ann', setCount(n))).toMatchObject({ outcome: 'accepted' });
    waits.push(performance.now() - sentAt);
  }
  for (const reply of await faults) expect(reply).toMatchObject({ outcome: 'fault' });
  expect(Math.max(...waits)).toBeLessThan(2000);

  await Promise.all(mends.map((mend) => mend()));
  for (const id of bad)
    expect(await place.send('case', id, 'ann', setCount(1), 'c-1')).toMatchObject({ outcome: 'accepted' });
});

it('an entity whose row is held fast answers its callers with a fault within seconds, and the others at once', async () => {
  for (const id of ['held', 'free']) await place.open(id);
  await place.store.db.transaction().execute(async (tx) => {
    await sql`select 1 from entities where id = 'held' for update`.execute(tx);
    const sentAt = performance.now();
    const held = Promise.all([1, 2, 3].map((n) => place.send('case', 'held', 'ann', setCount(n), `h-${n}`)));
    expect(await place.send('case', 'free', 'ann', setCount(1))).toMatchObject({ outcome: 'accepted' });
    expect(performance.now() - sentAt).toBeLessThan(1500);
    for (const reply of await held) expect(reply).toMatchObject({ outcome: 'fault' });
    expect(performance.now() - sentAt).toBeLessThan(7500);
  });
  expect(await place.send('case', 'held', 'ann', setCount(1), 'h-1')).toMatchObject({ outcome: 'accepted' });
});

it('a message to a person who cannot be decided waits, and arrives once when that is mended', async () => {
  await place.open('c-1');
  const mend = await poison('person', 'ann');
  await skipTime(place.client, ['case/c-1'], 11 * DAY_MS);
  await eventually('the message has met the fault', async () =>
    (await journalOf(place.store, 'person', 'ann')).some((entry) => entry.outcome === 'fault'),
  );
  expect(await eventsOf(place.store, 'person', 'ann')).toHaveLength(1);
  await mend();
  await eventually('the message has arrived', async () => (await eventsOf(place.store, 'person', 'ann')).length > 1);
  const received = (await eventsOf(place.store, 'person', 'ann')).map((event) => event.event);
  expect(received).toEqual(['person_joined', 'message_received']);
});

it('a wake that fails is tried again later, and the clocks catch up when the case is mended', async () => {
  await place.open('c-2');
  const mend = await poison('case', 'c-2');
  await skipTime(place.client, ['case/c-2'], 10.1 * DAY_MS);
  expect((await eventsOf(place.store, 'case', 'c-2')).map((event) => event.event)).toEqual(['case_opened']);
  await mend();
  await skipTime(place.client, ['case/c-2'], DAY_MS);
  expect((await eventsOf(place.store, 'case', 'c-2')).map((event) => event.event)).toEqual([
    'case_opened',
    'stall_started',
    'rung_fired',
  ]);
});
