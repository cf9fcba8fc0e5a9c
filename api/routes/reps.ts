/** `/v1/reps`: coaching and goals of those one leads, and one's own. */

import { z } from 'zod';
import type { Reason } from '../../engine/case/outcome.ts';
import { calendarOf } from '../../engine/person/inbox-rules.ts';
import { repCommandSchema } from '../../engine/person/rep-schemas.ts';
import type { PersonWorld } from '../../engine/person/world.ts';
import { localDate } from '../../engine/time/calendar.ts';
import { type CoachingReason, coachingRecord } from '../../store/coaching-record.ts';
import { measuredFor } from '../../store/person-figures.ts';
import { statesOf } from '../../store/read-person.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { entryNumber } from '../views/accepted-answer.ts';
import { endedGoal, endedSession, goalView, openSession, repRow } from '../views/make-rep-view.ts';
import { personRef } from '../views/person-ref.ts';
import { reasonShape, reasonView } from '../views/reason-view.ts';
import { type GoalView, goalShape, type RepView, repRowShape, repShape, sessionShape } from '../views/rep-view.ts';
import { isVisible, type RepAsked, type SeenRep, visibleRep, worldAt } from '../visible-rep.ts';
import { idOf } from '../wire/query.ts';
import { list } from '../wire/shapes.ts';

async function reps({ store }: ApiDeps, { caller }: { readonly caller: Caller }) {
  const set = await publishedSet(store);
  const viewer = caller.person.person;
  const managed = new Set(set.roles.posts.flatMap(({ manages }) => manages ?? []));
  const wanted = Object.values(caller.people.by_id).filter(
    ({ person, role, active }) => active && managed.has(role) && isVisible(worldAt(set, caller, person), viewer),
  );
  const states = await statesOf(
    store,
    wanted.map(({ person }) => person),
  );
  const items = states.map((state) => repRow(worldAt(set, caller, state.person), state, viewer));
  return { status: 200, body: { items } } as const;
}

/** With how far each has come, where the caller may see that. */
export async function openGoals({ store }: ApiDeps, { world, state, seesAll }: SeenRep): Promise<GoalView[]> {
  const set = await publishedSet(store);
  const today = localDate(calendarOf(world, state.role), world.now);
  const views: GoalView[] = [];
  for (const goal of state.goals ?? []) {
    const until = goal.due_on < today ? goal.due_on : today;
    const now = seesAll ? await measuredFor(store.db, set, world, state, goal, until) : undefined;
    views.push(goalView(world, goal, seesAll, now));
  }
  return views;
}

async function show(deps: ApiDeps, asked: RepAsked) {
  const found = await visibleRep(deps, asked);
  const { world, state, seesAll } = found;
  const { person, name, role, sessions = [] } = state;
  const { coach } = repRow(world, state, asked.caller.person.person);
  const body: RepView = {
    person,
    name,
    role,
    coach,
    you_see: seesAll ? 'all' : 'that_it_happens',
    sessions: sessions.map((session) => openSession(world, state, session, seesAll)),
    goals: await openGoals(deps, found),
    flows: Object.values(world.coaching ?? {}).map(({ coaching, title }) => ({ coaching, title })),
  };
  return { status: 200, body } as const;
}

async function coaching(deps: ApiDeps, asked: RepAsked) {
  const { world, state, seesAll } = await visibleRep(deps, asked);
  const { sessions, reasons } = await coachingRecord(deps.store, state.person);
  const open = (state.sessions ?? []).map((session) => openSession(world, state, session, seesAll));
  const ended = sessions.map((one) => endedSession(world, one, seesAll));
  // Whoever reads the steps reads why as well.
  const items = [...open, ...ended].map((view) =>
    view.steps === undefined ? view : { ...view, reasons: reasonsOf(world, reasons, view.session) },
  );
  return { status: 200, body: { items } } as const;
}

function reasonsOf({ people }: PersonWorld, all: readonly CoachingReason[], session: string) {
  return all
    .filter((one) => one.session === session)
    .map(({ why, by, at, reason }) => ({ why, by: personRef(people, by), at, reason }));
}

async function goals(deps: ApiDeps, asked: RepAsked) {
  const found = await visibleRep(deps, asked);
  const record = await coachingRecord(deps.store, found.state.person);
  const ended = record.goals.map((one) => endedGoal(one, found.seesAll));
  return { status: 200, body: { items: [...(await openGoals(deps, found)), ...ended] } } as const;
}

interface Sent extends RepAsked {
  readonly body: z.output<typeof repCommandSchema>;
  readonly key: string;
}

async function command(deps: ApiDeps, asked: Sent) {
  const { body, key, caller } = asked;
  const { state } = await visibleRep(deps, asked);
  const sent = { id: key, actor: caller.person.person, body, sent_at: new Date().toISOString() };
  const wording = { people: caller.people, titles: undefined };
  const reply = acceptedOrProblem(await deps.entities.send('person', state.person, sent), {
    id: key,
    wording,
    log: deps.log,
  });
  // Made by the person's decider, whose types the contract does not import.
  const warnings = reply.warnings as readonly Reason[];
  const events = reply.events as readonly { readonly event: string; readonly session?: string }[];
  const opened = events.find(({ session }) => session !== undefined)?.session;
  const answer = {
    outcome: reply.outcome,
    person: state.person,
    entry: reply.entry,
    ...(opened !== undefined && { session: opened }),
    events: events.map(({ event }) => event),
  } as const;
  return { status: 200, body: { ...answer, warnings: warnings.map((one) => reasonView(one, wording)) } } as const;
}

const params = z.strictObject({ id: idOf('the person') });

export const repRoutes = [
  route({
    method: 'get',
    path: '/v1/reps',
    name: 'listReps',
    summary: 'Those one leads, and oneself: coaching under way, goals, where it is one’s turn',
    answers: { 200: { description: 'By id.', body: z.strictObject({ items: list(repRowShape) }) } },
    handle: reps,
  }),
  route({
    method: 'get',
    path: '/v1/reps/{id}',
    name: 'showRep',
    summary: 'One rep: open coaching, goals and how far they have come',
    description: 'Who stands further up than whoever coaches sees that coaching happens, not what was said.',
    params,
    problems: ['not-found'],
    answers: { 200: { description: 'The rep.', body: repShape } },
    handle: show,
  }),
  route({
    method: 'get',
    path: '/v1/reps/{id}/coaching',
    name: 'repCoaching',
    summary: 'Every session there was: open ones first, then the newest that has ended',
    params,
    problems: ['not-found'],
    answers: { 200: { description: 'The sessions.', body: z.strictObject({ items: list(sessionShape) }) } },
    handle: coaching,
  }),
  route({
    method: 'get',
    path: '/v1/reps/{id}/goals',
    name: 'repGoals',
    summary: 'What is agreed, how far it has come, and how earlier goals ended',
    params,
    problems: ['not-found'],
    answers: { 200: { description: 'The goals.', body: z.strictObject({ items: list(goalShape) }) } },
    handle: goals,
  }),
  route({
    method: 'post',
    path: '/v1/reps/{id}/commands',
    name: 'commandRep',
    summary:
      'Coach: begin, answer, agree or send back, put off, drop, judge; answer a finding; enter a figure; do, read or excuse a duty',
    params,
    body: repCommandSchema,
    isCommand: true,
    problems: ['not-found'],
    answers: {
      200: {
        description: 'It is done.',
        body: z.strictObject({
          outcome: z.literal('accepted'),
          person: z.string(),
          entry: entryNumber,
          session: z.string().exactOptional(),
          events: list(z.string()),
          warnings: list(reasonShape),
        }),
      },
    },
    handle: command,
  }),
];
