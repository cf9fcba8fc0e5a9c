/** How people stand by every measure, beside their team and beside the period before: what diagnoses of people look at. */

import { sql } from 'kysely';
import { MEASURES, type MeasureId, measureOf } from '../engine/measure/catalogue.ts';
import { isZeroWhenNone } from '../engine/measure/measure.ts';
import { daysUpTo, type MeasuredPeriod, measuredPeriod } from '../engine/measure/period.ts';
import { measuredPipelines } from '../engine/measure/pipelines.ts';
import { type RepFigure, type RepStanding, repFacts } from '../engine/measure/rep-facts.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { Value } from '../engine/playbook/value.ts';
import { localDate } from '../engine/time/calendar.ts';
import type { Instant } from '../engine/time/instant.ts';
import { organisationCalendar } from '../engine/time/organisation-calendar.ts';
import { dateOfDay, dayNumber } from '../engine/time/working-year.ts';
import type { People } from '../engine/who/people.ts';
import { type Figure, measure } from './measures.ts';
import type { Store, Tx } from './open-store.ts';

export interface RepStandings {
  /** The days the figures are of. */
  readonly period: MeasuredPeriod;
  /** By person, by the names of `REP_FACTS`. */
  readonly facts: ReadonlyMap<string, Readonly<Record<string, Value>>>;
}

export interface StandingsAsk {
  readonly posts: ReadonlySet<string>;
  readonly now: Instant;
  /** Of this person and of whoever is compared with them; absent: of everybody who holds one of the posts. */
  readonly only?: string;
  /** Absent: the usual days up to the day it is. */
  readonly days?: { readonly from: string; readonly until: string };
}

/** Over the days, and over as many before them. */
export async function repStandings(
  db: Store['db'] | Tx,
  playbook: PlaybookSet,
  people: People,
  { posts, now, only, days: asked }: StandingsAsk,
): Promise<RepStandings> {
  const calendar = organisationCalendar(playbook);
  const today = calendar === undefined ? now.slice(0, 10) : localDate(calendar, now);
  const days = asked ?? daysUpTo(today);
  const earlier = daysUpTo(dateOfDay(dayNumber(days.from) - 1), dayNumber(days.until) - dayNumber(days.from) + 1);
  const period = measuredPeriod(calendar, days.from, days.until);
  const holding = Object.values(people.by_id).filter(({ role, active }) => active && posts.has(role));
  const lead = only === undefined ? undefined : people.by_id[only]?.manager;
  const reps = only === undefined ? holding : holding.filter((one) => one.person === only || one.manager === lead);
  const owners = only === undefined ? {} : { owners: reps.map(({ person }) => person) };
  const ask = { by: 'rep', pipelines: measuredPipelines(playbook), ...owners } as const;
  // Peers of another post count in the team all the same.
  const current = byOwner(await measure(db, { ...ask, ...period }));
  const before = byOwner(
    await measure(db, { ...ask, ...measuredPeriod(calendar, earlier.from, earlier.until), only: OF_PERIODS }),
  );
  const since = await inPostSince(db);
  const facts = new Map<string, Readonly<Record<string, Value>>>();
  const teams = groupedBy(reps, ({ manager = '' }) => manager);
  for (const [manager, members] of teams) {
    const peers = manager === '' ? [] : members.map(({ person }) => person);
    const middles = middlesOf(peers, current);
    for (const { person, role } of members) {
      const standings: Partial<Record<MeasureId, RepStanding>> = {};
      for (const { measure: id } of MEASURES) {
        const own = figureOf(current, person, id);
        const team = own && middles.get(`${id} ${own.currency ?? ''}`);
        const past = OF_PERIODS.includes(id) ? figureOf(before, person, id) : undefined;
        standings[id] = {
          ...(own !== undefined && { own }),
          ...(team !== undefined && { team }),
          ...(past !== undefined && { before: past }),
        };
      }
      const from = since.get(`${person} ${role}`);
      const inPost = from === undefined ? undefined : Math.floor((Date.parse(now) - Date.parse(from)) / 86_400_000);
      facts.set(person, repFacts(standings, inPost));
    }
  }
  return { period, facts };
}

/** What stands as it does now has no period before. */
const OF_PERIODS: readonly MeasureId[] = MEASURES.flatMap((one) => (one.of === 'period' ? [one.measure] : []));

type Figures = ReadonlyMap<string, readonly Figure[]>;

function byOwner(figures: readonly Figure[]): Figures {
  return groupedBy(figures, ({ owner = '' }) => owner);
}

function groupedBy<T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** Of amounts in several currencies, the one most cases are in. */
function figureOf(figures: Figures, person: string, id: MeasureId): RepFigure | undefined {
  const [most] = (figures.get(person) ?? []).filter((one) => one.measure === id).sort((a, b) => b.n - a.n);
  if (most !== undefined && most.value !== null) {
    const { value, n, currency } = most;
    return { value, n, ...(currency !== undefined && { currency }) };
  }
  return isZeroWhenNone(measureOf(id)) ? { value: 0, n: 0 } : undefined;
}

/** By measure and currency: the lower of the two in the middle where they are even in number. */
function middlesOf(peers: readonly string[], figures: Figures): ReadonlyMap<string, number> {
  const values = new Map<string, number[]>();
  for (const person of peers) {
    for (const { measure: id } of MEASURES) {
      const figure = figureOf(figures, person, id);
      if (figure === undefined) continue;
      const key = `${id} ${figure.currency ?? ''}`;
      values.set(key, [...(values.get(key) ?? []), figure.value]);
    }
  }
  const middles = [...values].map(([key, all]): [string, number] => {
    const sorted = all.sort((a, b) => a - b);
    return [key, sorted[Math.floor((sorted.length - 1) / 2)] ?? 0];
  });
  return new Map(middles);
}

/** By person and post: since which day they have it, where that is known; else since when Playrail has known them in it. */
async function inPostSince(db: Store['db'] | Tx): Promise<ReadonlyMap<string, Instant>> {
  const { rows } = await sql<{ person: string; role: string; since: string }>`
    select p.person, p.role, coalesce(max(e.state ->> 'in_post_since') || 'T00:00:00.000Z',
      to_char(min(p.since) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as since
    from people p left join entities e on e.kind = 'person' and e.id = p.person and e.state ->> 'role' = p.role
    group by 1, 2`.execute(db);
  return new Map(rows.map(({ person, role, since }) => [`${person} ${role}`, since]));
}
