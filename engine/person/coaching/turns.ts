/** Whose turn a session is, until when, and what waiting brings. */

import { type DueRung, rungsFrom } from '../../parts/waiting.ts';
import type { Coaching, CoachingSide, CoachingStep } from '../../playbook/coaching.ts';
import type { Roles } from '../../playbook/roles.ts';
import type { WaitingRung } from '../../playbook/waiting-rung.ts';
import type { Who } from '../../playbook/who.ts';
import { compileCalendar, type WorkingCalendar } from '../../time/calendar.ts';
import type { Instant } from '../../time/instant.ts';
import { personOf } from '../../who/reporting-line.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import type { WhoContext } from '../../who/who-context.ts';
import { calendarOf } from '../inbox-rules.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import type { Session } from './session.ts';

/** Whoever coaches somebody is whom they report to, now: with the person a session goes to another manager. */
const COACH: Who = { kind: 'manager' };

/** Before a first set is published there are no posts, and no flows either. */
const NO_ROLES: Roles = { roles: '', posts: [], at: { file: '', line: 1, col: 1 } };

export function whoContext({ person, roles = NO_ROLES, now }: PersonWorld): WhoContext {
  return { owner: person, now, roles, facts: {}, fact: () => undefined };
}

export function stepOf({ flow, at_step }: Pick<Session, 'flow' | 'at_step'>): CoachingStep {
  const step = flow.steps[at_step];
  if (step === undefined) throw new Error(`the flow ${flow.coaching} has no step ${at_step}`);
  return step;
}

/** Who is asked at a turn; in the place of a manager who is away steps their substitute, in that of the rep nobody. */
export function askedFor(world: PersonWorld, by: CoachingSide): readonly string[] {
  const coaches = by === 'rep' ? [] : resolveWho(world.people, COACH, whoContext(world));
  const rep = by === 'coach' ? [] : [world.person];
  return [...new Set([...rep, ...coaches])].sort();
}

/** The rep's answers and agreement are the rep's own act: nobody gives them in their place. */
export function isTurnOf(world: PersonWorld, by: CoachingSide, actor: string): boolean {
  if (personOf(world.people, actor)?.active !== true) return false;
  const isRep = by !== 'coach' && actor === world.person;
  return isRep || (by !== 'rep' && mayCoach(world, actor));
}

/** Whom the person reports to, and who is asked while that one is away; nobody further up, who sees only that it happens. */
export function mayCoach(world: PersonWorld, actor: string): boolean {
  if (actor === world.person) return false;
  return personOf(world.people, world.person)?.manager === actor || askedFor(world, 'coach').includes(actor);
}

export function flowCalendar(world: PersonWorld, state: PersonState, flow: Coaching): WorkingCalendar {
  const calendars = world.calendars ?? {};
  const own = Object.hasOwn(calendars, flow.calendar) ? calendars[flow.calendar] : undefined;
  return own === undefined ? calendarOf(world, state.role) : compileCalendar(own);
}

/** The end of the time to answer is a rung too. */
export function duesOf(world: PersonWorld, state: PersonState, session: Session): readonly DueRung[] {
  const { within, rungs, at } = stepOf(session);
  const calendar = flowCalendar(world, state, session.flow);
  const all: readonly WaitingRung[] = [{ after: within, remind: true, notify: [], at }, ...rungs];
  return rungsFrom(calendar, session.turn_since, all);
}

/** When coaching next does something by itself. Nothing waits for somebody on leave: their turns begin anew when they are back. */
export function coachingWakeAt(world: PersonWorld, state: PersonState): Instant | undefined {
  if (!state.active) return undefined;
  const turns = state.away === undefined ? (state.sessions ?? []) : [];
  const times = turns.flatMap((session) => duesOf(world, state, session)[session.fired]?.at ?? []);
  const goals = (state.goals ?? []).flatMap(({ due_at, asked }) => (asked === undefined ? [due_at] : []));
  return [...times, ...goals].sort()[0];
}
