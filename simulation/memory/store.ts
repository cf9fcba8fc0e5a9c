/** The store in memory: what PostgreSQL keeps of each entity, and of the installation. */

import type { Effect } from '../../engine/case/effect.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { EntityKind, EntityRef } from '../../engine/entity.ts';
import type { Concerned } from '../../engine/person/world.ts';
import type { PlaybookSet, Rules } from '../../engine/playbook/set.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import type { Projection } from '../../store/decider.ts';
import { type Head, NEW_HEAD } from '../../store/draft.ts';
import type { KeptEntry } from '../../store/journal-entry.ts';

/** A row of the outbox, and what is on its way. */
export interface Outgoing {
  /** The command id at the receiving entity: the same at every attempt. */
  readonly key: string;
  readonly from: EntityRef;
  readonly to: EntityRef;
  readonly effect: Effect;
  /** What the entity is told. */
  readonly body: unknown;
  readonly recorded_at: Instant;
  isDelivered: boolean;
  attempts: number;
  /** Epoch ms. */
  nextAt: number;
}

/** An entity as its row, its journal and its outbox say. */
export interface Kept {
  readonly kind: EntityKind;
  readonly id: string;
  head: Omit<Head<never>, 'state'>;
  /** A decider's own, and by its word plain JSON that nobody changes; at the end of the year it is held against the journal. */
  state: unknown;
  readonly journal: KeptEntry[];
  /** Command id → its journal entry. */
  readonly journalled: Map<string, KeptEntry>;
  outbox: Outgoing[];
}

/** What waits in somebody's inbox and is about something. */
interface OpenItem {
  readonly item: number;
  readonly case_id: string | null;
  readonly subject: string | null;
  readonly on_behalf_of: string | null;
}

export class MemoryStore {
  private readonly inboxes = new Map<string, readonly OpenItem[]>();
  private readonly entities = new Map<string, Kept>();
  private readonly rules = new Map<string, Rules>();
  private current: PlaybookSet | undefined;
  people: People = { version: 0, by_id: {} };

  /** An entity that does not exist is as one whose journal is empty. */
  entity({ kind, id }: EntityRef): Kept {
    const key = `${kind}/${id}`;
    let kept = this.entities.get(key);
    if (kept === undefined) {
      const { state: _none, ...head } = NEW_HEAD;
      kept = { kind, id, head, state: undefined, journal: [], journalled: new Map(), outbox: [] };
      this.entities.set(key, kept);
    }
    return kept;
  }

  all(): Iterable<Kept> {
    return this.entities.values();
  }

  /** What the inbox shows from now on. */
  project({ inbox_items, settled_items }: Projection): void {
    for (const { person, ...item } of inbox_items) this.inboxes.set(person, [...this.openOf(person), item]);
    for (const { person, subject, item: one, before } of settled_items) {
      const isSettled = ({ item, subject: about }: OpenItem): boolean =>
        (subject === undefined || subject === about) &&
        (one === undefined || one === item) &&
        (before === undefined || item < before);
      this.inboxes.set(
        person,
        this.openOf(person).filter((item) => !isSettled(item)),
      );
    }
  }

  private openOf(person: string): readonly OpenItem[] {
    return this.inboxes.get(person) ?? [];
  }

  /** Open cases that may depend on a person, as `store/read-entity.ts` looks them up. */
  concernedBy(person: string): Concerned {
    const owned = [...this.entities.values()].filter(({ kind, state }) => {
      // Of an entity of the kind `case`.
      const one = kind === 'case' ? (state as CaseState | undefined) : undefined;
      if (one === undefined || one.finished) return false;
      const tasks = Object.values(one.tasks).filter((task) => task.done_at === undefined);
      return one.owner === person || tasks.some((task) => task.owner === person);
    });
    const asked = this.openOf(person).filter(({ subject }) => subject !== null);
    const all = [...this.inboxes.values()].flat();
    const represented = all.filter(({ on_behalf_of }) => on_behalf_of === person);
    return { owned: owned.map(({ id }) => id).sort(), asked: casesOf(asked), represented: casesOf(represented) };
  }

  /** Makes the set the current one; cases keep the rules they are pinned to. */
  publish(set: PlaybookSet): void {
    this.current = set;
    for (const rules of Object.values(set.rules)) this.rules.set(rules.hash, rules);
  }

  /** @throws Error before the first publishing */
  get playbook(): PlaybookSet {
    if (this.current === undefined) throw new Error('no playbook is published');
    return this.current;
  }

  /** Those of the current set before all others, as the store reads them. */
  rulesBy(hash: string): Rules | undefined {
    return Object.values(this.playbook.rules).find((rules) => rules.hash === hash) ?? this.rules.get(hash);
  }
}

function casesOf(items: readonly OpenItem[]): readonly string[] {
  return [...new Set(items.flatMap(({ case_id }) => case_id ?? []))].sort();
}
