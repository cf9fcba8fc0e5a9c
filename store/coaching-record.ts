/** What was said and agreed in somebody's coaching, from their journal: what has ended is in no state any more. */

import type { CoachingEvent } from '../engine/person/coaching/evolve-coaching.ts';
import type { Goal, GoalEnd, Measured, Session } from '../engine/person/coaching/session.ts';
import type { PersonEvent } from '../engine/person/event.ts';
import { evolve } from '../engine/person/evolve.ts';
import type { PersonState } from '../engine/person/state.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';
import { personEvents } from './person-events.ts';

export interface EndedSession {
  readonly session: Session;
  readonly ended_at: Instant;
  readonly how: 'finished' | 'dropped';
}

export interface EndedGoal {
  readonly goal: Goal;
  readonly ended_at: Instant;
  readonly how: GoalEnd;
  readonly measured?: Measured;
  readonly note?: string;
}

/** Why a session was put off, sent back or dropped. */
export interface CoachingReason {
  readonly session: string;
  readonly why: 'postponed' | 'sent_back' | 'dropped';
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
}

export interface CoachingRecord {
  /** The newest first. */
  readonly sessions: readonly EndedSession[];
  readonly goals: readonly EndedGoal[];
  /** Of sessions that are open as well; in the order they were given. */
  readonly reasons: readonly CoachingReason[];
}

const ABOUT = '"event":"(coaching_|step_|turn_passed|goal_|person_left)';

/** Everything that has ended, by living the person's coaching again. Leaving ends what was open: it is in no list. */
export async function coachingRecord(store: Store, person: string): Promise<CoachingRecord> {
  const sessions: EndedSession[] = [];
  const goals: EndedGoal[] = [];
  const reasons: CoachingReason[] = [];
  let state = nobody(person);
  for (const event of await personEvents(store, person, ABOUT)) {
    if (!isCoaching(event)) continue;
    sessions.push(...endedSession(state, event));
    goals.push(...endedGoal(state, event));
    reasons.push(...reasonIn(event));
    state = evolve(state, event);
  }
  return { sessions: sessions.reverse(), goals: goals.reverse(), reasons };
}

/** What holds of coaching needs nothing else of a person. */
function nobody(person: string): PersonState {
  const profile = { name: '', role: '', lang: 'en', active: true } as const;
  return evolve(undefined, { event: 'person_joined', v: 1, at: '', by: '', person, profile });
}

function isCoaching(event: PersonEvent): event is CoachingEvent | (PersonEvent & { event: 'person_left' }) {
  return /^(coaching_|step_|turn_passed|goal_|person_left)/u.test(event.event);
}

const REASONS = {
  coaching_postponed: 'postponed',
  step_sent_back: 'sent_back',
  coaching_dropped: 'dropped',
} as const;

function reasonIn(event: PersonEvent): readonly CoachingReason[] {
  switch (event.event) {
    case 'coaching_postponed':
    case 'step_sent_back':
    case 'coaching_dropped': {
      const { session, by, at, reason } = event;
      return [{ session, why: REASONS[event.event], by, at, reason }];
    }
    default:
      return [];
  }
}

function endedSession({ sessions = [] }: PersonState, event: PersonEvent): readonly EndedSession[] {
  if (event.event !== 'coaching_finished' && event.event !== 'coaching_dropped') return [];
  const how = event.event === 'coaching_finished' ? 'finished' : 'dropped';
  const session = sessions.find((one) => one.session === event.session);
  return session === undefined ? [] : [{ session, ended_at: event.at, how }];
}

function endedGoal({ goals = [] }: PersonState, event: PersonEvent): readonly EndedGoal[] {
  if (event.event !== 'goal_ended') return [];
  const goal = goals.find((one) => one.goal === event.goal);
  if (goal === undefined) return [];
  const { at: ended_at, how, measured, note } = event;
  return [{ goal, ended_at, how, ...(measured !== undefined && { measured }), ...(note !== undefined && { note }) }];
}
