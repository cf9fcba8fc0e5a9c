/** Applies a person's events to their state. */

import { ERASED } from '../personal.ts';
import type { Instant } from '../time/instant.ts';
import { backFromLeave, evolveCoaching, withoutCoaching } from './coaching/evolve-coaching.ts';
import type { PersonEvent, PersonEventOf, Profile } from './event.ts';
import { evolveFindings, isAboutFindings, withoutFindings } from './findings/evolve-findings.ts';
import { evolveDuties, isAboutDuties, withoutDuties } from './rhythm/evolve-duties.ts';
import type { PersonState, WaitingLine } from './state.ts';

/** Longer digests are not read: the lines beyond this are counted. */
const MOST_TITLES = 40;

/** @throws Error when the first event is not `person_joined`: such a journal is broken. */
export function evolve(state: PersonState | undefined, event: PersonEvent): PersonState {
  if (event.event === 'person_joined') return joined(event);
  if (state === undefined) throw new Error(`\`${event.event}\` before \`person_joined\``);
  return { ...changed(state, event), last_at: event.at };
}

function joined({ person, profile, at }: PersonEventOf<'person_joined'>): PersonState {
  const nothingYet = { absences: [], absences_set: 0, received: 0, waiting: [] };
  return { state_version: 2, person, ...profile, ...nothingYet, last_at: at };
}

function changed(state: PersonState, event: Exclude<PersonEvent, { event: 'person_joined' }>): PersonState {
  switch (event.event) {
    case 'person_changed':
      return withProfile(state, event.profile);
    case 'absence_set': {
      const absences = [...state.absences, event.absence].sort((a, b) => (a.from < b.from ? -1 : 1));
      return { ...state, absences, absences_set: state.absences_set + 1 };
    }
    case 'absence_cancelled':
    case 'absence_ended': {
      const isBack = state.away === event.absence;
      return { ...withoutAbsence(state, event.absence, event.at), ...(isBack && backFromLeave(state, event)) };
    }
    case 'absence_began':
      return { ...state, away: event.absence };
    case 'leave_planned': {
      const { on, leaves_at: at, successor } = event;
      return { ...state, leaves: { on, at, ...(successor !== undefined && { successor }) } };
    }
    case 'leave_cancelled':
      return withoutLeave(state);
    case 'person_left': {
      const { away: _away, ...rest } = withoutDuties(withoutFindings(withoutCoaching(withoutLeave(state))));
      return { ...rest, active: false, absences: [], waiting: [] };
    }
    case 'person_returned':
      return { ...state, active: true };
    case 'person_erased':
      return withoutMail({ ...state, name: ERASED });
    case 'message_received':
      return received(state, event);
    case 'subject_settled':
      return { ...state, waiting: state.waiting.filter(({ subject }) => subject !== event.subject) };
    case 'post_taken':
      return { ...state, in_post_since: event.since };
    // Only measures read it.
    case 'figure_entered':
      return state;
    case 'inbox_closed':
    case 'digest_sent':
      return { ...state, waiting: [] };
    // Who has read it need not be told of it again.
    case 'items_read':
    case 'items_dismissed':
      return { ...state, waiting: state.waiting.filter(({ item }) => !event.items.includes(item)) };
    default:
      if (isAboutFindings(event)) return evolveFindings(state, event);
      return isAboutDuties(event) ? evolveDuties(state, event) : evolveCoaching(state, event);
  }
}

/** What is no part of a profile stays. */
function withProfile(state: PersonState, profile: Profile): PersonState {
  const { manager: _manager, region: _region, email: _email, ...rest } = state;
  return { ...rest, ...profile };
}

function withoutMail(state: PersonState): PersonState {
  const { email: _email, ...rest } = state;
  return rest;
}

function withoutAbsence(state: PersonState, absence: string, at: Instant): PersonState {
  const { away, ...rest } = state;
  const wasAway = away === absence;
  const absences = state.absences.filter((one) => one.absence !== absence);
  return { ...rest, absences, ...(away !== undefined && !wasAway && { away }), ...(wasAway && { back_at: at }) };
}

function withoutLeave(state: PersonState): PersonState {
  const { leaves: _leaves, ...rest } = state;
  return rest;
}

/** A newer message takes the place of an older one about the same. */
function received(state: PersonState, event: PersonEventOf<'message_received'>): PersonState {
  const { item, message, mailed, day, at } = event;
  const others = state.waiting.filter(({ subject }) => subject === undefined || subject !== message.subject);
  const count = state.mailed !== undefined && state.mailed.day === day ? state.mailed.count + 1 : 1;
  return {
    ...state,
    received: item,
    waiting: mailed === 'in_digest' ? [...others, lineOf(event, at, others)] : others,
    ...(mailed === 'now' && day !== undefined && { mailed: { day, count } }),
  };
}

function lineOf(
  { item, message }: PersonEventOf<'message_received'>,
  received_at: string,
  others: readonly WaitingLine[],
): WaitingLine {
  const { subject, title, at_risk } = message;
  const hasRoom = others.filter((line) => line.title !== undefined).length < MOST_TITLES;
  return {
    item,
    received_at,
    ...(subject !== undefined && { subject }),
    ...(hasRoom && { title }),
    ...(at_risk !== undefined && { at_risk }),
  };
}
