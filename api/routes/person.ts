/** `/v1/people/{id}`: one person, how they stood before, and the commands that change where they stand. */

import { z } from 'zod';
import type { Reason } from '../../engine/case/outcome.ts';
import {
  cancelAbsenceSchema,
  changeSchema,
  eraseSchema,
  leaveSchema,
  returnSchema,
  setAbsenceSchema,
} from '../../engine/person/command-schema.ts';
import { mayAdminister } from '../../engine/person/rights.ts';
import { isAbove } from '../../engine/who/reporting-line.ts';
import { standInsOf, standsInFor } from '../../engine/who/substitutes.ts';
import { countTexts, erasureOf } from '../../store/erase/erase-person.ts';
import { STAYS } from '../../store/erase/what-stays.ts';
import { burdenOf, personState, versionsOf } from '../../store/read-person.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { currentSet } from '../published-set.ts';
import { route } from '../route.ts';
import { entryNumber } from '../views/accepted-answer.ts';
import { erasureShape } from '../views/erasure-view.ts';
import { type PersonDetail, personDetailShape, personVersionShape } from '../views/person-view.ts';
import { reasonShape, reasonView } from '../views/reason-view.ts';

import { idOf, limit } from '../wire/query.ts';
import { list } from '../wire/shapes.ts';

interface Asked {
  readonly params: { readonly id: string };
  readonly caller: Caller;
}

function notFound(id: string): ApiProblem {
  const message = { zh: `没有人员 \`${id}\``, en: `there is no person \`${id}\`` };
  return new ApiProblem('not-found', message, { problems: [{ code: 'no-such-person', path: '', message }] });
}

async function show({ store }: ApiDeps, { params: { id }, caller }: Asked) {
  const [current] = await versionsOf(store, id, 1);
  const state = await personState(store, id);
  if (current === undefined || state === undefined) throw notFound(id);
  const now = new Date().toISOString();
  const { people } = caller;
  const maySeeReasons = await isTrusted(store, caller, id);
  const standIns = standInsOf(people, id, now);
  const { leaves } = state;
  const absences = state.absences.filter(({ until }) => until > now);
  const body: PersonDetail = {
    ...current,
    absences: absences.map(({ reason, ...one }) => ({
      ...one,
      ...(maySeeReasons && reason !== undefined && { reason }),
    })),
    away: absences.some(({ from }) => from <= now),
    stand_ins: standIns,
    stands_in_for: standsInFor(people, id, now),
    ...(leaves !== undefined && {
      leaves: { on: leaves.on, ...(leaves.successor !== undefined && { successor: leaves.successor }) },
    }),
    ...(await burdenOf(store, id)),
  };
  return { status: 200, body } as const;
}

/** Why somebody is away is told to them, to those above them, and to administrators. */
async function isTrusted(store: ApiDeps['store'], { person, people }: Caller, id: string): Promise<boolean> {
  if (person.person === id || isAbove(people, person.person, id)) return true;
  const set = await currentSet(store);
  const world = { person: id, people, now: '', ...(set !== undefined && { roles: set.roles }) };
  return mayAdminister(world, person.person);
}

const historyQuery = z.strictObject({ limit });

async function history(
  { store }: ApiDeps,
  { params: { id }, query }: Asked & { readonly query: { readonly limit: number } },
) {
  const items = await versionsOf(store, id, query.limit);
  if (items.length === 0) throw notFound(id);
  return { status: 200, body: { items } } as const;
}

const commandBody = z.discriminatedUnion('command', [
  changeSchema,
  setAbsenceSchema,
  cancelAbsenceSchema,
  leaveSchema,
  returnSchema,
  eraseSchema,
]);

interface Sent extends Asked {
  readonly body: z.output<typeof commandBody>;
  readonly key: string;
}

async function command({ entities, log }: ApiDeps, { params: { id }, body, key, caller }: Sent) {
  const sent = { id: key, actor: caller.person.person, body, sent_at: new Date().toISOString() };
  const wording = { people: caller.people, titles: undefined };
  const reply = acceptedOrProblem(await entities.send('person', id, sent), { id: key, wording, log });
  // Made by the person's decider, whose types the contract does not import.
  const warnings = reply.warnings as readonly Reason[];
  const answer = { outcome: reply.outcome, person: id, entry: reply.entry } as const;
  return { status: 200, body: { ...answer, warnings: warnings.map((one) => reasonView(one, wording)) } } as const;
}

async function showErasure({ store }: ApiDeps, { params: { id } }: Asked) {
  const state = await personState(store, id);
  if (state === undefined) throw notFound(id);
  const asked = await erasureOf(store, id);
  const body = { person: id, has_left: !state.active, found: await countTexts(store, id), ...asked, stays: STAYS };
  return { status: 200, body } as const;
}

const params = z.strictObject({ id: idOf('the person') });

export const personRoutes = [
  route({
    method: 'get',
    path: '/v1/people/{id}',
    name: 'showPerson',
    summary: 'One person: post, absences, who steps in, what they have on their hands',
    params,
    problems: ['not-found'],
    answers: { 200: { description: 'The person.', body: personDetailShape } },
    handle: show,
  }),
  route({
    method: 'get',
    path: '/v1/people/{id}/history',
    name: 'personHistory',
    summary: 'How somebody stood before, newest first',
    description: 'Journal entries name the version of people that they were decided by.',
    params,
    query: historyQuery,
    problems: ['not-found'],
    answers: { 200: { description: 'Their versions.', body: z.strictObject({ items: list(personVersionShape) }) } },
    handle: history,
  }),
  route({
    method: 'get',
    path: '/v1/people/{id}/erasure',
    name: 'showErasure',
    summary: 'What erasing somebody would find, how far an erasure has come, what stays and why',
    right: 'administer',
    params,
    problems: ['not-found'],
    answers: { 200: { description: 'As of now.', body: erasureShape } },
    handle: showErasure,
  }),
  route({
    method: 'post',
    path: '/v1/people/{id}/commands',
    name: 'commandPerson',
    summary: 'Change a profile, set or cancel an absence, have somebody leave or return, erase what is known of them',
    params,
    body: commandBody,
    isCommand: true,
    answers: {
      200: {
        description: 'It is done.',
        body: z.strictObject({
          outcome: z.literal('accepted'),
          person: z.string(),
          entry: entryNumber,
          warnings: list(reasonShape).meta({ description: 'What it leaves for others to settle.' }),
        }),
      },
    },
    handle: command,
  }),
];
