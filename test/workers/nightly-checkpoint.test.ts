/** Each night's checkpoint is signed by the worker's own sweep, by the first of them that comes to it, and none that does not fit. */

import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { auditPlace } from '../../store/audit/copies.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import { destinationsFromEnv } from '../../workers/destinations.ts';
import type { Log } from '../../workers/log.ts';
import { type RunningWorker, startWorker } from '../../workers/worker.ts';
import { superuser } from '../store/tampering.ts';
import { makePlace, type Place, QUIET } from './place.ts';
import { temporaryFolder } from './temporary-folder.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

afterEach(() => void vi.useRealTimers());

interface Signed {
  readonly n: number;
  readonly night: string | null;
}

function checkpoints({ store }: Place): Promise<Signed[]> {
  return store.db.selectFrom('checkpoints').select(['n', 'night']).orderBy('n').execute();
}

it('the first minute of a night brings its checkpoint, once among two workers; a journal that was cut is told and not signed', async () => {
  const folder = await temporaryFolder();
  const place = await makePlace();
  onTestFinished(place.close);
  const joining = await place.startWorker();
  await joining.stop();
  const told: string[] = [];
  const log: Log = { ...QUIET, error: (...words) => void told.push(JSON.stringify(words)) };
  const { store, temporalAddress, namespace } = place;
  const audit = auditPlace(folder, {});
  const start = async (): Promise<RunningWorker> => {
    const destinations = destinationsFromEnv({});
    const worker = await startWorker({ store, temporalAddress, namespace, destinations, log, audit });
    onTestFinished(worker.stop);
    return worker;
  };
  const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const night = (days: number): string => new Date(midnight + days * DAY_MS).toISOString().slice(0, 10);
  const itIs = (ms: number) => vi.setSystemTime(midnight + ms);

  vi.useFakeTimers({ toFake: ['Date'], now: midnight - 2 * MINUTE_MS });
  const workers = [await start(), await start()];
  const sweep = () => Promise.all(workers.map((worker) => worker.sweep()));
  expect(await checkpoints(place)).toEqual([{ n: 1, night: night(-1) }]);
  await place.open('c-1');
  itIs(-MINUTE_MS);
  await sweep();
  expect(await checkpoints(place)).toHaveLength(1);
  itIs(MINUTE_MS);
  await sweep();
  await sweep();
  expect(await checkpoints(place)).toEqual([
    { n: 1, night: night(-1) },
    { n: 2, night: night(0) },
  ]);
  const findings: unknown[] = [];
  const verify = () => verifyJournal(store, { checkpoints: audit.folder, report: (one) => findings.push(one) });
  expect(await verify()).toMatchObject({ checkpoints: 2, checkpoint_at: new Date(midnight + MINUTE_MS).toISOString() });
  expect([findings, told]).toEqual([[], []]);

  await store.db.transaction().execute(async (tx) => {
    await (await superuser(tx)).query(`delete from journal where kind = 'case' and entity = 'c-1'`);
  });
  itIs(DAY_MS);
  // Whoever came second stood back the first time.
  await sweep();
  await sweep();
  expect(await checkpoints(place)).toHaveLength(2);
  expect(told.length).toBeGreaterThan(0);
  for (const line of told) expect(line).toContain('no checkpoint was signed');
  // Neither says it every minute.
  const before = told.length;
  itIs(DAY_MS + 2 * MINUTE_MS);
  await sweep();
  expect(told).toHaveLength(before);
}, 60_000);
