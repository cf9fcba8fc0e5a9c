/** What people type lies apart from the chained journal, and is back in its place wherever an entry is read. */

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ERASED } from '../../engine/personal.ts';
import { journalOf } from '../../store/journal-of.ts';
import type { Store } from '../../store/open-store.ts';
import { open, send, smallStore } from './small-store.ts';

let store: Store;

beforeAll(async () => {
  store = await smallStore();
  await open(store, 'c1', '绝密 deal of Liu Wei');
});
afterAll(() => store.close());

const pain = { id: 'k1', actor: 'ann', body: { command: 'set_facts', facts: { pain: 'their CFO Liu Wei is ill' } } };
const amount = { id: 'k2', actor: 'ann', body: { command: 'set_facts', facts: { amount: '20万 CNY' } } };

async function chained(): Promise<string> {
  const rows = await store.db.selectFrom('journal').select('text').execute();
  return rows.map((row) => row.text).join('\n');
}

it('names, mail addresses and typed texts are not in the chain; ids, amounts and choices are', async () => {
  await send(store, 'case', 'c1', pain);
  await send(store, 'case', 'c1', amount);
  const text = await chained();
  for (const secret of ['Liu Wei', '绝密', 'ill', 'ann@example.org', '"Ann"']) expect(text).not.toContain(secret);
  for (const kept of ['"ann"', '"pain"', '"minor":20000000', 'bob']) expect(text).toContain(kept);
});

it('an entry is read with every text in its place', async () => {
  const [first, second] = await journalOf(store, 'case', 'c1', 0, 10);
  expect(first?.entry.command).toMatchObject({ title: '绝密 deal of Liu Wei' });
  expect(second?.entry.command).toEqual(pain.body);
  expect(second?.entry.events).toMatchObject([
    { event: 'facts_set', facts: { pain: { value: pain.body.facts.pain } } },
  ]);
});

it('a command sent again gets its first reply to the byte, and one with another text is invalid', async () => {
  const first = await send(store, 'case', 'c1', { ...pain, id: 'k3' });
  expect(JSON.stringify(await send(store, 'case', 'c1', { ...pain, id: 'k3' }))).toBe(JSON.stringify(first));
  const other = { ...pain, id: 'k3', body: { command: 'set_facts', facts: { pain: 'something else' } } };
  expect(await send(store, 'case', 'c1', other)).toMatchObject({ outcome: 'invalid' });
});

it('a refusal keeps apart what it saw, and a fault everything it could not read', async () => {
  await send(store, 'case', 'c1', { id: 'k4', actor: 'ann', body: { command: 'advance' } });
  const late = { id: 'k5', actor: 'ann', body: { command: 'log_activity', activity: 'call', note: 'privately' } };
  await send({ ...store, allowTimeTravel: false }, 'case', 'c1', late, '2999-01-01T00:00:00.000Z');
  const faults = (await journalOf(store, 'case', 'c1', 0, 100)).filter(({ entry }) => entry.outcome === 'fault');
  expect(faults.at(-1)?.entry.command).toEqual(late.body);
  expect(await chained()).not.toContain('privately');
});

it('an erased text is shown as erased, and its command sent again still gets its first reply', async () => {
  await send(store, 'case', 'c1', { ...pain, id: 'k6' });
  await sql`update personal_texts set texts = '[{"erased": "ann"}]'
    where entity = 'c1' and seq = (select seq from journal where command_id = 'k6')`.execute(store.db);
  const entry = (await journalOf(store, 'case', 'c1', 0, 100)).find((line) => line.entry.command_id === 'k6')?.entry;
  expect(entry?.command).toEqual({ command: 'set_facts', facts: { pain: ERASED } });
  const again = await send(store, 'case', 'c1', { ...pain, id: 'k6' });
  expect(again).toMatchObject({ outcome: 'accepted', events: [{ facts: { pain: { value: ERASED } } }] });
  expect(await send(store, 'case', 'c1', { ...amount, id: 'k6' })).toMatchObject({ outcome: 'invalid' });
});
