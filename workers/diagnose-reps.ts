/** The look at people who sell: their measures through the diagnoses that watch their posts. What it finds, they hear of by command. */

import { measuredPipelines } from '../engine/measure/pipelines.ts';
import type { PersonCommandOf } from '../engine/person/command.ts';
import type { RepSight } from '../engine/person/findings/finding.ts';
import {
  factsSeen,
  holds,
  lookAtRep,
  type RepWatched,
  sameFacts,
  seenOfRep,
  watchedFor,
} from '../engine/person/findings/watch.ts';
import { calendarOf } from '../engine/person/inbox-rules.ts';
import type { PersonState } from '../engine/person/state.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { People } from '../engine/who/people.ts';
import { supportOf } from '../store/measures.ts';
import type { Store } from '../store/open-store.ts';
import { statesOf } from '../store/read-person.ts';
import { type RepStandings, repStandings } from '../store/rep-standings.ts';
import { judge } from './judge-findings.ts';

/** So many cases are named beside a finding; how many there are is always said. */
const MOST_CASES = 10;

export interface RepLook {
  readonly person: string;
  readonly body: PersonCommandOf<'record_findings'>;
  /** What the person knew of before: a look that tells the same again is the same look. */
  readonly known: PersonState['findings'];
}

/** What people should record; nothing of those with whom nothing is new. */
export async function diagnoseReps(
  store: Store,
  playbook: PlaybookSet,
  people: People,
  now: Instant,
): Promise<readonly RepLook[]> {
  const posts = new Set(Object.values(playbook.rep_diagnoses ?? {}).flatMap(({ applies_to }) => applies_to));
  if (posts.size === 0) return [];
  const standings = await repStandings(store.db, playbook, people, { posts, now });
  const looks: RepLook[] = [];
  for (const state of await statesOf(store, [...standings.facts.keys()])) {
    const body = await lookAtOne(store, playbook, { state, standings, now });
    if (body !== undefined) looks.push({ person: state.person, body, known: state.findings });
  }
  return looks;
}

interface Around {
  readonly state: PersonState;
  readonly standings: RepStandings;
  readonly now: Instant;
}

async function lookAtOne(
  store: Store,
  playbook: PlaybookSet,
  { state, standings, now }: Around,
): Promise<PersonCommandOf<'record_findings'> | undefined> {
  const { roles, calendars, rep_diagnoses: diagnoses } = playbook;
  const calendar = calendarOf({ person: state.person, roles, calendars, people: NOBODY, now }, state.role);
  const at = { now, calendar };
  const seen = seenOfRep(at, standings.facts.get(state.person) ?? {});
  // Most people are as they were: our own conditions say so in no time.
  const ours = lookAtRep(diagnoses, state, at, (rule) => holds(rule, seen));
  if (ours.found.length + ours.gone.length === 0) return undefined;
  const rules = watchedFor(diagnoses, state.role).map(({ rule }) => rule);
  const holding = await judge(rules, seen);
  const look = lookAtRep(diagnoses, state, at, ({ finding }) => holding.has(finding));
  const found: PersonCommandOf<'record_findings'>['found'][number][] = [];
  for (const watched of look.found) {
    const { finding } = watched.rule;
    const sight = await sightOf(store, playbook, { state, standings, now }, watched, factsSeen(watched.rule, seen));
    const { diagnosis, hash } = watched.diagnosis;
    found.push({ finding, diagnosis, hash, ...sight });
  }
  const own = standings.facts.get(state.person) ?? {};
  const gone = look.gone.map((finding) => ({
    finding,
    facts: sameFacts(state.findings?.[finding] ?? { facts: {} }, own),
  }));
  return found.length + gone.length === 0 ? undefined : { command: 'record_findings', found, gone };
}

const NOBODY: People = { version: 0, by_id: {} };

async function sightOf(
  { db }: Store,
  playbook: PlaybookSet,
  { state, standings: { period } }: Around,
  { rule }: RepWatched,
  facts: RepSight['facts'],
): Promise<RepSight> {
  const ask = { ...period, pipelines: measuredPipelines(playbook), owners: [state.person] };
  const [first] = rule.measures;
  const support = first === undefined ? { cases: [], n: 0, of: 0 } : await supportOf(db, ask, first, MOST_CASES);
  return { facts, ...period.days, support };
}
