/** What the doors read: lists of cases, inboxes, people, keys, sets, the installation. */

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxOf } from '../../store/inbox.ts';
import { createKey, findKey, listKeys, revokeKey } from '../../store/keys.ts';
import {
  type CaseCursor,
  type CaseFilter,
  countCases,
  cursorText,
  listCases,
  parseCursor,
} from '../../store/list-cases.ts';
import { migrate } from '../../store/migrate.ts';
import { namespaceKnown, rememberNamespace } from '../../store/namespaces.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { listPeople, peopleAt } from '../../store/people.ts';
import { currentPlaybook, listSets, publish, sourcesOf } from '../../store/publish.ts';
import { caseById, worldOf } from '../../store/read-case.ts';
import { freshDatabase } from '../fresh-database.ts';
import { rulesWith, smallSet } from './small-set.ts';
import { open, START, send, smallStore, stepCase } from './small-store.ts';

let store: Store;

beforeAll(async () => {
  store = await smallStore();
  for (const [id, day] of [
    ['l1', '20'],
    ['l2', '21'],
    ['l3', '22'],
    ['l4', '22'],
  ]) {
    await open(store, `${id}`, `Deal ${id}`, `2026-10-${day}T01:00:00.000Z`);
  }
  await send(store, 'case', 'l1', {
    id: 'k1',
    actor: 'ann',
    body: { command: 'set_facts', facts: { amount: { minor: 20_000_000, currency: 'CNY' } } },
  });
  await send(
    store,
    'case',
    'l2',
    { id: 'k1', actor: 'ann', body: { command: 'submit_evidence', evidence: 'visit' } },
    '2026-10-21T01:00:00.000Z',
  );
  await send(
    store,
    'case',
    'l4',
    { id: 'k1', actor: 'ann', body: { command: 'close', as: 'lost', reason: 'price' } },
    '2026-10-22T02:00:00.000Z',
  );
  await stepCase(store, 'l3', '2026-11-01T01:00:00.000Z');
  await stepCase(store, 'l1', '2026-10-31T01:00:00.000Z');
});
afterAll(() => store.close());

async function ids(filter: CaseFilter): Promise<readonly string[]> {
  return (await listCases(store, filter, 100)).cases.map((row) => row.id);
}

describe('lists of cases', () => {
  it('show the newest first, in pages that lose and double nothing', async () => {
    const seen: string[] = [];
    let next: CaseCursor | undefined;
    do {
      const page = await listCases(store, {}, 3, next);
      seen.push(...page.cases.map((row) => row.id));
      next = page.next === undefined ? undefined : parseCursor(cursorText(page.next));
    } while (next !== undefined);
    expect(seen).toEqual(['l4', 'l3', 'l2', 'l1']);
  });

  it('filter by what the state says', async () => {
    expect(await ids({ owners: ['ann'] })).toHaveLength(4);
    expect(await ids({ owners: ['bob'] })).toEqual([]);
    expect(await ids({ pipeline: 'deal', stage: 'first', status: 'open' })).toEqual(['l3', 'l2', 'l1']);
    expect(await ids({ status: 'lost', finished: true })).toEqual(['l4']);
    expect(await ids({ to_accept: true })).toEqual(['l2']);
    expect(await ids({ to_accept: false, finished: false })).toEqual(['l3', 'l1']);
    expect(await ids({ demanded: true })).toEqual([]);
    expect(await ids({ flag: 'red' })).toEqual([]);
    expect(await ids({ debts_due_before: '2027-01-01' })).toEqual([]);
    expect(await countCases(store, { finished: false })).toBe(3);
  });

  it('show the longest stalled first', async () => {
    const { cases, next } = await listCases(store, { stalled: true }, 1);
    expect(cases).toMatchObject([
      { id: 'l1', stalled_since: '2026-10-30T01:00:00.000Z', stall_cause: 'no_activity', rungs_fired: 1 },
    ]);
    expect((await listCases(store, { stalled: true }, 5, next)).cases.map((row) => row.id)).toEqual(['l3']);
    expect(await ids({ stalled: false })).toEqual(['l4', 'l2']);
  });

  it('carry the amount in minor units', async () => {
    const row = (await listCases(store, {}, 10)).cases.find(({ id }) => id === 'l1');
    expect(row).toMatchObject({ amount_minor: 20_000_000, amount_currency: 'CNY', amount_mark: null });
  });

  it.each(['', 'x', 'W10', cursorText({ at: 'never', id: 'x' }), cursorText({ at: START, id: 'a\0' })])(
    'take no cursor but their own: %j',
    (text) => {
      expect(parseCursor(text)).toBeUndefined();
    },
  );
});

describe('the world of a case', () => {
  it('is that of now, with the rules it is pinned to', async () => {
    const found = await caseById(store, 'l1');
    if (found === undefined) throw new Error('no case');
    const world = await worldOf(store, found.state, START);
    expect(world).toMatchObject({ case: 'l1', now: START, rules: { hash: 'rules-1' }, people: { version: 3 } });
    expect(await caseById(store, 'nowhere')).toBeUndefined();
  });
});

describe('an inbox', () => {
  it('shows the newest first and knows what was read', async () => {
    for (const index of [1, 2, 3]) {
      const message = { kind: 'notice', title: { zh: '', en: '' }, text: { zh: '', en: `${index}` } };
      await send(store, 'person', 'bob', { id: `m${index}`, actor: 'system', body: { command: 'receive', message } });
    }
    await send(
      store,
      'person',
      'bob',
      { id: 'r1', actor: 'bob', body: { command: 'read', items: ['2'] } },
      '2026-10-21T01:00:00.000Z',
    );
    await send(
      store,
      'person',
      'bob',
      { id: 'r2', actor: 'bob', body: { command: 'read', items: ['2'] } },
      '2026-10-22T01:00:00.000Z',
    );
    expect((await inboxOf(store, 'bob', { limit: 2 })).map((item) => item.item)).toEqual([3, 2]);
    expect((await inboxOf(store, 'bob', { limit: 9, unread: true, before: 3 })).map((item) => item.item)).toEqual([1]);
    const [read] = await inboxOf(store, 'bob', { limit: 9, unread: false });
    expect(read).toMatchObject({
      item: 2,
      message: { text: { en: '2' } },
      received_at: START,
      read_at: '2026-10-21T01:00:00.000Z',
    });
    expect(await inboxOf(store, 'bob', { limit: 9, unread: true })).toHaveLength(2);
  });
});

describe('people', () => {
  it('are known now and as they were', async () => {
    const before = await listPeople(store);
    expect(before.by_id['ann']).toEqual({
      person: 'ann',
      name: 'Ann',
      role: 'rep',
      manager: 'bob',
      email: 'ann@example.org',
      lang: 'en',
      active: true,
    });
    await send(store, 'person', 'ann', {
      id: 'j2',
      actor: 'admin',
      body: { command: 'join', name: 'Anna', role: 'manager' },
    });
    const after = await listPeople(store);
    expect(after).toMatchObject({ version: before.version + 1, by_id: { ann: { name: 'Anna', role: 'manager' } } });
    expect(after.by_id['ann']).not.toHaveProperty('manager');
    expect(await peopleAt(store, before.version)).toEqual(before);
    const other = { ...store, known: { ...store.known, people: { version: 0, by_id: {} } } };
    expect(await listPeople(other)).toEqual(after);
  });
});

describe('keys', () => {
  it('are shown once, found by their secret, and end when revoked', async () => {
    const secret = await createKey(store, 'ann', 'laptop');
    expect(secret).toMatch(/^pr_[A-Za-z0-9_-]{43}$/);
    const key = await findKey(store, secret);
    expect(key).toMatchObject({ person: 'ann', label: 'laptop', revoked_at: null });
    expect(await findKey(store, `${secret}x`)).toBeUndefined();
    const { rows } = await sql<{ all: string }>`select json_agg(k)::text as all from api_keys k`.execute(store.db);
    expect(rows[0]?.all).not.toContain(secret.slice(3));
    expect(await revokeKey(store, key?.hash ?? '', START)).toBe(true);
    expect(await revokeKey(store, key?.hash ?? '', START)).toBe(false);
    expect(await findKey(store, secret)).toBeUndefined();
    expect(await listKeys(store, 'ann')).toMatchObject([{ revoked_at: START }]);
  });
});

describe('published sets', () => {
  it('are kept with their sources, the same object while current', async () => {
    const current = await currentPlaybook(store);
    expect(await currentPlaybook(store)).toEqual(current);
    expect((await currentPlaybook(store))?.set).toBe(current?.set);
    expect(await sourcesOf(store, current?.hash ?? '')).toEqual({ 'deal.yaml': 'pipeline: deal' });
    const next = { ...smallSet(), rules: { lead: { ...rulesWith('rules-lead'), hash: 'rules-lead' } } };
    const published = await publish(store, next, {}, 'admin');
    expect(published.pipelines).toEqual({ changed: [], added: ['lead'], removed: ['deal'] });
    expect((await currentPlaybook(store))?.hash).toBe(published.hash);
    expect((await listSets(store)).map((set) => [set.hash, set.current])).toEqual([
      [published.hash, true],
      [current?.hash, false],
    ]);
  });
});

describe('the schema', () => {
  it('is made once, by however many begin at the same time', async () => {
    const databaseUrl = await freshDatabase();
    const applied = await Promise.all([migrate(databaseUrl), migrate(databaseUrl), migrate(databaseUrl)]);
    expect(applied.flat()).toContain('0001-foundation');
    expect(applied.flat()).toEqual([...new Set(applied.flat())]);
    const fresh = openStore({ databaseUrl });
    try {
      expect(await currentPlaybook(fresh)).toBeUndefined();
      expect(await namespaceKnown(fresh, 'ns-1')).toBe(false);
      await rememberNamespace(fresh, 'ns-1');
      await rememberNamespace(fresh, 'ns-1');
      expect(await namespaceKnown(fresh, 'ns-1')).toBe(true);
    } finally {
      await fresh.close();
    }
  });
});
