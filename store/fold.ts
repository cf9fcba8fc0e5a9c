/** Folds journalled events into a state, for those who check the one against the other. */

import type { EntityKind } from '../engine/entity.ts';
import { caseDecider } from './case-decider.ts';
import type { Decider } from './decider.ts';
import { personDecider } from './person-decider.ts';

/** `state` and `events` in whatever shape a release kept them; the state after is in today's. @throws Error when they do not fit. */
export function foldOf(kind: EntityKind, state: unknown, events: readonly unknown[]): unknown {
  return kind === 'case' ? fold(caseDecider, state, events) : fold(personDecider, state, events);
}

function fold<S, C, E>(decider: Decider<S, C, E>, state: unknown, events: readonly unknown[]): unknown {
  const before = state === undefined ? undefined : decider.stateOf(state);
  return events.reduce<S | undefined>((current, event) => decider.evolve(current, decider.eventOf(event)), before);
}

/** A kept state in today's shape. @throws NewerShape when a newer Playrail wrote it. */
export function stateOf(kind: EntityKind, raw: unknown): unknown {
  return kind === 'case' ? caseDecider.stateOf(raw) : personDecider.stateOf(raw);
}

/** Journalled events in today's shape. @throws NewerShape when a newer Playrail wrote one. */
export function eventsOf(kind: EntityKind, events: readonly unknown[]): readonly unknown[] {
  return events.map((event) => (kind === 'case' ? caseDecider.eventOf(event) : personDecider.eventOf(event)));
}
