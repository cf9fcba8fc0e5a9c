/** The store in memory: what PostgreSQL keeps of each entity, and of the installation. */

import type { Effect } from '../../engine/case/effect.ts';
import type { EntityKind, EntityRef } from '../../engine/entity.ts';
import type { PlaybookSet, Rules } from '../../engine/playbook/set.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import { type Head, NEW_HEAD } from '../../store/draft.ts';
import type { KeptEntry } from '../../store/journal-entry.ts';

/** A row of the outbox, and what is on its way. */
export interface Outgoing {
  /** The command id at the receiving entity: the same at every attempt. */
  readonly key: string;
  readonly from: EntityRef;
  readonly to: EntityRef;
  readonly effect: Extract<Effect, { readonly effect: 'message' }>;
  readonly recorded_at: Instant;
  isDelivered: boolean;
  attempts: number;
  /** Epoch ms. */
  nextAt: number;
}

/** An entity as its row, its journal and its outbox say. The state is text, as in the database: nothing is shared with it. */
export interface Kept {
  readonly kind: EntityKind;
  readonly id: string;
  head: Omit<Head<never>, 'state'>;
  state: string | undefined;
  readonly journal: KeptEntry[];
  /** Command id → its journal entry. */
  readonly journalled: Map<string, KeptEntry>;
  outbox: Outgoing[];
}

export class MemoryStore {
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
