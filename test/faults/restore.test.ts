/** PostgreSQL restored to an earlier time, and a Temporal that was lost: `playrail recover` brings both in line. */

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { step } from '../../store/step.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import { startEmbedded } from '../../workers/embedded/start-embedded.ts';
import { signalCommand } from '../../workers/send-to-entity.ts';
import { runCli } from '../cli/run-cli.ts';
import { eventually } from '../workers/eventually.ts';
import { eventsOf } from '../workers/journal.ts';
import { makePlace, type Place } from '../workers/place.ts';
import { skipTime } from '../workers/skip-time.ts';
import { temporaryFolder } from '../workers/temporary-folder.ts';

const DAY_MS = 86_400_000;
const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env } = process.env;

const setCount = (count: number) => ({ command: 'set_facts', facts: { count } });

/** Opens a case eleven days ago, so that its first rung is past; nobody is told of it until its workflow runs. */
async function openBefore({ store }: Place, id: string): Promise<void> {
  const now = new Date(Date.now() - 11 * DAY_MS).toISOString();
  const body = { command: 'open', title: `Deal ${id}`, pipeline: 'deal' };
  await step(store, { kind: 'case', id, now, commands: [{ id: `open-${id}`, actor: 'ann', body }] });
}

/** Undelivered messages of whatever kind: whoever has some counts as waiting. */
async function isAllDelivered({ store }: Place): Promise<boolean> {
  const waiting = await store.db.selectFrom('outbox').select('id').where('delivered_at', 'is', null).execute();
  return waiting.length === 0;
}

async function inboxOf({ store }: Place, person: string): Promise<(string | null)[]> {
  const rows = await store.db.selectFrom('inbox_items').select('case_id').where('person', '=', person).execute();
  return rows.map((row) => row.case_id).sort();
}

/** On the server's own database, while nobody is connected to ours. */
async function onServer(databaseUrl: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl.replace(/[^/]*$/, 'postgres') });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

it('after a restore to an hour ago and `recover --after-restore` the lost hour has not been, and everything goes on from before it', async () => {
  const dataDir = await temporaryFolder();
  const servers = await startEmbedded({ dataDir, env, say: () => undefined });
  onTestFinished(servers.stop);
  const before = await makePlace({ ...servers, namespace: 'default' });
  await before.startWorker();
  await before.open('goes-on');
  await openBefore(before, 'told');
  await before.send('case', 'told', 'ann', setCount(1));
  await eventually('ann has been told', async () => (await inboxOf(before, 'ann')).length === 1);
  await eventually('and her mail is away', () => isAllDelivered(before));
  await before.close();
  // Undelivered when the copy is made: nothing ran that could have told ann.
  const still = await makePlace({ ...servers, namespace: 'default' });
  await openBefore(still, 'untold');
  await still.close();
  await onServer(servers.databaseUrl, 'create database kept template playrail');

  // The hour that will be lost.
  const lost = await makePlace({ ...servers, namespace: 'default' });
  const worker = await lost.startWorker();
  await lost.open('ghost');
  await lost.send('case', 'goes-on', 'ann', setCount(7), 'in-the-lost-hour');
  await lost.send('case', 'untold', 'ann', setCount(2));
  await eventually('ann is told of that case too', async () => (await inboxOf(lost, 'ann')).includes('untold'));
  await worker.stop();
  // A message of that hour that Temporal holds and no worker has taken yet.
  const message = { kind: 'notice', title: { zh: '鬼', en: 'ghost' }, text: { zh: '鬼', en: 'ghost' }, case: 'ghost' };
  await signalCommand(
    { client: lost.client, taskQueue: 'playrail' },
    { kind: 'person', id: 'ann' },
    { id: 'ghost:0', actor: 'system', body: { command: 'receive', message } },
  );
  await lost.close();

  await onServer(servers.databaseUrl, 'drop database playrail', 'alter database kept rename to playrail');
  await servers.stop();
  const recovered = await runCli(['recover', '--after-restore', '--data', dataDir, '--json'], { cwd: dataDir });
  expect(recovered.code, recovered.err).toBe(0);
  expect(JSON.parse(recovered.out)).toMatchObject({ redelivered: 0, started: 3 });
  expect(JSON.parse(recovered.out).ended).toBeGreaterThanOrEqual(4);
  expect(recovered.err).toContain('old runs ended');

  const again = await startEmbedded({ dataDir, env, say: () => undefined });
  onTestFinished(again.stop);
  const after = await makePlace({ ...again, namespace: 'default' });
  onTestFinished(after.close);
  await after.startWorker();
  // No ghost: neither the case, nor its message, nor the command; the same key is free for another.
  expect(await after.send('case', 'ghost', 'ann', setCount(1))).toMatchObject({ outcome: 'invalid' });
  expect(await after.send('case', 'goes-on', 'ann', setCount(8), 'in-the-lost-hour')).toMatchObject({
    outcome: 'accepted',
    entry: 2,
  });
  // Told before: not told again. Untold before: told, once.
  await eventually('ann is told of the other case', async () => (await inboxOf(after, 'ann')).length > 1);
  // Clocks fire again.
  await skipTime(after.client, ['case/goes-on'], 11 * DAY_MS);
  const names = (await eventsOf(after.store, 'case', 'goes-on')).map((event) => event.event);
  expect(names).toEqual(['case_opened', 'facts_set', 'stall_started', 'rung_fired']);
  await eventually('ann is told of that', async () => (await inboxOf(after, 'ann')).length >= 3);
  expect(await inboxOf(after, 'ann')).toEqual(['goes-on', 'told', 'untold']);
  // Whoever still had a mail to send would be started below.
  await eventually('and her mail is away', () => isAllDelivered(after));
  const findings: unknown[] = [];
  await verifyJournal(after.store, { report: (finding) => findings.push(finding) });
  expect(findings).toEqual([]);
  await after.close();
  await again.stop();

  // And a Temporal lost altogether is filled by `recover` alone; a second time it does no harm.
  for (const name of await readdir(dataDir)) if (name.startsWith('temporal.db')) await rm(join(dataDir, name));
  for (const _time of [1, 2]) {
    const filled = await runCli(['recover', '--data', dataDir], { cwd: dataDir });
    expect(filled.code, filled.err).toBe(0);
    expect(filled.out).toMatch(/^started 3 workflows, sent \d+ messages again\n$/);
  }
}, 240_000);
