/** Applies a person's events to their state. */

import type { PersonEvent } from './event.ts';
import type { PersonState } from './state.ts';

/** @throws Error when the first event is not `person_joined`: such a journal is broken. */
export function evolve(state: PersonState | undefined, event: PersonEvent): PersonState {
  if (event.event === 'person_joined') {
    return { state_version: 1, person: event.person, ...event.profile, received: 0, last_at: event.at };
  }
  if (state === undefined) throw new Error(`\`${event.event}\` before \`person_joined\``);
  switch (event.event) {
    case 'person_changed': {
      const { person, received } = state;
      return { state_version: 1, person, ...event.profile, received, last_at: event.at };
    }
    case 'message_received':
      return { ...state, received: event.item, last_at: event.at };
    case 'items_read':
      return { ...state, last_at: event.at };
    default:
      return event satisfies never;
  }
}
