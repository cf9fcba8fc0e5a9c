/** Applies events about coaching to a person's state. */

import type { PersonEvent, PersonEventOf } from '../event.ts';
import type { PersonState } from '../state.ts';
import type { Goal, Session } from './session.ts';

export type CoachingEvent = PersonEventOf<
  | 'coaching_opened'
  | 'step_answered'
  | 'step_agreed'
  | 'step_sent_back'
  | 'coaching_postponed'
  | 'coaching_rung_fired'
  | 'turn_passed'
  | 'coaching_shared'
  | 'coaching_finished'
  | 'coaching_dropped'
  | 'goal_agreed'
  | 'goal_due'
  | 'goal_ended'
>;

export function evolveCoaching(state: PersonState, event: CoachingEvent): PersonState {
  switch (event.event) {
    case 'coaching_opened':
      return opened(state, event);
    case 'coaching_finished':
    case 'coaching_dropped':
      return { ...state, sessions: (state.sessions ?? []).filter(({ session }) => session !== event.session) };
    case 'goal_agreed':
      return { ...state, goals: [...(state.goals ?? []), event.goal], goals_agreed: (state.goals_agreed ?? 0) + 1 };
    case 'goal_due':
      return { ...state, goals: (state.goals ?? []).map((one) => asking(one, event)) };
    case 'goal_ended':
      return { ...state, goals: (state.goals ?? []).filter(({ goal }) => goal !== event.goal) };
    default:
      return {
        ...state,
        sessions: (state.sessions ?? []).map((one) => (one.session === event.session ? changed(one, event) : one)),
      };
  }
}

function opened(state: PersonState, event: PersonEventOf<'coaching_opened'>): PersonState {
  const { session, flow, asked, renews, finding, proposed, at } = event;
  const begun: Session = {
    session,
    flow,
    opened_at: at,
    at_step: 0,
    turn_since: at,
    fired: 0,
    asked,
    postponed: 0,
    answers: {},
    ...(renews !== undefined && { renews }),
    ...(finding !== undefined && { finding }),
    ...(proposed !== undefined && { proposed }),
  };
  return { ...state, sessions: [...(state.sessions ?? []), begun], sessions_opened: (state.sessions_opened ?? 0) + 1 };
}

function asking(goal: Goal, { goal: id, asked }: PersonEventOf<'goal_due'>): Goal {
  return goal.goal === id ? { ...goal, asked } : goal;
}

type SessionEvent = Exclude<
  CoachingEvent,
  PersonEventOf<
    'coaching_opened' | 'coaching_finished' | 'coaching_dropped' | 'goal_agreed' | 'goal_due' | 'goal_ended'
  >
>;

function changed(session: Session, event: SessionEvent): Session {
  switch (event.event) {
    case 'step_answered': {
      const { step, by, fields, baseline } = event;
      const answers = { ...session.answers, [step]: { by, fields } };
      return { ...nextTurn(session, event), answers, ...(baseline !== undefined && { baseline }) };
    }
    case 'step_agreed':
      return nextTurn(session, event);
    case 'coaching_shared':
      return { ...session, shared_by: [...new Set([...(session.shared_by ?? []), event.by])] };
    case 'step_sent_back':
      return sentBack(session, event);
    case 'coaching_postponed':
      return { ...session, turn_since: event.until_at, fired: 0, postponed: session.postponed + 1 };
    case 'coaching_rung_fired':
      return { ...session, fired: event.fired };
    case 'turn_passed':
      return { ...session, asked: event.asked };
  }
}

function nextTurn(session: Session, { asked, at }: Pick<PersonEventOf<'step_agreed'>, 'asked' | 'at'>): Session {
  return { ...session, at_step: session.at_step + 1, turn_since: at, fired: 0, asked };
}

/** What was answered from that step on is asked again. */
function sentBack(session: Session, { to, asked, at }: PersonEventOf<'step_sent_back'>): Session {
  const { flow, answers } = session;
  const at_step = flow.steps.findIndex(({ step }) => step === to);
  const before = flow.steps.slice(0, at_step).map(({ step }) => step);
  const kept = Object.fromEntries(Object.entries(answers).filter(([step]) => before.includes(step)));
  const { baseline, ...rest } = session;
  const isBound = Object.values(kept).some(({ fields }) => Object.hasOwn(fields, flow.leaves?.measure?.field ?? ''));
  const again = { at_step, turn_since: at, fired: 0, asked, answers: kept };
  return { ...rest, ...again, ...(isBound && baseline !== undefined && { baseline }) };
}

/** Nobody is hurried while on leave: turns begin anew on the day they are back. */
export function backFromLeave(state: PersonState, { at }: Pick<PersonEvent, 'at'>): Pick<PersonState, 'sessions'> {
  if (state.sessions === undefined) return {};
  return { sessions: state.sessions.map((one) => (one.turn_since < at ? { ...one, turn_since: at, fired: 0 } : one)) };
}

/** Whoever leaves takes no open promise along: what was agreed stays in the journal. */
export function withoutCoaching(state: PersonState): PersonState {
  const { sessions: _sessions, goals: _goals, ...rest } = state;
  return rest;
}
