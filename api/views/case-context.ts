/** Everything needed to show one case: its state, the rules it is pinned to, people, and the time. */

import type { CaseState } from '../../engine/case/state.ts';
import type { World } from '../../engine/case/world.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import { compileCalendar, type WorkingCalendar, workingMsBetween } from '../../engine/time/calendar.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import type { PersonRef } from './case-row.ts';
import { type Titles, titlesOf } from './titles.ts';

export interface CaseContext {
  readonly state: CaseState;
  readonly world: World;
  readonly rules: Rules;
  readonly calendar: WorkingCalendar;
  readonly titles: Titles;
}

/** @throws Error when the current set lacks the calendar that the rules name. */
export function caseContext(state: CaseState, world: World, rules: Rules): CaseContext {
  const calendar = world.playbook.calendars[rules.pipeline.calendar];
  if (calendar === undefined) throw new Error(`no calendar ${rules.pipeline.calendar}`);
  return { state, world, rules, calendar: compileCalendar(calendar), titles: titlesOf(rules) };
}

export function personRef(people: People, person: string): PersonRef {
  return { person, name: people.by_id[person]?.name ?? person };
}

/** Working days between two instants, to one decimal, in days of the calendar's usual length. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  if (to <= from) return 0;
  return Math.round((workingMsBetween(calendar, from, to) / calendar.usualDayMs) * 10) / 10;
}
