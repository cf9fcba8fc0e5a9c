/** A command or an entity that cannot be handled harms nobody else, and nothing later. */

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, startApi, type TestApi } from '../api/start-api.ts';
import { eventually } from '../workers/eventually.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 120_000);
afterAll(() => api.stop());

const call = { command: 'log_activity', activity: 'call' };
const pain = (text: string) => ({ command: 'set_facts', facts: { pain: text } });

interface Line {
  readonly outcome: string;
  readonly command_id: string;
  readonly actor: string;
  readonly cause?: string;
}

async function journalOf(id: string): Promise<readonly Line[]> {
  const { body } = await api.ask(`/v1/cases/${id}/journal?limit=500`);
  return body.items;
}

const raw = (id: string, text: string): Promise<Answer> => api.ask(`/v1/cases/${id}/commands`, { raw: text });

it.each([
  ['a NUL', JSON.stringify(pain('a\0b'))],
  ['a lone surrogate', '{"command":"set_facts","facts":{"pain":"a\\ud800b"}}'],
  ['a name with a NUL', '{"command":"set_facts","facts":{"pain\\u0000":"x"}}'],
  ['an amount beyond all numbers', '{"command":"set_facts","facts":{"amount":{"minor":1e400,"currency":"CNY"}}}'],
  ['an amount out of range', '{"command":"set_facts","facts":{"amount":"99999999999999999999999999 CNY"}}'],
  ['no number where one belongs', '{"command":"set_facts","facts":{"amount":"NaN CNY"}}'],
  ['a text longer than any may be', JSON.stringify(pain('长'.repeat(60_000)))],
  ['facts as deep as a well', `{"command":"set_facts","facts":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`],
  ['a name that objects have', '{"command":"set_facts","facts":{"__proto__":{"x":1},"constructor":"x"}}'],
])('%s in a command is invalid, and the commands around it count', async (_what, poisoned) => {
  const id = await api.open();
  const keys = [randomUUID(), randomUUID()];
  const [before, bad, after] = await Promise.all([
    api.command(id, call, 'liu', keys[0]),
    raw(id, poisoned),
    api.command(id, pain('month-end'), 'liu', keys[1]),
  ]);
  expect([before.status, after.status]).toEqual([200, 200]);
  expect([400, 422], JSON.stringify(bad.body)).toContain(bad.status);
  expect(bad.body).toMatchObject({ kind: 'invalid' });
  const counted = (await journalOf(id)).slice(1).map((line) => [line.outcome, line.command_id]);
  expect(counted.sort()).toEqual(keys.map((key) => ['accepted', key]).sort());
});

it('a command that met a fault can be sent again with its key; with another body or by somebody else the key is invalid', async () => {
  const id = await api.open();
  await sql`create function poison() returns trigger language plpgsql as $$ begin
    if new.state->'facts'->'pain'->>'value' = 'poison' then raise exception 'poisoned' using errcode = '22000'; end if;
    return new; end $$`.execute(api.store.db);
  await sql`create trigger poison before insert or update on entities for each row execute function poison()`.execute(
    api.store.db,
  );
  const key = randomUUID();
  const met = await eventually('it meets the fault', async () => {
    const answer = await api.command(id, pain('poison'), 'liu', key);
    return answer.body.cause === 'rejected-by-database' && answer;
  });
  expect(met.status).toBe(503);
  expect(met.body).toMatchObject({ kind: 'fault', retry_with: key });
  expect((await api.command(id, pain('healthy'))).status).toBe(200);
  await eventually('the poison is gone', () =>
    sql`drop trigger poison on entities`.execute(api.store.db).then(
      () => true,
      () => false,
    ),
  );

  const again = await api.command(id, pain('poison'), 'liu', key);
  expect(again.status).toBe(200);
  expect((await api.command(id, pain('poison'), 'liu', key)).body).toEqual(again.body);
  for (const other of [
    await api.command(id, pain('other'), 'liu', key),
    await api.command(id, pain('poison'), 'zhang', key),
  ]) {
    expect(other.status).toBe(422);
    expect(other.body.problems).toMatchObject([{ code: 'command-id-reused' }]);
  }
  const lines = (await journalOf(id)).filter((line) => line.command_id === key);
  const told = lines.map(({ outcome, cause }) => `${outcome} ${cause ?? ''}`.trim());
  expect(told.filter((one) => one === 'accepted')).toHaveLength(1);
  expect(new Set(told)).toEqual(new Set(['fault rejected-by-database', 'accepted']));
});

it('45 cases that are held fast leave a healthy one alone: its commands are taken at once, and the others are all told to try again', async () => {
  const healthy = await api.open();
  const held: string[] = [];
  while (held.length < 45) held.push(...(await Promise.all(Array.from({ length: 5 }, () => api.open()))));
  const keys = new Map(held.map((id) => [id, randomUUID()]));
  const holder = new pg.Client({ connectionString: api.databaseUrl });
  await holder.connect();
  await holder.query('begin');
  await holder.query(`select 1 from entities where kind = 'case' and id = any($1::text[]) for update`, [held]);
  let answered = 0;
  const poisoned = held.map(async (id) => {
    const answer = await api.command(id, call, 'liu', keys.get(id));
    answered += 1;
    return answer;
  });
  // At the first attempt, while they wait: one that waited for a slot or a connection of theirs would come after them.
  expect((await api.command(healthy, call)).status).toBe(200);
  expect(answered).toBeLessThan(held.length);
  for (let n = 0; n < 2; n += 1) expect((await api.command(healthy, call)).status).toBe(200);
  for (const answer of await Promise.all(poisoned)) {
    expect(answer.status).toBe(503);
    // On a machine that is busy with other things too, the step's own patience or the caller's may end first.
    expect(['database-busy', 'step-too-slow', 'no-worker']).toContain(answer.body.cause);
  }
  await holder.end();
  for (const id of held)
    await eventually('it is taken', async () => (await api.command(id, call, 'liu', keys.get(id))).status === 200);
}, 120_000);
