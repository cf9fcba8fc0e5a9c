/** A case at one moment, together with all that judges it. */

import type { Seen } from '../condition/seen.ts';
import type { Rules } from '../playbook/set.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { personOf } from '../who/reporting-line.ts';
import type { WhoContext } from '../who/who-context.ts';
import { calendarOf, rulesOf } from './rules-of.ts';
import { seenOf } from './seen-of.ts';
import type { CaseState } from './state.ts';
import type { World } from './world.ts';

export interface CaseView {
  readonly world: World;
  readonly rules: Rules;
  readonly calendar: WorkingCalendar;
  readonly state: CaseState;
  /** The moment it is looked at. */
  readonly at: Instant;
}

/** Absent where the rules, the calendar or the very stage of the case are missing from both the pin and the set. */
export function viewOf(world: World, state: CaseState, at: Instant = world.now): CaseView | undefined {
  const rules = rulesOf(world, state);
  const calendar = rules && calendarOf(world, rules);
  if (rules === undefined || calendar === undefined) return undefined;
  const hasStage = rules.pipeline.stages.some((stage) => stage.stage === state.stage);
  return hasStage ? { world, rules, calendar, state, at } : undefined;
}

/** What conditions see of it. */
export function seenIn({ rules, calendar, state, at }: CaseView): Seen {
  return seenOf(rules, calendar, state, { now: at });
}

/** Whom a `who` is settled against. */
export function whoContextOf(view: CaseView): WhoContext {
  return {
    owner: view.state.owner,
    now: view.at,
    roles: view.world.playbook.roles,
    facts: view.rules.pipeline.facts,
    fact: (name) => seenIn(view).fact(name),
  };
}

/** The name people know somebody by. */
export function nameOf({ world }: CaseView, person: string): string {
  return personOf(world.people, person)?.name ?? person;
}
