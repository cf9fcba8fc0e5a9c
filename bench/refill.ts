/** Ten thousand cases: how long an empty Temporal takes to be filled with their workflows, and then their deadlines to be worked off. */

import { sql } from 'kysely';
import type { CaseCommand } from '../engine/case/command.ts';
import { insertNewCases } from '../store/insert-new-cases.ts';
import type { Store } from '../store/open-store.ts';
import { startWorker } from '../workers/worker.ts';
import type { Bench, BenchContext, Measured } from './bench.ts';
import { ADMIN, begin, openFilledStore, QUIET, REPS, type Servers, startPlace, startServers, until } from './place.ts';
import { quantile } from './statistics.ts';

const BATCH = 200;
const DAY_MS = 86_400_000;
/** The ladder's `no_activity`. */
const QUIET_DAYS = 10;
/** All deadlines fall due so long after the cases are made: the refill should be over. */
const AHEAD_MS = 300_000;

export const refill: Bench = {
  name: 'refill',
  about: 'a new Temporal filled with 10,000 workflows, then their 10,000 deadlines',
  minutes: 25,
  run: async (context) => {
    const place = await startPlace(context.dir);
    for (const rep of REPS) await begin(place, 'person', rep, { command: 'join', name: rep, role: 'rep' }, 'system');
    const count = context.quick ? 200 : 10_000;
    const due = Date.now() + (context.quick ? 30_000 : AHEAD_MS);
    await makeCases(place.store, count, due);
    context.say(`${count} cases are there`);
    await place.stop();
    // PostgreSQL is kept, Temporal is lost.
    const servers = await startServers(context.dir);
    const empty = await startServers(context.dir, 'empty-temporal');
    try {
      return await fill(context, servers, empty.temporalAddress, count, due);
    } finally {
      await empty.stop();
      await servers.stop();
    }
  },
};

async function fill(
  { say }: BenchContext,
  { databaseUrl }: Servers,
  temporalAddress: string,
  count: number,
  due: number,
): Promise<readonly Measured[]> {
  const store = await openFilledStore(databaseUrl);
  const started = performance.now();
  let told = 0;
  const refilling = (done: number) => {
    if (done - told >= 2000) say(`${done} workflows`);
    if (done - told >= 2000) told = done;
  };
  const worker = await startWorker({ store, temporalAddress, destinations: { webhooks: {} }, log: QUIET, refilling });
  try {
    const seconds = (performance.now() - started) / 1000;
    say(`refilled in ${Math.round(seconds)} s; the deadlines come in ${Math.round((due - Date.now()) / 1000)} s`);
    await until(async () => (await rung(store)).length === count, Math.max(0, due - Date.now()) + 15 * 60_000, 1000);
    const times = await rung(store);
    const last = (Math.max(...times) - due) / 1000;
    const lags = times.map((at) => (at - due) / 1000);
    const beside = `half within ${quantile(lags, 0.5).toFixed(1)} s`;
    return [
      { figure: 'refill.seconds', value: seconds, beside: `${Math.round(count / seconds)} a second` },
      { figure: 'timers.seconds', value: last, beside },
      { figure: 'timers.rate', value: count / last },
    ];
  } finally {
    await worker.stop();
    await store.close();
  }
}

/** When each deadline was journalled, by PostgreSQL's clock. */
async function rung(store: Store): Promise<readonly number[]> {
  const { rows } = await sql<{ at: string }>`
    select recorded_at as at from journal where kind = 'case' and command_id like 'wake:%'`.execute(store.db);
  return rows.map(({ at }) => Date.parse(at));
}

/** Cases that were last heard of so long ago that their ladder begins at `due`. */
async function makeCases(store: Store, count: number, due: number): Promise<void> {
  const opened_at = new Date(due - QUIET_DAYS * DAY_MS).toISOString();
  for (let from = 0; from < count; from += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => {
      const id = `case-${from + index}`;
      const owner = REPS[index % REPS.length] ?? ADMIN;
      const imported = { source: 'bench', opened_at };
      const body: CaseCommand = { command: 'open', title: 'Benchmark', pipeline: 'deal', owner, imported };
      return { id, envelope: { id: `open-${id}`, actor: ADMIN, body } };
    });
    const made = await insertNewCases(store, new Date().toISOString(), items);
    const bad = made.find(({ created }) => !created);
    if (bad !== undefined) throw new Error(`a case could not be made: ${JSON.stringify(bad.reply)}`);
  }
}
