/** What decisions about a person's coaching look up beside it: how they and their team stand, what goals have come to, whose a case is. */

import { sql } from 'kysely';
import { type MeasureId, measureOf } from '../engine/measure/catalogue.ts';
import { isZeroWhenNone } from '../engine/measure/measure.ts';
import { daysUpTo, measuredPeriod } from '../engine/measure/period.ts';
import { measuredPipelines } from '../engine/measure/pipelines.ts';
import { shownValue } from '../engine/measure/shown.ts';
import { measureNamed } from '../engine/person/coaching/goals.ts';
import type { Baseline, Goal, Measured } from '../engine/person/coaching/session.ts';
import { stepOf } from '../engine/person/coaching/turns.ts';
import type { PersonCommand, PersonCommandOf } from '../engine/person/command.ts';
import { calendarOf } from '../engine/person/inbox-rules.ts';
import type { Duty } from '../engine/person/rhythm/duty.ts';
import { missedAt } from '../engine/person/rhythm/turn-series.ts';
import type { PersonState } from '../engine/person/state.ts';
import type { PersonWorld } from '../engine/person/world.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { Value } from '../engine/playbook/value.ts';
import { localDate } from '../engine/time/calendar.ts';
import type { Instant } from '../engine/time/instant.ts';
import { type Figure, measure } from './measures.ts';
import type { Store, Tx } from './open-store.ts';
import { repStandings } from './rep-standings.ts';

export type PersonFigures = Pick<PersonWorld, 'baselines' | 'owners' | 'outcomes' | 'period_facts'>;

/** Nothing is looked up that no command of the step names and no goal's day asks for. */
export async function personFigures(
  tx: Tx,
  playbook: PlaybookSet,
  world: PersonWorld,
  state: PersonState,
  bodies: readonly PersonCommand[],
): Promise<PersonFigures> {
  const answers = bodies.filter((body) => body.command === 'answer_step');
  const named = answers.flatMap((body) => measuresIn(state, body));
  const now = state.last_at > world.now ? state.last_at : world.now;
  const due = (state.goals ?? []).filter(({ due_at, asked }) => asked === undefined && due_at <= now);
  const pointed = answers.flatMap((body) => pointedIn(state, body));
  const ending = endingDuties(world, state, bodies, now);
  return {
    ...(ending.length > 0 && { period_facts: await factsOfPeriods(tx, playbook, world, state, ending) }),
    ...(named.length > 0 && { baselines: await baselinesOf(tx, playbook, world, state, named) }),
    ...(due.length > 0 && { outcomes: await outcomesOf(tx, playbook, world, state, due) }),
    ...(pointed.length > 0 && { owners: await ownersOf(tx, pointed) }),
  };
}

/** Those that ask for the measures of their days, and end by one of the commands or by now. */
function endingDuties(
  world: PersonWorld,
  state: PersonState,
  bodies: readonly PersonCommand[],
  now: Instant,
): readonly Duty[] {
  const done = bodies.flatMap((body) => (body.command === 'do_duty' ? [body.duty] : []));
  const asking = (state.duties ?? []).filter((duty) => duty.rule.short !== undefined && duty.done === undefined);
  return asking.filter((duty) => done.includes(duty.id) || missedAt(world, state, duty) <= now);
}

async function factsOfPeriods(
  tx: Tx,
  playbook: PlaybookSet,
  world: PersonWorld,
  state: PersonState,
  duties: readonly Duty[],
): Promise<NonNullable<PersonWorld['period_facts']>> {
  const facts: Record<string, Readonly<Record<string, Value>>> = {};
  for (const { id, from, until } of duties) {
    const ask = { posts: new Set([state.role]), now: world.now, only: world.person, days: { from, until } };
    const standings = await repStandings(tx, playbook, world.people, ask);
    facts[id] = standings.facts.get(world.person) ?? {};
  }
  return facts;
}

function sessionOf({ sessions = [] }: PersonState, { session }: PersonCommandOf<'answer_step'>) {
  return sessions.find((one) => one.session === session);
}

function fieldOf({ fields }: PersonCommandOf<'answer_step'>, name: string | undefined): unknown {
  if (name === undefined || typeof fields !== 'object' || fields === null) return undefined;
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function measuresIn(state: PersonState, body: PersonCommandOf<'answer_step'>): readonly MeasureId[] {
  const session = sessionOf(state, body);
  const field = session?.flow.leaves?.measure?.field;
  if (session === undefined || !stepOf(session).fields.some((one) => one.field === field)) return [];
  const written = fieldOf(body, field) ?? session.proposed?.[field ?? ''];
  const found = typeof written === 'string' ? measureNamed(written) : undefined;
  return found === undefined ? [] : [found];
}

function pointedIn(state: PersonState, body: PersonCommandOf<'answer_step'>): readonly string[] {
  const session = sessionOf(state, body);
  const written = session && fieldOf(body, stepOf(session).points_at);
  return typeof written === 'string' ? [written.trim()] : [];
}

async function ownersOf(tx: Tx, ids: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ id: string; owner: string }>`
    select id, owner from cases where id = any(${[...ids]}::text[])`.execute(tx);
  return Object.fromEntries(rows.map(({ id, owner }) => [id, owner]));
}

/** Everybody who reports to the same manager; alone where there is none. */
export function teamAround({ people, person }: Pick<PersonWorld, 'people' | 'person'>): readonly string[] {
  const { manager } = people.by_id[person] ?? {};
  const peers = Object.values(people.by_id).filter((one) => manager !== undefined && one.manager === manager);
  return [...new Set([person, ...peers.map((one) => one.person)])];
}

async function baselinesOf(
  tx: Tx,
  playbook: PlaybookSet,
  world: PersonWorld,
  state: PersonState,
  named: readonly MeasureId[],
): Promise<Readonly<Record<string, Baseline>>> {
  const today = localDate(calendarOf(world, state.role), world.now);
  const days = daysUpTo(today);
  const found = await figuresOf(tx, playbook, world, state, teamAround(world), days, named);
  const baselines = new Map<string, Baseline>();
  for (const id of named) {
    const own = ownOf(found, id, world.person, days);
    if (own === undefined) continue;
    const all = found
      .filter(({ measure: of, currency }) => of === id && currency === own.currency)
      .flatMap(({ value }) => (value === null ? [] : [shownValue(id, value)]))
      .sort((a, b) => a - b);
    const [low = own.value] = all;
    const middle = all[Math.floor((all.length - 1) / 2)] ?? own.value;
    baselines.set(id, { measure: id, own, team: { low, middle, high: all.at(-1) ?? own.value, n: all.length } });
  }
  return Object.fromEntries(baselines);
}

/** Each over the days from when it was agreed to its own last. */
async function outcomesOf(
  tx: Tx,
  playbook: PlaybookSet,
  world: PersonWorld,
  state: PersonState,
  due: readonly Goal[],
): Promise<Readonly<Record<string, Measured>>> {
  const outcomes: Record<string, Measured> = {};
  for (const goal of due) {
    if (goal.measure === undefined) continue;
    const measured = await measuredFor(tx, playbook, world, state, goal, goal.due_on);
    if (measured !== undefined) outcomes[goal.goal] = measured;
  }
  return outcomes;
}

/** How a goal stands on a day of its own. */
export async function measuredFor(
  db: Store['db'] | Tx,
  playbook: PlaybookSet,
  world: PersonWorld,
  state: PersonState,
  { measure: bound, agreed_on: from }: Goal,
  until: string,
): Promise<Measured | undefined> {
  if (bound === undefined) return undefined;
  const days = { from, until };
  const found = await figuresOf(db, playbook, world, state, [world.person], days, [bound.measure]);
  return ownOf(found, bound.measure, world.person, days, bound.baseline.currency);
}

async function figuresOf(
  db: Store['db'] | Tx,
  playbook: PlaybookSet,
  world: PersonWorld,
  state: PersonState,
  owners: readonly string[],
  { from, until }: { readonly from: string; readonly until: string },
  only: readonly MeasureId[],
): Promise<readonly Figure[]> {
  const period = measuredPeriod(calendarOf(world, state.role), from, until);
  return measure(db, { by: 'rep', pipelines: measuredPipelines(playbook), owners, only, ...period });
}

/** Counts that found nothing found none; of the rest nothing can be said. Of amounts in several currencies, the one most deals are in. */
function ownOf(
  found: readonly Figure[],
  id: MeasureId,
  owner: string,
  days: { readonly from: string; readonly until: string },
  currency?: string,
): Measured | undefined {
  const own = found
    .filter((one) => one.measure === id && one.owner === owner && (currency === undefined || one.currency === currency))
    .sort((a, b) => b.n - a.n)[0];
  if (own !== undefined && own.value !== null) {
    const { n, value, currency: in_ } = own;
    return { value: shownValue(id, value), n, ...days, ...(in_ !== undefined && { currency: in_ }) };
  }
  return isZeroWhenNone(measureOf(id)) ? { value: 0, n: 0, ...days } : undefined;
}
