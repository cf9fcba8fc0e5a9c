/** Journalled commands a second and how long one takes, a deadline armed, beside a bare entity workflow in the same run. */

import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createApp } from '../api/create-app.ts';
import { createEntityClient } from '../api/entity-client.ts';
import { createKey } from '../store/keys.ts';
import { type Bare, startBare } from './bare.ts';
import type { Bench, BenchContext, Measured } from './bench.ts';
import { type Round, round, type Send } from './callers.ts';
import type { FigureName } from './figures.ts';
import { ADMIN, begin, give, joinReps, MOST_FAULTS, OPEN, type Place, REPS, startPlace } from './place.ts';
import { median, quantile, ratios, spread } from './statistics.ts';

const CALLERS = [1, 8, 40] as const;
const MOST_CALLERS = 40;
/** Commands a round, by callers. */
const ROUND = { 1: 100, 8: 200, 40: 400 } as const;

type Contender = 'bare' | 'client' | 'messages' | 'api';
type Senders = Readonly<Record<Contender, Send>>;
type Rounds = Record<Contender, Round[]>;

export const commands: Bench = {
  name: 'commands',
  about: 'journalled commands through the client and the API, against a bare workflow',
  minutes: 12,
  run: async (context) => {
    const place = await startPlace(context.dir);
    const bare = await startBare(place.servers.temporalAddress, place.client);
    const api = await startApi(place);
    try {
      return await measure(context, await sendersOf(place, bare, api));
    } finally {
      api.stop();
      await bare.stop();
      await place.stop();
    }
  },
};

/** In turns, so that whatever else the machine does meets all alike; the first turn warms up. */
async function measure({ quick, say }: BenchContext, senders: Senders): Promise<readonly Measured[]> {
  const turns = quick ? 1 : 5;
  const measured: Measured[] = [];
  for (const callers of CALLERS) {
    const rounds: Rounds = { bare: [], client: [], messages: [], api: [] };
    const names: readonly Contender[] =
      callers === MOST_CALLERS ? ['bare', 'client', 'messages', 'api'] : ['bare', 'client', 'api'];
    for (let turn = 0; turn <= turns; turn += 1) {
      for (const name of names) {
        const done = await round(senders[name], callers, quick ? callers * 3 : ROUND[callers]);
        if (turn > 0) rounds[name].push(done);
      }
    }
    say(
      `${callers} callers: ${names.map((name) => `${name} ${Math.round(median(ratesOf(rounds[name])))}/s`).join(', ')}`,
    );
    for (const name of ['bare', 'client', 'api'] as const)
      measured.push(latency(`latency.${name}_${callers}`, rounds[name]));
    if (callers === MOST_CALLERS) measured.unshift(...figuresOf(rounds));
  }
  return measured;
}

function figuresOf(rounds: Rounds): readonly Measured[] {
  const bare = ratesOf(rounds.bare);
  const names = ['client', 'messages', 'api'] as const;
  return [
    ...names.map(
      (name): Measured => ({ figure: `commands.${name}_ratio`, ...spread(ratios(ratesOf(rounds[name]), bare)) }),
    ),
    { figure: 'commands.bare_rate', ...spread(bare) },
    ...names.map((name): Measured => ({ figure: `commands.${name}_rate`, ...spread(ratesOf(rounds[name])) })),
  ];
}

function ratesOf(rounds: readonly Round[]): readonly number[] {
  return rounds.map(({ perSecond }) => perSecond);
}

function latency(figure: FigureName, rounds: readonly Round[]): Measured {
  const times = rounds.flatMap((one) => one.times);
  return { figure, value: median(times), beside: `p99 ${quantile(times, 0.99).toFixed(0)} ms` };
}

async function sendersOf(place: Place, bare: Bare, api: Api): Promise<Senders> {
  await joinReps(place);
  await bare.start(MOST_CALLERS);
  for (let caller = 0; caller < MOST_CALLERS; caller += 1) await begin(place, 'case', `bench-${caller}`, OPEN);
  let count = 0;
  const facts = () => {
    count += 1;
    return { command: 'set_facts', facts: { count } };
  };
  const sent = new Map<number, number>();
  return {
    bare: bare.send,
    client: (entity) => give(place, `bench-${entity}`, facts()),
    api: (entity) => api.give(`bench-${entity}`, facts()),
    // Whoever gets the case is told, or who had it: the administrator knows what they do themselves.
    messages: (entity) => {
      const nth = sent.get(entity) ?? 0;
      sent.set(entity, nth + 1);
      const to = nth % 4 === 0 ? REPS[entity % REPS.length] : ADMIN;
      return give(place, `bench-${entity}`, nth % 2 === 0 ? { command: 'hand_over', to } : facts());
    },
  };
}

interface Api {
  give(caseId: string, body: object): Promise<void>;
  stop(): void;
}

/** The API as `serve` has it, in the worker's process; its limit for one person would be met at once. */
async function startApi({ store, client, taskQueue }: Place): Promise<Api> {
  const entities = createEntityClient({ client, taskQueue });
  const limits = { requestsPerMinute: 1_000_000 };
  const server = createApp({ store, entities, log: pino({ level: 'silent' }), limits }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const authorization = `Bearer ${await createKey(store, ADMIN, 'bench')}`;
  let sent = 0;
  return {
    give: async (caseId, body) => {
      sent += 1;
      const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': `bench-${sent}` };
      for (let attempt = 0; ; attempt += 1) {
        const url = `http://127.0.0.1:${port}/v1/cases/${caseId}/commands`;
        const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
        const text = await response.text();
        if (response.ok) return;
        if (response.status !== 503 || attempt === MOST_FAULTS)
          throw new Error(`the API answered ${response.status}: ${text}`);
      }
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
