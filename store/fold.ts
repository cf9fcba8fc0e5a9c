/** Folds journalled events into a state, for those who check the one against the other. */

import type { EntityKind } from '../engine/entity.ts';
import { caseDecider } from './case-decider.ts';
import type { Decider } from './decider.ts';
import { personDecider } from './person-decider.ts';

/** `state` and `events` are as the store keeps them. @throws Error when the events do not fit the state. */
export function foldOf(kind: EntityKind, state: unknown, events: readonly unknown[]): unknown {
  return kind === 'case' ? fold(caseDecider, state, events) : fold(personDecider, state, events);
}

function fold<S, C, E>(decider: Decider<S, C, E>, state: unknown, events: readonly unknown[]): unknown {
  const before = state === undefined ? undefined : decider.stateOf(state);
  // Events in a journal whose hashes are right were written by this decider.
  return events.reduce<S | undefined>((current, event) => decider.evolve(current, event as E), before);
}
