/** What `step` needs of a decider, so that cases and people are stepped by the same code. */

import type { Selectable } from 'kysely';
import type { CommandEnvelope } from '../engine/case/command.ts';
import type { Effect } from '../engine/case/effect.ts';
import type { Outcome, Reason } from '../engine/case/outcome.ts';
import type { SameCustomer } from '../engine/case/world.ts';
import type { EntityKind } from '../engine/entity.ts';
import type { Settlement } from '../engine/person/settlement.ts';
import type { Concerned, PersonWorld } from '../engine/person/world.ts';
import type { PersonalPaths, SpecOf } from '../engine/personal.ts';
import type { PlaybookSet, Rules } from '../engine/playbook/set.ts';
import type { Text } from '../engine/playbook/text.ts';
import type { FileValue } from '../engine/playbook/value.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Absence, People } from '../engine/who/people.ts';
import type { RawBody } from './check-sent.ts';
import type { Tx } from './open-store.ts';
import type { CasesTable, InboxItemsTable, PeopleTable } from './schema.ts';

/** All that a decision in the store may know besides the state and the command. */
export interface Scene {
  readonly id: string;
  readonly playbook: PlaybookSet | undefined;
  /** The rules the entity is pinned to. */
  readonly rules: Rules | undefined;
  readonly people: People;
  /** Files of the case that commands of this step may name, by hash; absent: none. */
  readonly files?: Readonly<Record<string, FileValue>>;
  /** Open cases of the same customer; absent where no command of this step looks around. */
  readonly same_customer?: readonly SameCustomer[];
  readonly now: Instant;
  /** What coaching of a person looks up beside it; absent where no command of this step asks. */
  readonly figures?: Pick<PersonWorld, 'baselines' | 'owners' | 'outcomes'>;
  /** Open cases that a person concerns; absent where they were not looked up. */
  readonly concerned?: Concerned;
  /** What texts kept apart are salted with; absent: chance. Only where a life is to be lived again the same is it anything else. */
  readonly newSalt?: () => string;
}

/** A row of `people` before it has its version. */
export type PersonRow = Omit<PeopleTable, 'version' | 'until_version' | 'absences'> & {
  readonly absences: readonly Absence[];
};

/** A row of the inbox as it comes in. */
export type InboxRow = Omit<InboxItemsTable, 'message' | 'read_at' | 'settled_at' | 'settled_how'> & {
  readonly message: unknown;
};

/** Open items of a person that are settled: those about a subject, one of them, those before one, or all. */
export interface InboxSettled {
  readonly person: string;
  readonly subject?: string;
  readonly item?: number;
  readonly before?: number;
  readonly how: Settlement;
  readonly at: Instant;
}

/** What lists and screens read, kept in the same transaction as the state it is made from. */
export interface Projection {
  readonly cases: readonly Selectable<CasesTable>[];
  readonly people: readonly PersonRow[];
  readonly inbox_items: readonly InboxRow[];
  /** In order, after the items that come in. */
  readonly settled_items: readonly InboxSettled[];
  readonly read_items: readonly { readonly person: string; readonly item: number; readonly read_at: Instant }[];
  /** People whose keys are revoked. */
  readonly revoked_keys: readonly { readonly person: string; readonly at: Instant }[];
  /** Whose texts are to be erased, and how far that reaches. */
  readonly erasures: readonly Wish[];
}

export const NO_ROWS: Projection = {
  cases: [],
  people: [],
  inbox_items: [],
  settled_items: [],
  read_items: [],
  revoked_keys: [],
  erasures: [],
};

export interface Wish {
  readonly person: string;
  readonly requested_at: Instant;
  readonly written: boolean;
  readonly quoted: boolean;
}

/** Whose words the texts of an entry are, or whom they are about. */
export interface Whose {
  readonly person: string;
  readonly role: 'about' | 'written';
}

export interface Decider<S, C, E> {
  readonly kind: EntityKind;
  /** Where personal texts stand in its commands, events and reasons. */
  readonly personal: PersonalPaths;
  /** The types that the scene's rules give to values. */
  specsOf(scene: Scene): SpecOf;
  /** Absent: nobody's, so that its texts stay in the chained entry. */
  whose(scene: Scene, actor: string, body: C): Whose | undefined;
  /** Said when the entity does not exist and the command does not make it. */
  readonly noSuch: { readonly code: string; readonly message: Text };
  /** A kept state in today's shape. @throws NewerShape when a newer Playrail wrote it. */
  stateOf(raw: unknown): S;
  /** A journalled event in today's shape. @throws NewerShape when a newer Playrail wrote it. */
  eventOf(raw: unknown): E;
  bodyOf(raw: RawBody): C;
  readonly wake: C;
  creates(body: C): boolean;
  /** What these commands name or look at beside the entity; absent: nothing ever. @param texts the same as JSON */
  around?(
    tx: Tx,
    scene: Scene,
    state: S | undefined,
    sent: { readonly bodies: readonly C[]; readonly texts: readonly string[] },
  ): Promise<Pick<Scene, 'files' | 'same_customer' | 'figures'>>;
  /**
   * Whether the command, or (without one) what is due at `now`, may change who is who: then other such changes wait, and
   * the cases it may concern are looked up.
   */
  movesPeople(state: S | undefined, body: C | undefined, now: Instant): boolean;
  rulesOf(state: S): string | undefined;
  decide(scene: Scene, state: S | undefined, envelope: CommandEnvelope<C>): Outcome<E>;
  evolve(state: S | undefined, event: E): S;
  /** `state` is the state after the event. */
  effectsOf(scene: Scene, state: S, event: E): readonly Effect[];
  /** What follows once from all events of a decision together; `state` is the state after the last. */
  effectsAfter(scene: Scene, state: S, events: readonly E[]): readonly Effect[];
  /** What a refusal has to say to other entities; `state` absent: the entity is not there. */
  effectsOfRefusal(scene: Scene, state: S | undefined, body: C, reasons: readonly Reason[]): readonly Effect[];
  wakeAt(scene: Scene, state: S): Instant | undefined;
  /** Rows for the entity after these events. */
  project(state: S, events: readonly E[]): Projection;
}
