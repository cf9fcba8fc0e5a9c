/** Hundreds of cases write to one inbox at once, and a worker dies in the middle: each message arrives once, in its order. */

import { expect, it, onTestFinished } from 'vitest';
import { insertNewCases, type NewCase } from '../../store/insert-new-cases.ts';
import { step } from '../../store/step.ts';
import { eventually } from '../workers/eventually.ts';
import { journalOf } from '../workers/journal.ts';
import { makePlace, type Place } from '../workers/place.ts';
import { workerProcess } from '../workers/worker-process.ts';

const DAY_MS = 86_400_000;
const CASES = 500;
/** Handed over back and forth before: several words to bob, in this order, and one to ann. */
const HANDED_OVER = 20;

/** Cases opened long ago of which nobody has been told yet, as after days without a worker. */
async function openLate({ store }: Place): Promise<void> {
  const opened = new Date(Date.now() - 18 * DAY_MS).toISOString();
  const items = Array.from({ length: CASES }, (_, n): NewCase => {
    const body = { command: 'open', title: `Deal ${n}`, pipeline: 'deal' } as const;
    return { id: `c-${n}`, envelope: { id: `open-${n}`, actor: 'ann', body } };
  });
  const made = await insertNewCases(store, opened, items);
  expect(made.filter(({ created }) => created)).toHaveLength(CASES);
  for (const { id } of items.slice(0, HANDED_OVER)) {
    const commands = ['bob', 'ann', 'bob', 'ann'].map((to, n) => {
      return { id: `to-${to}-${n}`, actor: 'boss', body: { command: 'hand_over', to } };
    });
    await step(store, { kind: 'case', id, now: opened, commands });
  }
}

interface Word {
  readonly key: string;
  readonly from: string;
}

/** What was written to a person, in the order in which it was. */
async function writtenTo({ store }: Place, person: string): Promise<Word[]> {
  const rows = await store.db
    .selectFrom('outbox')
    .select(['key', 'entity'])
    .where('target', '=', `person/${person}`)
    .orderBy('id')
    .execute();
  return rows.map(({ key, entity }) => ({ key, from: entity }));
}

async function inboxOf({ store }: Place, person: string): Promise<number> {
  const query = store.db.selectFrom('inbox_items').select((eb) => eb.fn.countAll<number>().as('count'));
  return (await query.where('person', '=', person).executeTakeFirstOrThrow()).count;
}

async function waiting({ store }: Place): Promise<number> {
  const query = store.db.selectFrom('outbox').select((eb) => eb.fn.countAll<number>().as('count'));
  return (await query.where('delivered_at', 'is', null).where('queue', '=', 'entities').executeTakeFirstOrThrow())
    .count;
}

function ofEachCase(words: readonly Word[]): Record<string, string[]> {
  const by: Record<string, string[]> = {};
  for (const { key, from } of words) {
    by[from] ??= [];
    by[from].push(key);
  }
  return by;
}

it('an inbox hit by hundreds of cases at once gets each message once, those of a case in their order, though a worker dies', async () => {
  const place = await makePlace();
  onTestFinished(place.close);
  const joining = await place.startWorker();
  await joining.stop();
  await openLate(place);
  // Each wakes all of them when it starts.
  const [killed] = await Promise.all([workerProcess(place), workerProcess(place)]);
  await eventually('a third has arrived', async () => (await inboxOf(place, 'bob')) > CASES / 3, 400_000);
  killed.kill('SIGKILL');
  const written = await eventually(
    'everything is written and delivered',
    async () => {
      const words = await writtenTo(place, 'bob');
      return new Set(words.map(({ from }) => from)).size === CASES && (await waiting(place)) === 0 && words;
    },
    400_000,
  );
  await eventually('and has arrived', async () => (await inboxOf(place, 'bob')) >= written.length, 120_000);

  const entries = await journalOf(place.store, 'person', 'bob');
  const from = new Map(written.map((word) => [word.key, word.from]));
  const told = entries.flatMap(({ command_id: key, outcome }) => {
    const sender = from.get(key);
    return sender === undefined || outcome !== 'accepted' ? [] : [{ key, from: sender }];
  });
  expect(told).toHaveLength(written.length);
  expect(ofEachCase(told)).toEqual(ofEachCase(written));
  expect(ofEachCase(written)['c-0']?.length).toBeGreaterThan(2);
  expect(await inboxOf(place, 'bob')).toBe(written.length);
}, 900_000);
