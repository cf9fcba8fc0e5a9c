/** Whoever reads the feed, in however many sittings, sees every entry once and in one order, whatever commits meanwhile. */

import { setTimeout as delay } from 'node:timers/promises';
import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type FeedEntry,
  type FeedFilter,
  type FeedPosition,
  feedEnd,
  feedStart,
  positionAt,
  readFeed,
  restartFeed,
} from '../../store/feed.ts';
import type { Store } from '../../store/open-store.ts';
import { step } from '../../store/step.ts';
import { eventually } from '../workers/eventually.ts';
import { START, smallStore } from './small-store.ts';

let store: Store;

beforeAll(async () => {
  store = await smallStore({ max: 12 });
});
afterAll(() => store.close());

/** Something to wait for until it is opened. */
function gate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const keyOf = ({ entry }: FeedEntry) => `${entry.entity.kind}/${entry.entity.id}#${entry.seq}`;

/** Everything there is after a position, in pages of this size. */
async function readAll(
  after: FeedPosition,
  size: number,
  filter: FeedFilter = {},
): Promise<[FeedEntry[], FeedPosition]> {
  const read: FeedEntry[] = [];
  const end = await feedEnd(store);
  for (let from = after; ; ) {
    const { entries, next } = await readFeed(store, from, end, filter, size);
    read.push(...entries);
    from = next;
    if (next.kind === '') return [read, next];
  }
}

/** Any transaction of the whole cluster, of other databases too, holds the end back. */
async function isAllSettled(): Promise<boolean> {
  const { rows } = await sql<{ newest: number }>`select max(tx)::bigint as newest from journal`.execute(store.db);
  return (rows[0]?.newest ?? 0) < (await feedEnd(store)).tx;
}

async function beginning(): Promise<FeedPosition> {
  return feedStart(await feedEnd(store));
}

/** A case with some commands, each in a transaction of its own. */
async function work(id: string, commands: number): Promise<void> {
  const open = { id: 'open', actor: 'ann', body: { command: 'open', title: id, pipeline: 'deal' } };
  await step(store, { kind: 'case', id, now: START, commands: [open] });
  for (let index = 1; index < commands; index += 1) {
    const body = { command: 'set_facts', facts: { pain: `${id} ${index}` } };
    await step(store, { kind: 'case', id, now: START, commands: [{ id: `k${index}`, actor: 'ann', body }] });
  }
}

/** Copies an entry as another entity's, in a transaction that stays open for a while. */
async function slowly(id: string, open: Promise<unknown>): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
    await tx.executeQuery(
      CompiledQuery.raw(
        `insert into journal (kind, entity, seq, command_id, actor, recorded_at, text, hash, prev_hash)
          select kind, $1, 1, command_id, actor, recorded_at, text, hash, prev_hash from journal
          where kind = 'person' and entity = 'ann' and seq = 1`,
        [id],
      ),
    );
    await open;
  });
}

it('readers pass over nothing while transactions commit out of order', async () => {
  const held = Array.from({ length: 4 }, () => gate());
  let writing = true;
  const seen = new Map<string, string[]>();
  const reader = async (name: string, size: number): Promise<void> => {
    let from = await beginning();
    const mine: string[] = [];
    seen.set(name, mine);
    for (let last = false; ; ) {
      const [entries, next] = await readAll(from, size);
      mine.push(...entries.map(({ position }) => `${position.kind}/${position.entity}#${position.seq}`));
      from = next;
      if (last) return;
      last = !writing && (await isAllSettled());
      await delay(1);
    }
  };
  const readers = [reader('fast', 100), reader('small pages', 3)];
  const slow = held.map(({ promise }, index) => slowly(`slow-${index}`, promise));
  const quick = Array.from({ length: 6 }, (_, index) => work(`w${index}`, 15));
  // The first to begin is the last to commit.
  for (const [index, writer] of quick.entries()) {
    await writer;
    held[held.length - 1 - index]?.resolve();
  }
  await Promise.all(slow);
  writing = false;
  await Promise.all(readers);

  const all = await store.db.selectFrom('journal').select(['kind', 'entity', 'seq']).execute();
  const expected = all.map(({ kind, entity, seq }) => `${kind}/${entity}#${seq}`).sort();
  for (const mine of seen.values()) {
    expect(mine.length).toBe(new Set(mine).size);
    expect([...mine].sort()).toEqual(expected);
  }
  // All in one order, an entity's own in that of its journal.
  expect(seen.get('small pages')).toEqual(seen.get('fast'));
  const ofOne = seen.get('fast')?.filter((key) => key.startsWith('case/w3#'));
  expect(ofOne).toEqual(Array.from({ length: 15 }, (_, index) => `case/w3#${index + 1}`));
});

it('what a transaction under way may still add is not read past', async () => {
  const { promise, resolve } = gate();
  const [, from] = await readAll(await beginning(), 500);
  const slow = slowly('late', promise);
  for (let begun = false; !begun; ) {
    const { rows } = await sql<{ open: number }>`
      select count(*)::integer as open from pg_stat_activity where backend_xid is not null and datname = current_database()`.execute(
      store.db,
    );
    begun = (rows[0]?.open ?? 0) > 0;
  }
  await work('early', 3);
  const [before, same] = await readAll(from, 500);
  expect(before.map(keyOf)).not.toContain('case/early#1');
  resolve();
  await slow;
  // Whatever else runs in this PostgreSQL holds the feed back until it has ended.
  const after = await eventually('all of it can be read', async () => {
    const [read] = await readAll(same, 500);
    return read.length >= 4 && read;
  });
  expect(after.map(({ position }) => `${position.entity}#${position.seq}`)).toEqual([
    'late#1',
    'early#1',
    'early#2',
    'early#3',
  ]);
});

it('filters keep to case, actor, events, owners and oneself', async () => {
  await work('f1', 2);
  const start = await beginning();
  const keys = async (filter: FeedFilter) => (await readAll(start, 2, filter))[0].map(keyOf);
  // Whatever else runs in this PostgreSQL holds the feed back until it has ended.
  await eventually('what was written can be read', async () => (await keys({ entity: 'f1' })).length === 2, 10_000);
  expect(await keys({ kind: 'case', entity: 'f1' })).toEqual(['case/f1#1', 'case/f1#2']);
  expect(await keys({ entity: 'f1', events: ['facts_set'] })).toEqual(['case/f1#2']);
  expect(await keys({ actor: 'admin', kind: 'person', entity: 'bob' })).toEqual(['person/bob#1']);
  expect(await keys({ entity: 'f1', owners: ['bob'] })).toEqual([]);
  expect(await keys({ kind: 'person', self: 'bob' })).toEqual(['person/bob#1']);
  const [texts] = await readAll(start, 500, { entity: 'f1', events: ['facts_set'] });
  expect(texts[0]?.entry.command).toMatchObject({ facts: { pain: 'f1 1' } });
});

it('a feed that began anew is another one', async () => {
  const before = await feedEnd(store);
  await restartFeed(store);
  expect((await feedEnd(store)).feed).not.toBe(before.feed);
  expect(positionAt(before).feed).toBe(before.feed);
});
