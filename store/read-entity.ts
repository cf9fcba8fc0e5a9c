/** Locks an entity and reads what a step must know of it. */

import { sql } from 'kysely';
import type { EntityKind } from '../engine/entity.ts';
import type { Concerned } from '../engine/person/world.ts';
import type { Instant } from '../engine/time/instant.ts';
import { StoreFault } from './cause-of.ts';
import type { Decider } from './decider.ts';
import { type Head, NEW_HEAD } from './draft.ts';
import type { KeptEntry } from './journal-entry.ts';
import type { Tx } from './open-store.ts';

interface EntityRow {
  readonly seq: number;
  readonly head_hash: string;
  readonly state: unknown;
  readonly last_at: Instant;
  readonly wake_at: Instant | null;
  readonly wake_faults: number;
  readonly wake_not_before: Instant | null;
}

/** Somebody else holds the entity just now. */
export class EntityHeld extends StoreFault {
  constructor(kind: EntityKind, id: string) {
    super('database-busy', `another transaction holds ${kind}/${id}`);
  }
}

/**
 * Nobody else steps this entity until the transaction ends, whether or not it exists yet. Does not wait: an entity held
 * for long would keep a connection from all the others.
 * @throws EntityHeld
 */
export async function lockEntity<S, C, E>(tx: Tx, decider: Decider<S, C, E>, id: string): Promise<Head<S>> {
  const row = (await lockRow(tx, decider.kind, id)) ?? (await lockName(tx, decider.kind, id));
  if (row === undefined) return NEW_HEAD;
  return {
    seq: row.seq,
    hash: row.head_hash,
    state: row.state === null ? undefined : decider.stateOf(row.state),
    last_at: row.last_at,
    wake_at: row.wake_at ?? undefined,
    wake_faults: row.wake_faults,
    wake_not_before: row.wake_not_before ?? undefined,
  };
}

async function lockRow(tx: Tx, kind: EntityKind, id: string): Promise<EntityRow | undefined> {
  const { rows } = await sql<EntityRow>`
    select seq, head_hash, state, last_at, wake_at, wake_faults, wake_not_before
    from entities where kind = ${kind} and id = ${id} for update skip locked`.execute(tx);
  return rows[0];
}

/** Where there is no row that can be locked: it is held, or not there; then it may have come since. */
async function lockName(tx: Tx, kind: EntityKind, id: string): Promise<EntityRow | undefined> {
  const { rows } = await sql<{ free: boolean }>`
    select not exists (select from entities where kind = ${kind} and id = ${id})
      and pg_try_advisory_xact_lock(hashtextextended(${`${kind}/${id}`}, 0)) as free`.execute(tx);
  if (rows[0]?.free !== true) throw new EntityHeld(kind, id);
  const row = await lockRow(tx, kind, id);
  if (row !== undefined) return row;
  const { rows: there } = await sql`select from entities where kind = ${kind} and id = ${id}`.execute(tx);
  if (there.length > 0) throw new EntityHeld(kind, id);
  return undefined;
}

/** Locks the names of entities that do not exist yet, always in the same order, so that two of us never wait for each other. */
export async function lockNames(tx: Tx, kind: EntityKind, ids: readonly string[]): Promise<void> {
  const names = ids.map((id) => `${kind}/${id}`).sort();
  await sql`select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest(${names}::text[]) as name`.execute(tx);
}

export interface Surroundings {
  /** PostgreSQL's clock. */
  readonly clock: Instant;
  readonly set: string | null;
  readonly people_version: number;
  /** Undelivered messages of this entity wait. */
  readonly outbox: boolean;
  /** The level a program must have to work on this database. */
  readonly level: number;
  /** Command id → its journal entry, of the commands asked for. */
  readonly journalled: ReadonlyMap<string, KeptEntry>;
}

/** Read after the lock, in a statement of its own, so that it sees what the lock's holder before us wrote. */
export async function readSurroundings(
  tx: Tx,
  kind: EntityKind,
  id: string,
  commandIds: readonly string[],
): Promise<Surroundings> {
  const { rows } = await sql<
    Omit<Surroundings, 'journalled'> & { readonly entries: Readonly<Record<string, KeptEntry>> | null }
  >`
    select clock_timestamp() as clock,
      (select hash from current_set) as set,
      (select version from people_version) as people_version,
      (select minimum_level from installation) as level,
      exists (select from outbox where kind = ${kind} and entity = ${id} and delivered_at is null) as outbox,
      (select json_object_agg(command_id, json_build_object('text', text, 'texts', p.texts))
        from journal left join personal_texts p using (kind, entity, seq)
        where kind = ${kind} and entity = ${id} and command_id = any(${[...commandIds]}::text[])) as entries`.execute(
    tx,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('PostgreSQL gave no row');
  return { ...row, journalled: new Map(Object.entries(row.entries ?? {})) };
}

/** Commands that change people wait for each other here, so that each sees what the others did. */
export async function lockPeople(tx: Tx): Promise<void> {
  await sql`select version from people_version for update`.execute(tx);
}

/** Open cases that may depend on a person. */
export async function concernedBy(tx: Tx, person: string): Promise<Concerned> {
  const { rows } = await sql<Concerned>`
    select
      array(select id from cases where not finished and (owner = ${person} or ${person} = any(task_owners)) order by id) as owned,
      array(select id from cases where not finished and ${person} = any(asked) order by id) as asked,
      array(select distinct case_id from inbox_items
        where on_behalf_of = ${person} and settled_at is null and case_id is not null order by case_id) as represented`.execute(
    tx,
  );
  return rows[0] ?? { owned: [], asked: [], represented: [] };
}
