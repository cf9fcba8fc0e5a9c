/** `/v1/reps/{id}/findings`, `/measures`, `/duties`: what the figures of one rep say, how they stand, what they do again and again. */

import { z } from 'zod';
import { dutyRecord } from '../../store/duty-record.ts';
import { repStandings } from '../../store/rep-standings.ts';
import type { ApiDeps } from '../deps.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { dutyShape, endedDuty, openDuty } from '../views/duty-view.ts';
import { makeRepFinding, repFindingShape } from '../views/rep-finding-view.ts';
import { type RepAsked, visibleRep } from '../visible-rep.ts';
import { day, idOf } from '../wire/query.ts';
import { list } from '../wire/shapes.ts';
import { measureList, measuresOf } from './measures.ts';

/** The newest first. */
async function findings(deps: ApiDeps, asked: RepAsked) {
  const { world, state, seesAll } = await visibleRep(deps, asked);
  const entries = Object.entries(state.findings ?? {}).sort(([, a], [, b]) => (a.found_at < b.found_at ? 1 : -1));
  const set = await publishedSet(deps.store);
  const ask = { posts: new Set([state.role]), now: world.now, only: state.person };
  const standings = entries.length === 0 ? undefined : await repStandings(deps.store.db, set, world.people, ask);
  const facts = standings?.facts.get(state.person);
  return {
    status: 200,
    body: { items: entries.map((one) => makeRepFinding(world, state, one, facts, seesAll)) },
  } as const;
}

interface MeasuresAsked extends RepAsked {
  readonly query: { readonly from?: string; readonly until?: string };
}

async function measures(deps: ApiDeps, asked: MeasuresAsked) {
  const { state } = await visibleRep(deps, asked);
  const query = { ...asked.query, by: 'rep' } as const;
  return { status: 200, body: await measuresOf(deps, query, asked.caller, [state.person]) } as const;
}

/** Open ones first, then the newest that have ended. */
async function duties(deps: ApiDeps, asked: RepAsked) {
  const { world, state, seesAll } = await visibleRep(deps, asked);
  const open = (state.duties ?? []).map((one) => openDuty(world.people, state.person, one, world.now));
  const ended = await dutyRecord(deps.store, state.person);
  const items = [...open, ...ended.map((one) => endedDuty(world.people, state.person, one, seesAll))];
  return { status: 200, body: { items } } as const;
}

const params = z.strictObject({ id: idOf('the person') });

export const repFindingsRoutes = [
  route({
    method: 'get',
    path: '/v1/reps/{id}/findings',
    name: 'repFindings',
    summary: 'What the figures of one rep say: found, taken up, declined, gone',
    description: 'With the figures then and now, and the cases that support it.',
    params,
    problems: ['not-found'],
    answers: { 200: { description: 'The newest first.', body: z.strictObject({ items: list(repFindingShape) }) } },
    handle: findings,
  }),
  route({
    method: 'get',
    path: '/v1/reps/{id}/duties',
    name: 'repDuties',
    summary: 'What one rep does again and again: open, done, late, missed, excused, spared',
    description: 'Who stands further up than whoever coaches sees that it was done, not what was written.',
    params,
    problems: ['not-found'],
    answers: {
      200: { description: 'Open ones first, then the newest.', body: z.strictObject({ items: list(dutyShape) }) },
    },
    handle: duties,
  }),
  route({
    method: 'get',
    path: '/v1/reps/{id}/measures',
    name: 'repMeasures',
    summary: 'How one rep stands by every measure',
    params,
    query: z.strictObject({
      from: day.exactOptional().meta({ description: 'The first day; 91 days up to the last where left out.' }),
      until: day.exactOptional().meta({ description: 'The last day, and all of it; today where left out.' }),
    }),
    problems: ['not-found'],
    answers: { 200: { description: 'In the order of the catalogue.', body: measureList } },
    handle: measures,
  }),
];
