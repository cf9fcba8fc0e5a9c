/** `GET /v1/reps/{id}/packet`: what a review begins from, put together from the record: goals, figures, findings, deals, agreements, duties (D31). */

import { z } from 'zod';
import { daysUpTo } from '../../engine/measure/period.ts';
import { measuredPipelines } from '../../engine/measure/pipelines.ts';
import { coachingRecord } from '../../store/coaching-record.ts';
import { dutyRecord } from '../../store/duty-record.ts';
import { openDeals } from '../../store/waiting-cases.ts';
import type { ApiDeps } from '../deps.ts';
import { organisationDay } from '../organisation-day.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { endedGoal } from '../views/make-rep-view.ts';
import { personRef as refTo } from '../views/person-ref.ts';
import { makeRepFinding, repFindingShape } from '../views/rep-finding-view.ts';
import { goalShape } from '../views/rep-view.ts';
import { type RepAsked, visibleRep } from '../visible-rep.ts';
import { idOf } from '../wire/query.ts';
import { instant, list, money, personRef } from '../wire/shapes.ts';
import { measureRow, measuresOf } from './measures.ts';
import { openGoals } from './reps.ts';

const MOST_DEALS = 10;
const MOST_GOALS = 10;

const packetShape = z
  .strictObject({
    person: personRef,
    from: z.string(),
    until: z.string(),
    goals: list(goalShape).meta({ description: 'Goals and agreements, open ones first, then how earlier ones ended.' }),
    measures: list(measureRow).meta({ description: 'Those of which something can be said.' }),
    findings: list(repFindingShape),
    deals: list(
      z.strictObject({
        case: z.string(),
        title: z.string(),
        stage: z.string(),
        amount: money.exactOptional(),
        stalled_since: instant.exactOptional(),
      }),
    ).meta({ description: 'The largest open ones.' }),
    duties: z
      .strictObject({ done: z.int(), late: z.int(), missed: z.int(), excused: z.int(), spared: z.int() })
      .meta({ description: 'How often each, of those due in these days.' }),
  })
  .meta({ id: 'Packet' });
export type PacketView = z.output<typeof packetShape>;

async function packet(deps: ApiDeps, asked: RepAsked) {
  const found = await visibleRep(deps, asked);
  const { world, state, seesAll } = found;
  const { person } = state;
  const set = await publishedSet(deps.store);
  const { from, until } = daysUpTo(organisationDay(set).today);
  const record = await coachingRecord(deps.store, person);
  const ended = record.goals.slice(0, MOST_GOALS).map((one) => endedGoal(one, seesAll));
  const measures = await measuresOf(deps, { by: 'rep', from, until }, asked.caller, [person]);
  const deals = await openDeals(deps.store, {
    owner: person,
    pipelines: measuredPipelines(set).opportunity,
    limit: MOST_DEALS,
  });
  const body: PacketView = {
    person: refTo(world.people, person),
    from,
    until,
    goals: [...(await openGoals(deps, found)), ...ended],
    measures: measures.items.filter(({ figures }) => figures.length > 0),
    findings: Object.entries(state.findings ?? {}).map((one) => makeRepFinding(world, state, one, undefined, seesAll)),
    deals: [...deals],
    duties: await dutiesOf(deps, person, from),
  };
  return { status: 200, body } as const;
}

async function dutiesOf({ store }: ApiDeps, person: string, from: string): Promise<PacketView['duties']> {
  const counts = { done: 0, late: 0, missed: 0, excused: 0, spared: 0 };
  for (const { how, due_on } of await dutyRecord(store, person)) if (due_on >= from) counts[how] += 1;
  return counts;
}

export const packetRoutes = [
  route({
    method: 'get',
    path: '/v1/reps/{id}/packet',
    name: 'repPacket',
    summary: 'What a review of one rep begins from: goals, figures, findings, deals, agreements, duties',
    params: z.strictObject({ id: idOf('the person') }),
    problems: ['not-found'],
    answers: { 200: { description: 'Of the last 91 days.', body: packetShape } },
    handle: packet,
  }),
];
