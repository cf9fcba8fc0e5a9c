/** The worker, Temporal and PostgreSQL are each killed under load. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { verifyJournal } from '../../store/verify-journal.ts';
import type { ServerRecord } from '../../workers/embedded/guardian-plan.ts';
import { startEmbedded } from '../../workers/embedded/start-embedded.ts';
import { eventually } from './eventually.ts';
import { journalOf } from './journal.ts';
import { makePlace, type Place } from './place.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { workerProcess } from './worker-process.ts';

const CASES = 8;
const COMMANDS_A_CASE = 30;

/** Sends the command until it is answered, always under the same id, as a client does. @returns how often it met a fault. */
async function insist(place: Place, entity: string, id: string, count: number): Promise<number> {
  for (let faults = 0; ; faults += 1) {
    const reply = await place.send('case', entity, 'ann', { command: 'set_facts', facts: { count } }, id);
    if (reply.outcome === 'accepted') return faults;
    if (reply.outcome !== 'fault') throw new Error(`${id}: ${JSON.stringify(reply)}`);
  }
}

it('SIGKILL of the worker, of Temporal and of PostgreSQL under load loses and doubles nothing', async () => {
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env } = process.env;
  const dataDir = await temporaryFolder();
  const servers = await startEmbedded({ dataDir, env, say: () => undefined });
  onTestFinished(servers.stop);
  const place = await makePlace({ ...servers, namespace: 'default' });
  onTestFinished(place.close);
  const joining = await place.startWorker();
  await joining.stop();
  let worker = await workerProcess(place);
  const cases = Array.from({ length: CASES }, (_, n) => `c-${n}`);
  for (const id of cases) await place.open(id);

  let answered = 0;
  let faults = 0;
  const load = Promise.all(
    cases.map(async (id) => {
      for (let n = 0; n < COMMANDS_A_CASE; n += 1) {
        faults += await insist(place, id, `${id}-${n}`, n);
        answered += 1;
      }
    }),
  );
  const all = CASES * COMMANDS_A_CASE;
  const reached = (share: number): Promise<boolean> =>
    eventually(`${share} of the load is answered`, () => answered >= all * share, 60_000);
  const killServer = async (sign: string): Promise<void> => {
    const record: ServerRecord = JSON.parse(await readFile(join(dataDir, 'servers.json'), 'utf8'));
    const server = record.servers.find(({ mark }) => mark.endsWith(sign));
    process.kill(server?.pid ?? 0, 'SIGKILL');
  };
  await reached(0.2);
  worker.kill('SIGKILL');
  worker = await workerProcess(place);
  await reached(0.45);
  await killServer('temporal.db');
  await reached(0.7);
  await killServer('postgres');
  await load;

  for (const id of cases) {
    const entries = (await journalOf(place.store, 'case', id)).filter((entry) => entry.outcome === 'accepted');
    const expected = [`open-${id}`, ...Array.from({ length: COMMANDS_A_CASE }, (_, n) => `${id}-${n}`)];
    expect(entries.map((entry) => entry.command_id)).toEqual(expected);
  }
  const findings: unknown[] = [];
  await verifyJournal(place.store, { report: (finding) => findings.push(finding) });
  expect(findings).toEqual([]);
  expect(faults).toBeLessThan(CASES * 12);
}, 120_000);
