/** The feed of everything that is journalled, in one order that concurrent commits cannot upset. */

import { type RawBuilder, sql } from 'kysely';
import type { EntityKind } from '../engine/entity.ts';
import { type JournalEntry, type OpenedEntry, openEntry } from './journal-entry.ts';
import { shownEntry } from './journal-of.ts';
import type { Store } from './open-store.ts';
import type { KeptText } from './personal-text.ts';

/** A place between two entries: everything up to it has been read. */
export interface FeedPosition {
  /** The feed it is a position of; a restore begins another. */
  readonly feed: string;
  readonly tx: number;
  readonly kind: string;
  readonly entity: string;
  readonly seq: number;
}

/** What has been committed for good: no entry will ever appear before it. */
export type FeedEnd = Pick<FeedPosition, 'feed' | 'tx'>;

export interface FeedFilter {
  readonly kind?: EntityKind;
  /** One case or one person, by id. */
  readonly entity?: string;
  readonly actor?: string;
  /** Names of events; an entry with any of them. */
  readonly events?: readonly string[];
  /** Cases of these owners, and of nobody else; absent: everybody's. */
  readonly owners?: readonly string[];
  /** Whose own journal may be read; absent: everybody's. */
  readonly self?: string;
  /** Who reads: of others' coaching nothing is told; absent: nobody in particular, and all is told. */
  readonly reader?: string;
}

export interface FeedEntry {
  readonly entry: JournalEntry;
  readonly hash: string;
  readonly position: FeedPosition;
}

export interface FeedPage {
  readonly entries: readonly FeedEntry[];
  /** Where to go on: after the last entry, or, where the page is not full, after all there is. */
  readonly next: FeedPosition;
}

/**
 * How far the feed can be read. Transactions that are still running may commit in any order, but all of them are
 * numbered from `tx` on: what is below is settled.
 */
export async function feedEnd(store: Store): Promise<FeedEnd> {
  const { rows } = await sql<FeedEnd>`
    select (select feed from installation) as feed,
      pg_snapshot_xmin(pg_current_snapshot())::text::bigint as tx`.execute(store.db);
  const [end] = rows;
  if (end === undefined) throw new Error('PostgreSQL gave no row');
  return end;
}

export function positionAt({ feed, tx }: FeedEnd): FeedPosition {
  return { feed, tx, kind: '', entity: '', seq: 0 };
}

export function feedStart({ feed }: FeedEnd): FeedPosition {
  return positionAt({ feed, tx: Number.MIN_SAFE_INTEGER });
}

interface Row extends Omit<FeedPosition, 'feed'> {
  readonly kind: EntityKind;
  readonly text: string;
  readonly hash: string;
  readonly texts: readonly KeptText[] | null;
}

/** Entries after a position and below the end, each exactly once for whoever goes on from `next`; an entity's own in their order. */
export async function readFeed(
  store: Store,
  after: FeedPosition,
  end: FeedEnd,
  filter: FeedFilter,
  limit: number,
): Promise<FeedPage> {
  const { rows } = await sql<Row>`
    select j.tx, j.kind, j.entity, j.seq, j.text, j.hash, p.texts
    from journal j left join personal_texts p using (kind, entity, seq)
    where (j.tx, j.kind, j.entity, j.seq) > (${after.tx}, ${after.kind}, ${after.entity}, ${after.seq}) and j.tx < ${end.tx}
      and ${conditionOf(filter)}
    order by j.tx, j.kind, j.entity, j.seq limit ${limit}`.execute(store.db);
  const { feed } = end;
  const places = rows.map(({ tx, kind, entity, seq }): FeedPosition => ({ feed, tx, kind, entity, seq }));
  const entries = rows.flatMap((row, index) => {
    const position = places[index];
    const opened = openEntry(row);
    if (position === undefined || !hasEvent(opened, filter.events)) return [];
    return [{ entry: shownEntry(row.kind, opened.entry), hash: row.hash, position }];
  });
  const last = places.at(-1);
  return { entries, next: rows.length === limit && last !== undefined ? last : positionAt(end) };
}

function hasEvent({ entry }: OpenedEntry, names: FeedFilter['events']): boolean {
  if (names === undefined) return true;
  return (entry.events ?? []).some((one) => {
    const event: unknown = one;
    return typeof event === 'object' && event !== null && 'event' in event && names.includes(String(event.event));
  });
}

const COACHING =
  '"(event|command)":"(open_coaching|answer_step|agree|send_back|postpone|drop_coaching|judge_goal|share_coaching|coaching_|step_|turn_|goal_|record_findings|answer_finding|finding_|do_duty|excuse_duty|take_duty|duty_)';

function conditionOf({ kind, entity, actor, events, owners, self, reader }: FeedFilter): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (kind !== undefined) conditions.push(sql`j.kind = ${kind}`);
  if (entity !== undefined) conditions.push(sql`j.entity = ${entity}`);
  if (actor !== undefined) conditions.push(sql`j.actor = ${actor}`);
  if (events !== undefined) {
    // Spares reading what cannot match; what a text only quotes is told apart afterwards.
    const patterns = events.map((name) => `%"event":"${name.replace(/[\\%_]/gu, '\\$&')}"%`);
    conditions.push(sql`j.text like any(${patterns}::text[])`);
  }
  if (owners !== undefined) {
    conditions.push(sql`(j.kind <> 'case' or exists (
      select from cases c where c.id = j.entity and c.owner = any(${[...owners]}::text[])))`);
  }
  // What is said in coaching is between the two of them: not even an administrator reads it here.
  if (reader !== undefined) conditions.push(sql`(j.kind <> 'person' or j.entity = ${reader} or j.text !~ ${COACHING})`);
  if (self !== undefined) conditions.push(sql`(j.kind <> 'person' or j.entity = ${self})`);
  return sql.join(conditions, sql` and `);
}

/** Positions given out so far mean nothing any more: the database went back in time. */
export async function restartFeed(store: Pick<Store, 'db'>): Promise<void> {
  await sql`update installation set feed = gen_random_uuid()::text`.execute(store.db);
}
