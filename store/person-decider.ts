/** People for `step`. */

import type { PersonCommand } from '../engine/person/command.ts';
import { decide } from '../engine/person/decide.ts';
import { effectsOf } from '../engine/person/effects.ts';
import type { PersonEvent, PersonEventOf } from '../engine/person/event.ts';
import { evolve } from '../engine/person/evolve.ts';
import { PERSON_PERSONAL } from '../engine/person/personal.ts';
import { PERSON_SHAPES } from '../engine/person/shapes.ts';
import type { PersonState } from '../engine/person/state.ts';
import { wakeAt } from '../engine/person/wake-at.ts';
import type { PersonWorld } from '../engine/person/world.ts';
import { upcastEvent, upgradeState } from '../engine/shapes.ts';
import type { Instant } from '../engine/time/instant.ts';
import {
  type Decider,
  type InboxRow,
  type InboxSettled,
  NO_ROWS,
  type PersonRow,
  type Projection,
  type Scene,
} from './decider.ts';
import { personFigures } from './person-figures.ts';

export const personDecider: Decider<PersonState, PersonCommand, PersonEvent> = {
  kind: 'person',
  personal: PERSON_PERSONAL,
  specsOf: () => () => undefined,
  whose: ({ id }) => ({ person: id, role: 'about' }),
  noSuch: { code: 'no-such-person', message: { zh: '没有此人', en: 'there is no such person' } },
  // Written by this decider, today or in a release whose shapes are known.
  stateOf: (raw) => upgradeState(PERSON_SHAPES, raw) as unknown as PersonState,
  eventOf: (raw) => upcastEvent(PERSON_SHAPES, raw) as unknown as PersonEvent,
  // The decider looks at the members of a body itself.
  bodyOf: (raw) => raw as PersonCommand,
  wake: { command: 'wake' },
  creates: (body) => body.command === 'join',
  around: async (tx, scene, state, { bodies }) => {
    if (state === undefined || scene.playbook === undefined) return {};
    return { figures: await personFigures(tx, scene.playbook, worldOf(scene), state, bodies) };
  },
  movesPeople,
  rulesOf: () => undefined,
  decide: (scene, state, envelope) => decide(worldOf(scene), state, envelope),
  evolve,
  effectsOf: (scene, state, event) => effectsOf(worldOf(scene), state, event),
  effectsAfter: () => [],
  effectsOfRefusal: () => [],
  wakeAt: (scene, state) => wakeAt(worldOf(scene), state),
  project,
};

/** Commands that change who is who. */
const MOVES: ReadonlySet<PersonCommand['command']> = new Set([
  'join',
  'change',
  'set_absence',
  'cancel_absence',
  'leave',
  'return',
]);

/** A digest that is due moves nobody. */
function movesPeople(state: PersonState | undefined, body: PersonCommand | undefined, now: Instant): boolean {
  if (body !== undefined && MOVES.has(body.command)) return true;
  if (state === undefined) return false;
  const isDue = ({ absence, from, until }: PersonState['absences'][number]): boolean =>
    (state.away === absence ? until : from) <= now;
  return (state.leaves !== undefined && state.leaves.at <= now) || state.absences.some(isDue);
}

function worldOf({ id, playbook, people, now, concerned, figures }: Scene): PersonWorld {
  return {
    person: id,
    ...(playbook === undefined
      ? {}
      : {
          roles: playbook.roles,
          calendars: playbook.calendars,
          coaching: playbook.coaching ?? {},
          diagnoses: playbook.rep_diagnoses ?? {},
          rhythms: playbook.rhythms ?? {},
        }),
    people,
    now,
    ...figures,
    ...(concerned === undefined ? {} : { concerned }),
  };
}

function project(state: PersonState, events: readonly PersonEvent[]): Projection {
  const { person } = state;
  const left = events.filter((event) => event.event === 'person_left');
  return {
    ...NO_ROWS,
    people: events.some(({ event }) => ABOUT_PEOPLE.has(event)) ? [personRow(state)] : [],
    inbox_items: events.flatMap((event) => (event.event === 'message_received' ? [inboxRow(person, event)] : [])),
    settled_items: events.flatMap((event) => settledBy(person, event)),
    read_items: events.flatMap((event) =>
      event.event === 'items_read' ? event.items.map((item) => ({ person, item, read_at: event.at })) : [],
    ),
    erasures: events.flatMap((event) =>
      event.event === 'person_erased'
        ? [{ person, requested_at: event.at, written: event.written, quoted: event.quoted }]
        : [],
    ),
    revoked_keys: left.map(({ at }) => ({ person, at })),
  };
}

const ABOUT_PEOPLE: ReadonlySet<PersonEvent['event']> = new Set([
  'person_joined',
  'person_changed',
  'absence_set',
  'absence_cancelled',
  'absence_ended',
  'person_left',
  'person_returned',
  'person_erased',
]);

function inboxRow(person: string, { item, message, at }: PersonEventOf<'message_received'>): InboxRow {
  const { kind, case: case_id = null, subject = null, on_behalf_of = null } = message;
  return { person, item, kind, case_id, message, received_at: at, subject, on_behalf_of };
}

function settledBy(person: string, event: PersonEvent): readonly InboxSettled[] {
  const { at } = event;
  switch (event.event) {
    case 'message_received': {
      const { subject } = event.message;
      return subject === undefined ? [] : [{ person, subject, before: event.item, how: 'replaced', at }];
    }
    case 'subject_settled':
      return [{ person, subject: event.subject, how: event.how, at }];
    case 'items_dismissed':
      return event.items.map((item) => ({ person, item, how: 'dismissed', at }));
    case 'person_left':
    case 'inbox_closed':
      return [{ person, how: 'left', at }];
    default:
      return [];
  }
}

/** Reasons of absences are the person's own: they stay in the state. */
function personRow(state: PersonState): PersonRow {
  const { person, name, role, manager = null, region = null, email = null, lang, active, last_at: since } = state;
  const absences = state.absences.map(({ reason: _reason, ...absence }) => absence);
  return { person, name, role, manager, region, email, lang, active, absences, since };
}
