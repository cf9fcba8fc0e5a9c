/** People for `step`. */

import type { PersonCommand } from '../engine/person/command.ts';
import { decide } from '../engine/person/decide.ts';
import { effectsOf } from '../engine/person/effects.ts';
import type { PersonEvent } from '../engine/person/event.ts';
import { evolve } from '../engine/person/evolve.ts';
import { PERSON_SHAPES } from '../engine/person/shapes.ts';
import type { PersonState } from '../engine/person/state.ts';
import { wakeAt } from '../engine/person/wake-at.ts';
import type { PersonWorld } from '../engine/person/world.ts';
import { upcastEvent, upgradeState } from '../engine/shapes.ts';
import type { Decider, PersonRow, Projection, Scene } from './decider.ts';

export const personDecider: Decider<PersonState, PersonCommand, PersonEvent> = {
  kind: 'person',
  noSuch: { code: 'no-such-person', message: { zh: '没有此人', en: 'there is no such person' } },
  // Written by this decider, today or in a release whose shapes are known.
  stateOf: (raw) => upgradeState(PERSON_SHAPES, raw) as unknown as PersonState,
  eventOf: (raw) => upcastEvent(PERSON_SHAPES, raw) as unknown as PersonEvent,
  // The decider looks at the members of a body itself.
  bodyOf: (raw) => raw as PersonCommand,
  wake: { command: 'wake' },
  creates: (body) => body.command === 'join',
  rulesOf: () => undefined,
  decide: (scene, state, envelope) => decide(worldOf(scene), state, envelope),
  evolve,
  effectsOf: (scene, state, event) => effectsOf(worldOf(scene), state, event),
  wakeAt: (scene, state) => wakeAt(worldOf(scene), state),
  project,
};

function worldOf({ id, playbook, people, now }: Scene): PersonWorld {
  return { person: id, ...(playbook === undefined ? {} : { roles: playbook.roles }), people, now };
}

function project(state: PersonState, events: readonly PersonEvent[]): Projection {
  const { person } = state;
  return {
    cases: [],
    people: events.some(isAboutProfile) ? [personRow(state)] : [],
    inbox_items: events.flatMap((event) => {
      if (event.event !== 'message_received') return [];
      const { item, message } = event;
      return [{ person, item, kind: message.kind, case_id: message.case ?? null, message, received_at: event.at }];
    }),
    read_items: events.flatMap((event) =>
      event.event === 'items_read' ? event.items.map((item) => ({ person, item, read_at: event.at })) : [],
    ),
  };
}

function isAboutProfile(event: PersonEvent): boolean {
  return event.event === 'person_joined' || event.event === 'person_changed';
}

function personRow(state: PersonState): PersonRow {
  const { person, name, role, manager = null, region = null, email = null, lang, active } = state;
  return { person, name, role, manager, region, email, lang, active };
}
