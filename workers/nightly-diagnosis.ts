/** The nightly look at every case and every person that something watches: for what time alone brings, what imports brought, and diagnoses that are new. */

import type { Client } from '@temporalio/client';
import { viewOf } from '../engine/case/case-view.ts';
import { lookAt, recordOf } from '../engine/case/findings/watch.ts';
import { lacksSeries } from '../engine/person/rhythm/series.ts';
import { SYSTEM } from '../engine/who/rights.ts';
import { sha256 } from '../store/hash.ts';
import type { Store } from '../store/open-store.ts';
import { statesOf } from '../store/read-person.ts';
import { currentPeople, currentSet, importsDone, type WatchedCase, watchedCases } from '../store/watched-cases.ts';
import { diagnoseIn } from './diagnose.ts';
import { messageOf } from './embedded/setup-error.ts';
import type { Log } from './log.ts';
import { lookAtReps } from './look-at-reps.ts';
import { signalCommand } from './send-to-entity.ts';

export interface NightlyDiagnosisDeps {
  readonly store: Store;
  readonly client: Client;
  readonly taskQueue: string;
  readonly log: Log;
}

/** So many cases are held in memory at a time. */
const PAGE = 500;

/** Call it as often as you like: it looks once a day, and once after each import and each set of playbooks that is published. */
export function nightlyDiagnosis(deps: NightlyDiagnosisDeps): () => Promise<void> {
  let last = '';
  return async () => {
    try {
      const now = new Date().toISOString();
      const set = await currentSet(deps.store);
      const round = `${now.slice(0, 10)} ${set?.hash ?? ''} ${await importsDone(deps.store)}`;
      if (set === undefined || round === last) return;
      const told = await lookAtAll(deps, set.playbook, now);
      if (told > 0) deps.log.info({ cases: told }, 'the nightly look found something, or that it has gone');
      const people = await lookAtReps(deps, set.playbook, now);
      if (people > 0) deps.log.info({ people }, 'the nightly look at people found something, or that it has gone');
      await wakeForRhythm(deps, set.playbook, now);
      last = round;
    } catch (error) {
      // The next sweep tries again; what else a sweep does must not wait for it.
      deps.log.warn({ error: messageOf(error) }, 'the nightly look at cases failed');
    }
  };
}

async function lookAtAll(
  deps: NightlyDiagnosisDeps,
  playbook: WatchedCase['world']['playbook'],
  now: string,
): Promise<number> {
  const pipelines = [...new Set(Object.values(playbook.diagnoses ?? {}).flatMap(({ applies_to }) => applies_to))];
  if (pipelines.length === 0) return 0;
  let told = 0;
  for (let after = ''; ; ) {
    const page = await watchedCases(deps.store, playbook, pipelines, { after, limit: PAGE, now });
    for (const one of page) if (await lookAtOne(deps, one, now.slice(0, 10))) told += 1;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return told;
    after = last.state.case;
  }
}

/** The id says the day and what was found: however many workers look, the case hears it once. */
async function lookAtOne({ store: _, ...sender }: NightlyDiagnosisDeps, { state, world }: WatchedCase, day: string) {
  const view = viewOf(world, state);
  // Most cases are as they were: our own conditions say so in no time.
  if (view === undefined || recordOf(lookAt(view)) === undefined) return false;
  const body = await diagnoseIn(world, state);
  if (body === undefined) return false;
  const id = `diagnosis:${day}:${sha256(JSON.stringify([body, state.findings ?? {}])).slice(0, 16)}`;
  await signalCommand(sender, { kind: 'case', id: state.case }, { id, actor: SYSTEM, body });
  return true;
}

/** A new set may ask for duties of people whom nothing else wakes. */
async function wakeForRhythm(
  { store, ...sender }: NightlyDiagnosisDeps,
  playbook: WatchedCase['world']['playbook'],
  now: string,
): Promise<void> {
  const { rhythms = {} } = playbook;
  const people = await currentPeople(store);
  const posts = new Set(Object.values(rhythms).flatMap(({ applies_to }) => applies_to));
  const holding = Object.values(people.by_id).filter(({ role, active }) => active && posts.has(role));
  const states = await statesOf(
    store,
    holding.map(({ person }) => person),
  );
  const hashes = Object.values(rhythms).map(({ hash }) => hash);
  for (const state of states) {
    if (!lacksSeries(rhythms, state)) continue;
    // A set may be published again: what was said of it before would be the reply.
    const id = `rhythm:${now.slice(0, 10)}:${sha256(JSON.stringify([state.person, hashes, state.series ?? {}])).slice(0, 24)}`;
    await signalCommand(sender, { kind: 'person', id: state.person }, { id, actor: SYSTEM, body: { command: 'wake' } });
  }
}
