/** `GET /v1/week`: what waits for whoever asks, from all that Playrail holds: duties, coaching, findings, goals, cases, visits. */

import { z } from 'zod';
import { isOpen as isUnanswered } from '../../engine/person/findings/finding.ts';
import type { PersonState } from '../../engine/person/state.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { dateOfDay, dayNumber } from '../../engine/time/working-year.ts';
import { teamOf } from '../../engine/who/reporting-line.ts';
import { standsInFor } from '../../engine/who/substitutes.ts';
import { statesOf } from '../../store/read-person.ts';
import { visitsAhead, waitingCases } from '../../store/waiting-cases.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { organisationDay } from '../organisation-day.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { dutyShape, openDuty } from '../views/duty-view.ts';
import { goalView, openSession } from '../views/make-rep-view.ts';
import { personRef as refTo } from '../views/person-ref.ts';
import { makeRepFinding, repFindingShape } from '../views/rep-finding-view.ts';
import { goalShape, sessionShape } from '../views/rep-view.ts';
import { worldAt } from '../visible-rep.ts';
import { instant, list, money, personRef } from '../wire/shapes.ts';

const DAYS_AHEAD = 7;
const MOST_CASES = 50;

const about = { about: personRef.meta({ description: 'Whose it is.' }) };

const waitingCase = z.strictObject({
  case: z.string(),
  title: z.string(),
  owner: personRef,
  amount: money.exactOptional(),
  why: z
    .enum(['asked', 'task', 'stalled'])
    .meta({ description: 'An answer of yours is waited for; a task of yours is open; your deal has stalled.' }),
  stalled_since: instant.exactOptional(),
});

const weekShape = z
  .strictObject({
    you: personRef,
    from: z.string(),
    until: z.string(),
    duties: list(dutyShape).meta({ description: 'To be done or read by you, the earliest first.' }),
    coaching: list(sessionShape.extend(about)).meta({ description: 'Where it is your turn.' }),
    findings: list(repFindingShape.extend(about)).meta({ description: 'About those you lead, to be answered by you.' }),
    goals: list(goalShape.extend(about)).meta({ description: 'Yours that are due, and those you are to judge.' }),
    cases: list(waitingCase).meta({ description: 'The most money at risk first.' }),
    prepare: list(z.strictObject({ case: z.string(), title: z.string(), on: z.string() })).meta({
      description: 'Visits of yours in these days.',
    }),
  })
  .meta({ id: 'Week' });
export type WeekView = z.output<typeof weekShape>;

async function week({ store }: ApiDeps, { caller }: { readonly caller: Caller }) {
  const set = await publishedSet(store);
  const { today } = organisationDay(set);
  const until = dateOfDay(dayNumber(today) + DAYS_AHEAD - 1);
  const me = caller.person.person;
  const now = new Date().toISOString();
  // Who steps in for somebody is asked about those they lead.
  const leading = [me, ...standsInFor(caller.people, me, now)].flatMap((one) => teamOf(caller.people, one));
  const states = await statesOf(store, [...new Set([me, ...leading])]);
  const cases = await waitingCases(store, me, MOST_CASES);
  const visits = pipelinesOf(set, 'visit');
  const body: WeekView = {
    you: refTo(caller.people, me),
    from: today,
    until,
    ...ofPeople(set, caller, states, { now, until }),
    cases: cases.map(({ id, owner, ...row }) => ({ ...row, case: id, owner: refTo(caller.people, owner) })),
    prepare: await visitsAhead(store, { owner: me, pipelines: visits, from: today, until }),
  };
  return { status: 200, body } as const;
}

function pipelinesOf({ rules }: PlaybookSet, subject: string): readonly string[] {
  return Object.values(rules).flatMap(({ pipeline }) => (pipeline.subject === subject ? [pipeline.pipeline] : []));
}

/** What waits for the caller in their own record and in those of the people they lead. */
function ofPeople(
  set: PlaybookSet,
  caller: Caller,
  states: readonly PersonState[],
  { now, until }: { readonly now: string; readonly until: string },
): Pick<WeekView, 'duties' | 'coaching' | 'findings' | 'goals'> {
  const me = caller.person.person;
  const { people } = caller;
  const parts = states.map((state) => {
    const world = worldAt(set, caller, state.person);
    const whose = { about: refTo(people, state.person) };
    const { duties = [], sessions = [], findings = {}, goals = [] } = state;
    return {
      duties: duties
        .filter(({ done, asked }) => (done?.readers ?? asked).includes(me))
        .map((one) => openDuty(people, state.person, one, now)),
      coaching: sessions
        .filter(({ asked }) => asked.includes(me))
        .map((one) => ({ ...openSession(world, state, one, true), ...whose })),
      findings: Object.entries(findings)
        .filter(([, entry]) => isUnanswered(entry) && entry.asked.includes(me))
        .map((one) => ({ ...makeRepFinding(world, state, one, undefined, true), ...whose })),
      goals: goals
        .filter(({ asked, due_on }) => asked?.includes(me) === true || (state.person === me && due_on <= until))
        .map((one) => ({ ...goalView(world, one, true), ...whose })),
    };
  });
  const duties = parts.flatMap((one) => one.duties);
  return {
    duties: duties.sort((a, b) => ((a.due_at ?? '') < (b.due_at ?? '') ? -1 : 1)),
    coaching: parts.flatMap((one) => one.coaching),
    findings: parts.flatMap((one) => one.findings),
    goals: parts.flatMap((one) => one.goals),
  };
}

export const weekRoutes = [
  route({
    method: 'get',
    path: '/v1/week',
    name: 'myWeek',
    summary: 'My week: duties, coaching, findings, goals, cases and visits that wait for me',
    answers: { 200: { description: 'What waits for whoever asks.', body: weekShape } },
    handle: week,
  }),
];
