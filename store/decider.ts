/** What `step` needs of a decider, so that cases and people are stepped by the same code. */

import type { CommandEnvelope } from '../engine/case/command.ts';
import type { Effect } from '../engine/case/effect.ts';
import type { Outcome } from '../engine/case/outcome.ts';
import type { EntityKind } from '../engine/entity.ts';
import type { PlaybookSet, Rules } from '../engine/playbook/set.ts';
import type { Text } from '../engine/playbook/text.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { People } from '../engine/who/people.ts';
import type { RawBody } from './check-sent.ts';
import type { CasesTable, InboxItemsTable, PeopleTable } from './schema.ts';

/** All that a decision in the store may know besides the state and the command. */
export interface Scene {
  readonly id: string;
  readonly playbook: PlaybookSet | undefined;
  /** The rules the entity is pinned to. */
  readonly rules: Rules | undefined;
  readonly people: People;
  readonly now: Instant;
}

/** A row of `people` before it has its version. */
export type PersonRow = Omit<PeopleTable, 'version' | 'until_version'>;

/** What lists and screens read, kept in the same transaction as the state it is made from. */
export interface Projection {
  readonly cases: readonly CasesTable[];
  readonly people: readonly PersonRow[];
  readonly inbox_items: readonly (Omit<InboxItemsTable, 'message' | 'read_at'> & { readonly message: unknown })[];
  readonly read_items: readonly { readonly person: string; readonly item: number; readonly read_at: Instant }[];
}

export interface Decider<S, C, E> {
  readonly kind: EntityKind;
  /** Said when the entity does not exist and the command does not make it. */
  readonly noSuch: { readonly code: string; readonly message: Text };
  /** A kept state in today's shape. @throws NewerShape when a newer Playrail wrote it. */
  stateOf(raw: unknown): S;
  /** A journalled event in today's shape. @throws NewerShape when a newer Playrail wrote it. */
  eventOf(raw: unknown): E;
  bodyOf(raw: RawBody): C;
  readonly wake: C;
  creates(body: C): boolean;
  rulesOf(state: S): string | undefined;
  decide(scene: Scene, state: S | undefined, envelope: CommandEnvelope<C>): Outcome<E>;
  evolve(state: S | undefined, event: E): S;
  /** `state` is the state after the event. */
  effectsOf(scene: Scene, state: S, event: E): readonly Effect[];
  wakeAt(scene: Scene, state: S): Instant | undefined;
  /** Rows for the entity after these events. */
  project(state: S, events: readonly E[]): Projection;
}
