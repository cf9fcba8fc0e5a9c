/** How long the measures of 1,000 reps take over 100,000 deals, beside merely reading how those deals ended. */

import { sql } from 'kysely';
import { measuredPeriod } from '../engine/measure/period.ts';
import type { MeasuredPipelines } from '../engine/measure/pipelines.ts';
import { measure } from '../store/measures.ts';
import type { Store, Tx } from '../store/open-store.ts';
import type { Bench } from './bench.ts';
import { openFilledStore, startServers } from './place.ts';
import { median, spread } from './statistics.ts';

export const MEASURED_REPS = 1_000;
const TURNS = 7;
const NO_PIPELINES: MeasuredPipelines = { opportunity: [], lead: [], visit: [], obligation: [], complaint: [] };

export const measures: Bench = {
  name: 'measures',
  about: 'every measure of 1,000 reps over 100,000 deals',
  minutes: 6,
  run: async ({ dir, quick, say }) => {
    const deals = quick ? 2_000 : 100_000;
    const servers = await startServers(dir);
    const store = await openFilledStore(servers.databaseUrl);
    try {
      await fillMeasured(store, deals, 'deal');
      say(`${deals} deals are there`);
      const took: number[] = [];
      const read: number[] = [];
      // The first turn warms up.
      for (let turn = 0; turn <= TURNS; turn += 1) {
        const [all, ends] = [await timed(() => measureAll(store, deals)), await timed(() => readEnds(store))];
        if (turn > 0) {
          took.push(all);
          read.push(ends);
        }
      }
      const ratio = median(took) / median(read);
      say(`${Math.round(median(took))} ms`);
      const beside = `${ratio.toFixed(1)} times what reading the ends alone takes`;
      return [{ figure: 'measures.all', ...spread(took), beside }];
    } finally {
      await store.close();
      await servers.stop();
    }
  },
};

async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await act();
  return performance.now() - from;
}

/** Of the whole time, so that every deal counts. @throws Error when one is missing */
async function measureAll(store: Store, deals: number): Promise<void> {
  const period = measuredPeriod(undefined, '2000-01-01', '2099-12-31');
  const pipelines = { ...NO_PIPELINES, opportunity: ['deal'] };
  const found = await measure(store.db, { by: 'rep', pipelines, ...period });
  const opened = found.filter((one) => one.measure === 'new-opportunities').reduce((sum, { n }) => sum + n, 0);
  const ended = found.filter((one) => one.measure === 'win-rate').reduce((sum, { n }) => sum + n, 0);
  if (opened !== deals || ended !== deals) throw new Error(`${opened} opened and ${ended} ended of ${deals}`);
}

async function readEnds({ db }: Store): Promise<void> {
  await sql`select sum(length(text)) from journal where kind = 'case' and text ~ '"event":"(won|lost)"'`.execute(db);
}

/** Deals that were opened a day apart in turn, three entries each, won by two in three. */
export async function fillMeasured(store: Store, deals: number, pipeline: string): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    // The store gives a statement no longer than a step may take.
    await sql`set local statement_timeout = 0`.execute(db);
    await insert(db, deals, pipeline);
  });
  await sql`analyze cases`.execute(store.db);
}

async function insert(db: Tx, deals: number, pipeline: string): Promise<void> {
  await sql`
    insert into cases (id, title, pipeline, rules, status, finished, ungated, stage, owner, opened_at, entered_at,
      last_activity_at, demanded, flags, to_accept, debts, amount_minor, amount_currency, updated_at)
    select 'm-' || n, 'Deal ' || n, ${pipeline}, '', case when n % 3 = 0 then 'lost' else 'won' end, true, false, 'lead',
      'rep-' || n % ${MEASURED_REPS}, day, day, day, false, '{}', 0, 0, 100000 + n, 'CNY', day
    from (select n, timestamptz '2025-01-01T00:00:00Z' + n % 365 * interval '1 day' as day
      from generate_series(1, ${deals}::int) n) one`.execute(db);
  await sql`
    insert into journal (kind, entity, seq, actor, recorded_at, text, hash, prev_hash)
    select 'case', 'm-' || n, seq, 'rep-' || n % ${MEASURED_REPS}, timestamptz '2025-03-01T00:00:00Z',
      '{"command":{"command":"close"},"events":[{"at":"2025-03-01T00:00:00.000Z","by":"rep","event":"'
        || case when seq < 3 then 'activity_logged' when n % 3 = 0 then 'lost' else 'won' end || '"}]}',
      'h-' || n || '-' || seq, ''
    from generate_series(1, ${deals}::int) n, generate_series(1, 3) seq`.execute(db);
}
