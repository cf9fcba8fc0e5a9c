/** Which series somebody keeps, and what each of them comes to next. */

import type { Rhythm, Series } from '../../playbook/rhythm.ts';
import { addDuration, compileCalendar, startOfDay, type WorkingCalendar } from '../../time/calendar.ts';
import type { Duration } from '../../time/duration.ts';
import { fromMs, type Instant, toMs } from '../../time/instant.ts';
import { nextAfter, type Occurrence } from '../../time/recurrence.ts';
import { askedFor } from '../coaching/turns.ts';
import { calendarOf } from '../inbox-rules.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import type { Duty } from './duty.ts';

export interface Kept {
  readonly rhythm: Rhythm;
  readonly series: Series;
}

/** By the current playbooks and the current post. */
export function seriesKept({ rhythms = {} }: PersonWorld, { role, active }: PersonState): readonly Kept[] {
  if (!active) return [];
  return Object.values(rhythms)
    .filter(({ applies_to }) => applies_to.includes(role))
    .flatMap((rhythm) => rhythm.duties.map((series) => ({ rhythm, series })));
}

export function dutyCalendar(world: PersonWorld, { role }: PersonState, named: string | undefined): WorkingCalendar {
  const { calendars = {} } = world;
  const own = named !== undefined && Object.hasOwn(calendars, named) ? calendars[named] : undefined;
  return own === undefined ? calendarOf(world, role) : compileCalendar(own);
}

export function askedToDo(world: PersonWorld, { by }: Pick<Duty['rule'], 'by'>): readonly string[] {
  return askedFor(world, by === 'self' ? 'rep' : 'coach');
}

export interface Next extends Occurrence {
  readonly opens_at: Instant;
}

/**
 * What comes after the day up to which a series is accounted for; absent: nothing does, or no longer for somebody who has
 * been in their post so long.
 */
export function nextOf(world: PersonWorld, state: PersonState, { rhythm, series }: Kept): Next | undefined {
  const standing = state.series?.[series.duty];
  if (standing === undefined) return undefined;
  const calendar = dutyCalendar(world, state, rhythm.calendar);
  const next = nextAfter(series.every, series.on_day_off, calendar, standing.through);
  if (next === undefined || isOver(state, series, calendar, next)) return undefined;
  const { opens } = series;
  const opens_at = opens === undefined ? startOfDay(calendar, next.due_on) : latestBefore(calendar, next.due_at, opens);
  return { ...next, opens_at };
}

/** What is only for newcomers is not for those of whom it is not known since when they have their post. */
function isOver(
  { in_post_since: since }: PersonState,
  { for_first: first }: Series,
  calendar: WorkingCalendar,
  next: Occurrence,
) {
  if (first === undefined) return false;
  return since === undefined || next.due_at > addDuration(calendar, startOfDay(calendar, since), first);
}

const YEAR_MS = 366 * 86_400_000;
const MINUTE_MS = 60_000;

/** The latest minute from which the duration does not pass the instant. */
function latestBefore(calendar: WorkingCalendar, until: Instant, duration: Duration): Instant {
  const end = toMs(until);
  let [low, high] = [Math.floor((end - YEAR_MS) / MINUTE_MS), Math.floor(end / MINUTE_MS)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (addDuration(calendar, fromMs(middle * MINUTE_MS), duration) <= until) low = middle;
    else high = middle - 1;
  }
  return fromMs(low * MINUTE_MS);
}

/** Whether the person is away at the instant, by an absence that has been set. */
export function isAwayAt({ absences }: Pick<PersonState, 'absences'>, at: Instant): boolean {
  return absences.some(({ from, until }) => from <= at && at < until);
}

/** Whether the post asks for a series that has not begun, or no longer for one that has. */
export function lacksSeries(rhythms: Readonly<Record<string, Rhythm>>, state: PersonState): boolean {
  const kept = Object.values(rhythms).flatMap(({ applies_to, duties }) =>
    applies_to.includes(state.role) ? duties.map(({ duty }) => duty) : [],
  );
  const begun = Object.keys(state.series ?? {});
  return kept.some((one) => !begun.includes(one)) || begun.some((one) => !kept.includes(one));
}
