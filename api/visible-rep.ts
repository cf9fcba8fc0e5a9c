/** One rep as the caller may see them: themselves, whoever leads them, and administrators. */

import { mayCoach } from '../engine/person/coaching/turns.ts';
import { mayAdminister } from '../engine/person/rights.ts';
import type { PersonState } from '../engine/person/state.ts';
import type { PersonWorld } from '../engine/person/world.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import { isAbove } from '../engine/who/reporting-line.ts';
import { personState } from '../store/read-person.ts';
import type { Caller } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import { findPerson } from './find-person.ts';
import { ApiProblem } from './problem.ts';
import { publishedSet } from './published-set.ts';

/** What a person is decided by, and the notes that help. */
export type RepWorld = PersonWorld & Pick<PlaybookSet, 'knowledge'>;

export interface RepAsked {
  readonly params: { readonly id: string };
  readonly caller: Caller;
}

/** Somebody as the caller may see them. */
export interface SeenRep {
  readonly world: RepWorld;
  readonly state: PersonState;
  readonly seesAll: boolean;
}

export function worldAt(set: Awaited<ReturnType<typeof publishedSet>>, { people }: Caller, person: string): RepWorld {
  const { knowledge = {}, roles, calendars, coaching = {}, rep_diagnoses: diagnoses = {}, rhythms = {} } = set;
  return { person, roles, calendars, coaching, diagnoses, rhythms, knowledge, people, now: new Date().toISOString() };
}

/** Themselves, whoever stands above them, and administrators; of the others they are not even there. */
export function isVisible(world: PersonWorld, viewer: string): boolean {
  const { person, people } = world;
  return (
    viewer === person || isAbove(people, viewer, person) || mayCoach(world, viewer) || mayAdminister(world, viewer)
  );
}

/** By id or name. @throws ApiProblem for nobody, and for whom the caller may not see */
export async function visibleRep({ store }: ApiDeps, { params, caller }: RepAsked): Promise<SeenRep> {
  const id = findPerson(caller.people, params.id, '/params/id');
  const world = worldAt(await publishedSet(store), caller, id);
  const state = await personState(store, id);
  const viewer = caller.person.person;
  if (state === undefined || !isVisible(world, viewer)) {
    const message = { zh: `没有你能看的人员 \`${id}\``, en: `there is no person \`${id}\` that you may see` };
    throw new ApiProblem('not-found', message, { problems: [{ code: 'no-such-person', path: '', message }] });
  }
  return { world, state, seesAll: viewer === id || mayCoach(world, viewer) };
}
