/** Whoever changes the journal or a state behind our back is found out. */

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { canonicalText } from '../../engine/canonical-text.ts';
import type { Finding } from '../../store/audit/finding.ts';
import { sha256 } from '../../store/hash.ts';
import type { Store } from '../../store/open-store.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import { open, send, smallStore } from './small-store.ts';

let store: Store;
let cases = 0;

beforeAll(async () => {
  store = await smallStore();
});
afterAll(() => store.close());

/** A case with an opening, two accepted commands, a refusal and another accepted one. */
async function story(): Promise<string> {
  cases += 1;
  const id = `c${cases}`;
  await open(store, id);
  for (const [key, pain] of [
    ['k1', 'one'],
    ['k2', 'two'],
  ] as const) {
    await send(store, 'case', id, { id: key, actor: 'ann', body: { command: 'set_facts', facts: { pain } } });
  }
  await send(store, 'case', id, { id: 'k3', actor: 'ann', body: { command: 'advance' } });
  await send(store, 'case', id, { id: 'k4', actor: 'ann', body: { command: 'set_facts', facts: { pain: 'three' } } });
  return id;
}

async function findings(id?: string): Promise<readonly string[]> {
  const found: Finding[] = [];
  const only = id === undefined ? {} : { only: { kind: 'case', id } as const };
  await verifyJournal(store, { ...only, report: (finding) => found.push(finding) });
  return found.map(({ code, seq }) => (seq === undefined ? code : `${code} ${seq}`));
}

/** As somebody with the rights of a superuser would. */
async function tamper(statement: string): Promise<void> {
  await store.db.connection().execute(async (db) => {
    await sql`set session_replication_role = replica`.execute(db);
    await sql.raw(statement).execute(db);
    await sql`set session_replication_role = origin`.execute(db);
  });
}

afterEach(async () => {
  await tamper(`delete from journal where kind = 'case'`);
  await tamper(`delete from entities where kind = 'case'`);
  await tamper(`delete from personal_texts where kind = 'case'`);
});

describe('an untouched journal', () => {
  it('has nothing to report, faults in it included, and is counted', async () => {
    const [id] = [await story(), await story()];
    const late = { id: 'k5', actor: 'ann', body: { command: 'advance' } };
    const fault = await send({ ...store, allowTimeTravel: false }, 'case', id, late, '2999-01-01T00:00:00.000Z');
    expect(fault.outcome).toBe('fault');
    // Three people, twice five entries, and two faults: of the wake that was due by then, and of the command.
    const expected = 3 + 10 + 2;
    const seen: number[] = [];
    const counts = await verifyJournal(store, {
      report: (finding) => expect.fail(JSON.stringify(finding)),
      progress: ({ entries }) => seen.push(entries),
    });
    expect(counts).toEqual({ entities: 5, entries: expected, findings: 0, checkpoints: 0 });
    expect(seen).toEqual([expected]);
  });

  it('cannot be changed by anybody who only has our tables', async () => {
    const id = await story();
    await expect(sql`update journal set actor = 'eve' where entity = ${id}`.execute(store.db)).rejects.toThrow(
      'append-only',
    );
    await expect(sql`delete from journal where entity = ${id}`.execute(store.db)).rejects.toThrow('append-only');
  });
});

describe('verification finds', () => {
  it('an edited entry', async () => {
    const id = await story();
    await tamper(`update journal set text = replace(text, '"k2"', '"k0"') where entity = '${id}' and seq = 3`);
    expect(await findings(id)).toEqual(['entry-edited 3']);
  });

  it('an edited entry with a hash to match, by the entry after it', async () => {
    const id = await story();
    const row = await store.db
      .selectFrom('journal')
      .select('text')
      .where('entity', '=', id)
      .where('seq', '=', 3)
      .executeTakeFirstOrThrow();
    const text = canonicalText(JSON.parse(row.text.replace('"people_version":', '"people_version":9')));
    await tamper(`update journal set text = '${text}', hash = '${sha256(text)}' where entity = '${id}' and seq = 3`);
    expect(await findings(id)).toEqual(['chain-broken 4']);
  });

  it('an edited column', async () => {
    const id = await story();
    await tamper(`update journal set actor = 'eve' where entity = '${id}' and seq = 2`);
    expect(await findings(id)).toEqual(['column-differs 2']);
  });

  it('a removed entry', async () => {
    const id = await story();
    await tamper(`delete from journal where entity = '${id}' and seq = 3`);
    expect(await findings(id)).toEqual(['entry-missing 4', 'chain-broken 4', 'text-stray 3']);
  });

  it('a removed tail', async () => {
    const id = await story();
    await tamper(`delete from journal where entity = '${id}' and seq >= 4`);
    expect(await findings(id)).toEqual(['head-differs 3', 'text-stray 5']);
  });

  it('entries in another order', async () => {
    const id = await story();
    await tamper(`update journal set seq = seq + 100 where entity = '${id}' and seq in (2, 3)`);
    await tamper(`update journal set seq = case seq when 102 then 3 else 2 end where entity = '${id}' and seq > 100`);
    const found = await findings(id);
    expect(found).toContain('chain-broken 2');
    expect(found).toContain('column-differs 2');
  });

  it('a changed state', async () => {
    const id = await story();
    await tamper(`update entities set state = replace(state::text, 'three', '3')::json where id = '${id}'`);
    expect(await findings(id)).toEqual(['state-differs 5']);
  });

  it('a removed entity, and a removed journal', async () => {
    const [first, second] = [await story(), await story()];
    await tamper(`delete from entities where id = '${first}'`);
    await tamper(`delete from journal where entity = '${second}'`);
    expect((await findings()).filter((one) => !one.startsWith('text-stray'))).toEqual([
      'entity-missing 5',
      'journal-missing',
    ]);
    expect(await findings(first)).toEqual(['entity-missing 5']);
    expect(await findings(second)).toContain('journal-missing');
  });
});
