/** Faults: a command, a clock or a time that cannot be handled harms nobody else and nothing later. */

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalOf } from '../../store/journal-of.ts';
import type { Store } from '../../store/open-store.ts';
import type { SentCommand } from '../../workers/contract.ts';
import { open, START, send, smallStore, stepCase } from './small-store.ts';

let store: Store;

beforeAll(async () => {
  store = await smallStore();
});
afterAll(() => store.close());

function facts(id: string, pain: string): SentCommand {
  return { id, actor: 'ann', body: { command: 'set_facts', facts: { pain } } };
}

async function entries(id: string) {
  return (await journalOf(store, 'case', id, 0, 100)).map((line) => line.entry);
}

describe('a poisoned command', () => {
  it('whose rows PostgreSQL refuses is a fault among others that go on, and does not use up its id', async () => {
    await open(store, 'x1');
    await sql`create function poison() returns trigger language plpgsql as $$ begin
      if new.state->'facts'->'pain'->>'value' = 'poison' then raise exception 'poisoned' using errcode = '22000'; end if;
      return new; end $$`.execute(store.db);
    await sql`create trigger poison before insert or update on entities for each row execute function poison()`.execute(
      store.db,
    );
    const { replies } = await stepCase(
      store,
      'x1',
      START,
      facts('k1', 'one'),
      facts('k2', 'poison'),
      facts('k3', 'three'),
    );
    expect(replies).toMatchObject([
      { outcome: 'accepted', entry: 2 },
      { outcome: 'fault', cause: 'rejected-by-database', detail: expect.stringContaining('22000') },
      { outcome: 'accepted', entry: 4 },
    ]);
    expect((await entries('x1'))[2]).toMatchObject({ outcome: 'fault', command_id: 'k2' });
    expect((await entries('x1'))[2]).not.toHaveProperty('events');
    await sql`drop trigger poison on entities`.execute(store.db);
    expect(await send(store, 'case', 'x1', facts('k2', 'poison'))).toMatchObject({ outcome: 'accepted', entry: 5 });
  });

  it('whose entity the engine cannot judge leaves it usable when it is put right', async () => {
    await open(store, 'x2');
    await open(store, 'x3');
    const broken = sql`update entities set state = (state::jsonb - 'clock' - 'facts')::json where id = 'x2'`;
    const good = await store.db.selectFrom('entities').select('state').where('id', '=', 'x2').executeTakeFirstOrThrow();
    await broken.execute(store.db);
    const step1 = await stepCase(store, 'x2', START, facts('k1', 'one'));
    expect(step1.replies).toMatchObject([{ outcome: 'fault', cause: 'decider-failed' }]);
    expect(step1.wake_at && step1.wake_at > START).toBe(true);
    expect(await send(store, 'case', 'x3', facts('k1', 'one'))).toMatchObject({ outcome: 'accepted' });
    await sql`update entities set state = ${JSON.stringify(good.state)} where id = 'x2'`.execute(store.db);
    expect(await send(store, 'case', 'x2', facts('k1', 'one'))).toMatchObject({ outcome: 'accepted' });
  });

  it('of the clock is put off ever longer, while commands are still taken', async () => {
    await open(store, 'x4');
    await sql`update entities set state = (state::jsonb - 'clock')::json where id = 'x4'`.execute(store.db);
    const first = await stepCase(store, 'x4', '2026-10-20T02:00:00.000Z');
    expect(first.wake_at).toBe('2026-10-20T02:01:00.000Z');
    const second = await stepCase(store, 'x4', '2026-10-20T02:01:00.000Z');
    expect(second.wake_at).toBe('2026-10-20T02:03:00.000Z');
    const early = await stepCase(store, 'x4', '2026-10-20T02:02:00.000Z');
    expect(early.wake_at).toBe('2026-10-20T02:03:00.000Z');
    expect((await entries('x4')).filter((entry) => entry.outcome === 'fault')).toHaveLength(2);
  });
});

describe('time', () => {
  it('never goes back behind the last entry, nor behind the sender', async () => {
    await open(store, 't1', 'T1', '2026-10-20T03:00:00.000Z');
    await send(store, 'case', 't1', facts('k1', 'one'), '2026-10-20T02:00:00.000Z');
    await send(
      store,
      'case',
      't1',
      { ...facts('k2', 'two'), sent_at: '2026-10-20T04:00:00Z' },
      '2026-10-20T02:00:00.000Z',
    );
    expect((await entries('t1')).map((entry) => entry.at)).toEqual([
      '2026-10-20T03:00:00.000Z',
      '2026-10-20T03:00:00.000Z',
      '2026-10-20T04:00:00.000Z',
    ]);
  });

  it('more than two minutes ahead of the database is a fault, outside rehearsals', async () => {
    const strict = { ...store, allowTimeTravel: false };
    const ahead = new Date(Date.now() + 10 * 60_000).toISOString();
    const close = new Date(Date.now() + 60_000).toISOString();
    expect(await open(strict, 't2', 'T2', ahead)).toMatchObject({
      outcome: 'fault',
      cause: 'clock-ahead',
    });
    expect(await open(strict, 't2', 'T2', close)).toMatchObject({ outcome: 'accepted' });
  });

  it('ahead of the database fires nothing that is due by it alone; what is due anyway is put off by a minute of the database', async () => {
    const strict = { ...store, allowTimeTravel: false };
    const now = Date.now();
    const at = (ms: number): string => new Date(now + ms).toISOString();
    const hour = 3_600_000;
    await open(store, 't3', 'T3', at(-400 * 24 * hour));
    await open(store, 't4', 'T4', at(-1000));
    const due = await stepCase(strict, 't3', at(hour));
    expect((await entries('t3')).map((entry) => entry.cause)).toEqual([undefined, 'clock-ahead']);
    // By the clock of who asks, which is an hour ahead, the minute passes an hour later too.
    expect(Date.parse(due.wake_at ?? '') - now - hour).toBeGreaterThan(50_000);
    expect(Date.parse(due.wake_at ?? '') - now - hour).toBeLessThan(70_000);
    const { wake_at } = await store.db
      .selectFrom('entities')
      .select('wake_at')
      .where('id', '=', 't3')
      .executeTakeFirstOrThrow();
    expect(Date.parse(wake_at ?? '') - now).toBeLessThan(70_000);
    await stepCase(strict, 't4', at(300 * 24 * hour));
    expect(await entries('t4')).toHaveLength(1);
  });
});
