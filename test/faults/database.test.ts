/** PostgreSQL away under load: everybody is answered, nothing is lost or doubled, and it heals by itself. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BreakableProxy, breakableProxy } from '../api/breakable-proxy.ts';
import { startApi, type TestApi } from '../api/start-api.ts';
import { eventually } from '../workers/eventually.ts';
import { underLoad } from './load.ts';

/** Longer than every patience involved (a step has 4 s, a caller 8 s); `PLAYRAIL_AWAY_S=60` and more for the whole minute. */
const AWAY_MS = Number(process.env['PLAYRAIL_AWAY_S'] ?? 12) * 1000;
const CASES = 12;
/** Of callers: the API's deadline, and asking whether Temporal is there. */
const PATIENCE_MS = 20_000;

let api: TestApi;
let postgres: BreakableProxy;

beforeAll(async () => {
  api = await startApi({
    limits: { requestsPerMinute: 100_000, badKeysPerMinute: 100_000 },
    databaseBy: async (url) => {
      postgres = await breakableProxy({ host: url.hostname, port: Number(url.port) });
      url.host = postgres.address;
      return url.href;
    },
  });
}, 60_000);
afterAll(async () => {
  await api.stop();
  await postgres.close();
});

it.each([
  ['it refuses connections', 'cut', ['database-away']],
  // Nobody can tell a database that hangs from one that is slow.
  [
    'it says nothing any more, its connections left hanging',
    'hang',
    ['database-away', 'database-busy', 'step-too-slow'],
  ],
] as const)(
  '%s: callers are told to retry within seconds, and each command counts once',
  async (_what, how, named) => {
    const cases: string[] = [];
    while (cases.length < CASES) cases.push(await api.open());
    const keys = new Map<string, string>();
    const keyOf = (lane: number, n: number): string => {
      const key = keys.get(`${lane}/${n}`) ?? randomUUID();
      keys.set(`${lane}/${n}`, key);
      return key;
    };
    let goesOn = true;
    const { figures, faults, done } = underLoad(CASES, 1000, async (lane, n) => {
      if (!goesOn) return { taken: true };
      const body = { command: 'log_activity', activity: 'call' };
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await api.ask(`/v1/cases/${cases[lane]}/commands`, { body, key: keyOf(lane, n), signal });
      if (answer.status === 200) return { taken: true };
      if (answer.status !== 503) throw new Error(JSON.stringify(answer.body));
      expect(answer.body.retry_with).toBe(keyOf(lane, n));
      return { taken: false, fault: answer.body.cause };
    });
    await eventually('the load is on', () => figures.answered > CASES, 60_000);
    await postgres[how]();
    const before = figures.answered;
    await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
    // Those under way when it went may still be answered with what they did; nobody after.
    expect(figures.answered - before).toBeLessThanOrEqual(CASES);
    expect(figures.faults).toBeGreaterThanOrEqual(CASES);
    await postgres.mend();
    const healed = figures.answered;
    await eventually('it goes on', () => figures.answered > healed + 2 * CASES, 60_000);
    goesOn = false;
    await done;
    const expected = ['database-away', 'database-busy', 'step-too-slow', 'no-worker'];
    expect([...faults].filter((cause) => !expected.includes(cause))).toEqual([]);
    expect(named.some((cause) => faults.has(cause))).toBe(true);

    for (const [lane, id] of cases.entries()) {
      const { body } = await api.ask(`/v1/cases/${id}/journal?limit=500`);
      const accepted = body.items.filter((entry: { outcome: string }) => entry.outcome === 'accepted').slice(1);
      const sent = [...keys].filter(([place]) => place.startsWith(`${lane}/`)).map(([, key]) => key);
      expect(accepted.map((entry: { command_id: string }) => entry.command_id)).toEqual(sent);
    }
    expect((await api.ask('/v1/audit/verify', { as: 'admin' })).body.ok).toBe(true);
  },
  180_000 + AWAY_MS,
);
