/** What is looked for in the figures of 1,000 reps, and messages bundled into one person's digest. */

import type { PersonCommand } from '../engine/person/command.ts';
import { decide } from '../engine/person/decide.ts';
import { evolve } from '../engine/person/evolve.ts';
import { holds, seenOfRep, watchedFor } from '../engine/person/findings/watch.ts';
import type { PersonState } from '../engine/person/state.ts';
import type { PersonWorld } from '../engine/person/world.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import { compileCalendar } from '../engine/time/calendar.ts';
import type { Store } from '../store/open-store.ts';
import { repStandings } from '../store/rep-standings.ts';
import type { Bench } from './bench.ts';
import { fillMeasured, MEASURED_REPS } from './measures.ts';
import { openFilledStore, startServers } from './place.ts';
import { shippedPlaybooks } from './shipped-playbooks.ts';
import { spread } from './statistics.ts';

const TURNS = 5;
const NOW = '2025-04-08T02:00:00.000Z';

export const people: Bench = {
  name: 'people',
  about: 'findings about 1,000 reps over 100,000 deals, and messages bundled into a digest',
  minutes: 6,
  run: async ({ dir, quick, say }) => {
    const { set } = shippedPlaybooks();
    const servers = await startServers(dir);
    const store = await openFilledStore(servers.databaseUrl);
    try {
      await fillMeasured(store, quick ? 2_000 : 100_000, 'large-deal');
      const took: number[] = [];
      let found = 0;
      for (let turn = 0; turn <= TURNS; turn += 1) {
        const from = performance.now();
        found = await lookAtAll(store, set);
        if (turn > 0) took.push(performance.now() - from);
      }
      say(`${found} findings`);
      const rates = Array.from({ length: TURNS }, () => bundled(set, quick ? 200 : 2_000));
      return [
        { figure: 'people.findings', ...spread(took), beside: `${found} findings` },
        { figure: 'people.bundled', ...spread(rates) },
      ];
    } finally {
      await store.close();
      await servers.stop();
    }
  },
};

/** @throws Error where nothing is found: the deals are made so that something is */
async function lookAtAll(store: Store, set: PlaybookSet): Promise<number> {
  const everybody = Object.fromEntries(
    Array.from({ length: MEASURED_REPS }, (_, n) => {
      const person = `rep-${n}`;
      const manager = `manager-${n % 100}`;
      return [person, { person, name: person, role: 'rep', manager, lang: 'en', active: true }] as const;
    }),
  );
  const world = { version: 1, by_id: everybody };
  const { facts } = await repStandings(store.db, set, world, { posts: new Set(['rep']), now: NOW });
  const { cn } = set.calendars;
  if (cn === undefined) throw new Error('no calendar');
  const rules = watchedFor(set.rep_diagnoses, 'rep').map(({ rule }) => rule);
  const at = { now: NOW, calendar: compileCalendar(cn) };
  let found = 0;
  for (const own of facts.values()) {
    const seen = seenOfRep(at, own);
    found += rules.filter((rule) => holds(rule, seen)).length;
  }
  if (found === 0) throw new Error('nothing was found');
  return found;
}

/** Messages a second, each decided and applied, and the digest at the end. @throws Error where the digest lacks one */
function bundled({ roles, calendars }: PlaybookSet, count: number): number {
  const person = 'ann';
  const profile = { name: person, role: 'rep', email: 'ann@example.org', lang: 'en', active: true } as const;
  let state: PersonState = evolve(undefined, { event: 'person_joined', v: 1, at: NOW, by: 'root', person, profile });
  const world = (now: string): PersonWorld => ({
    person,
    roles,
    calendars,
    people: { version: 1, by_id: { ann: { person, ...profile } } },
    now,
  });
  const give = (now: string, body: PersonCommand): number => {
    const outcome = decide(world(now), state, { id: 'k', actor: 'system', body });
    if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
    for (const event of outcome.events) state = evolve(state, event);
    return outcome.events.flatMap((event) => (event.event === 'digest_sent' ? event.lines : [])).length;
  };
  const from = performance.now();
  for (let n = 0; n < count; n += 1) {
    const title = { zh: `事项 ${n}`, en: `task ${n}` };
    const at_risk = { minor: (n * 7_919) % 1_000_003, currency: 'CNY' };
    give(NOW, {
      command: 'receive',
      message: { kind: 'task', case: `c-${n}`, subject: `c-${n}/task`, title, text: title, at_risk },
    });
  }
  const lines = give('2025-04-08T09:05:00.000Z', { command: 'wake' });
  if (lines !== count) throw new Error(`${lines} of ${count} are in the digest`);
  return count / ((performance.now() - from) / 1_000);
}
