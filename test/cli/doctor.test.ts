/** `playrail doctor`: each fault is made on real servers, and doctor names it and says what to do. */

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createEntityClient } from '../../api/entity-client.ts';
import { checkDisk } from '../../cli/doctor/machine.ts';
import { startApi, type TestApi } from '../api/start-api.ts';
import { freshNamespace } from '../fresh-namespace.ts';
import { eventually } from '../workers/eventually.ts';
import { runCli } from './run-cli.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 60_000);

afterAll(() => api.stop());

interface Check {
  readonly what: string;
  readonly state: 'well' | 'look' | 'ill';
  readonly found: { readonly zh: string; readonly en: string };
  readonly hint?: { readonly zh: string; readonly en: string };
}

interface Examined {
  readonly code: number | null;
  readonly ok: boolean;
  of(what: string): readonly Check[];
}

async function doctor(settings: Readonly<Record<string, string>> = {}): Promise<Examined> {
  const { namespace } = api.client.options;
  const env = {
    DATABASE_URL: api.databaseUrl,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: namespace,
    ...settings,
  };
  const { code, out } = await runCli(['doctor', '--data', 'none', '--json'], { env });
  const { ok, checks }: { ok: boolean; checks: readonly Check[] } = JSON.parse(out);
  for (const { state, hint } of checks) expect(hint !== undefined, JSON.stringify(checks)).toBe(state !== 'well');
  return { code, ok, of: (what) => checks.filter((check) => check.what === what) };
}

/** Past the guard that lets nobody take anything from the journal. */
async function forget(id: string): Promise<void> {
  await api.store.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`delete from outbox where entity = ${id}`.execute(tx);
    await sql`delete from journal where entity = ${id}`.execute(tx);
    await sql`delete from entities where id = ${id}`.execute(tx);
  });
}

function expectIll(checks: readonly Check[], found: RegExp, hint: RegExp): void {
  const told = checks.find((check) => check.state !== 'well' && found.test(check.found.en));
  expect(told, JSON.stringify(checks)).toBeDefined();
  expect(told?.hint?.en).toMatch(hint);
  expect(told?.found.zh).toMatch(/\p{Script=Han}/u);
}

test('an installation that is well is found so, with exit code 0', async () => {
  const { code, ok, of } = await doctor();
  const inside = [
    'postgres',
    'schema',
    'temporal',
    'namespace',
    'worker',
    'clock',
    'restore',
    'overdue',
    'outbox',
    'faults',
  ];
  expect(inside.map((what) => of(what).map(({ state }) => state))).toEqual(inside.map(() => ['well']));
  expect([code, ok]).toEqual([0, true]);
}, 60_000);

test('overdue clocks, a dead webhook, faults by cause, people without a manager, a database put back: each is told', async () => {
  const { db } = api.store;
  const [late, met, lost] = [await api.open(), await api.open(), await api.open()];
  await sql`update entities set wake_at = now() - interval '10 minutes' where id = ${late}`.execute(db);
  await sql`insert into outbox (kind, entity, seq, idx, key, queue, target, payload, recorded_at, next_at, attempts, last_error)
    values ('case', ${met}, 1, 900, ${randomUUID()}, 'outside', 'webhook/crm', '{}', now() - interval '1 hour',
      now() + interval '1 hour', 7, 'connect ETIMEDOUT')`.execute(db);
  const entities = createEntityClient({ client: api.client });
  const sent_at = new Date(Date.now() + 3_600_000).toISOString();
  const ahead = { id: 'ahead', actor: 'liu', body: { command: 'log_activity', activity: 'call' }, sent_at };
  expect(await entities.send('case', met, ahead)).toMatchObject({ outcome: 'fault', cause: 'clock-ahead' });
  const alone = await api.ask('/v1/people', { as: 'admin', body: { person: 'solo', name: 'Solo', role: 'rep' } });
  expect(alone.status).toBe(201);
  // As a restore to an hour ago would leave it: Temporal has the run, the record has not heard of the case.
  await forget(lost);
  const examined = await eventually(
    'Temporal shows the run',
    async () => {
      const now = await doctor();
      return now.of('restore')[0]?.state === 'ill' && now;
    },
    60_000,
  );

  expect(examined.code).toBe(1);
  expectIll(examined.of('overdue'), /clocks of 1 cases or people are overdue/, /worker/);
  expectIll(
    examined.of('outbox'),
    /1 messages to `webhook\/crm` wait, 1 .* tried in vain; the oldest for 60 minutes/,
    /PLAYRAIL_WEBHOOKS/,
  );
  expectIll(examined.of('faults'), /1 commands met the fault `clock-ahead`/, /NTP/);
  expectIll(examined.of('people'), /`solo`/, /escalations reach nobody/);
  expectIll(examined.of('restore'), /runs that the database does not know/, /recover --after-restore/);
}, 120_000);

test('a schema of a newer Playrail, a missing namespace, no worker, a replica, a clock that is off: each is told', async () => {
  const { db } = api.store;
  await sql`update installation set minimum_level = 99`.execute(db);
  expectIll((await doctor()).of('schema'), /newer Playrail/, /upgrade/);
  await sql`update installation set minimum_level = 1`.execute(db);

  expectIll(
    (await doctor({ TEMPORAL_NAMESPACE: 'nowhere' })).of('namespace'),
    /no namespace `nowhere`/,
    /TEMPORAL_NAMESPACE/,
  );
  const idle = await freshNamespace();
  expectIll((await doctor({ TEMPORAL_NAMESPACE: idle })).of('worker'), /no worker answered/, /start a worker/);

  const readOnly = new URL(api.databaseUrl);
  readOnly.searchParams.set('options', '-c default_transaction_read_only=on');
  expectIll((await doctor({ DATABASE_URL: readOnly.href })).of('postgres'), /only lets itself be read/, /primary/);

  // A PostgreSQL whose clock is an hour behind everybody else's.
  await sql`create function public.clock_timestamp() returns timestamptz language sql
    as 'select pg_catalog.clock_timestamp() - interval ''1 hour'''`.execute(db);
  const behind = new URL(api.databaseUrl);
  behind.searchParams.set('options', '-c search_path=public,pg_catalog');
  expectIll((await doctor({ DATABASE_URL: behind.href })).of('clock'), /: 60 minutes$/, /NTP/);
  await sql`drop function public.clock_timestamp()`.execute(db);
  expect((await doctor()).of('clock')).toMatchObject([{ state: 'well' }]);
}, 120_000);

test('servers that are away are told, and keep nothing else from being looked at', async () => {
  const { code, of } = await doctor({ DATABASE_URL: 'postgres://127.0.0.1:9/x', TEMPORAL_ADDRESS: '127.0.0.1:9' });
  expect(code).toBe(1);
  expectIll(of('postgres'), /cannot be reached/, /start PostgreSQL/);
  expectIll(of('temporal'), /no answer/, /start that server/);
  expect(of('playbooks')[0]?.state).toBe('well');
}, 60_000);

test('a disk that is full is ill, one that is nearly full is worth a look', async () => {
  const withFree = (gb: number) => checkDisk('.', async () => ({ bavail: gb * 1e6, bsize: 1e3 }));
  expect(await withFree(50)).toMatchObject({ what: 'disk', state: 'well' });
  expect(await withFree(0.5)).toMatchObject({ state: 'look', found: { en: 'only 0.5 GB free' } });
  expect(await withFree(0.01)).toMatchObject({ state: 'ill', found: { en: 'the disk is full' } });
});
