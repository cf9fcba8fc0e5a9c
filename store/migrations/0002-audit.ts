/** Personal texts apart from the journal, their erasure, signed checkpoints, the order of the feed, the level a program must have. */

import { type Kysely, sql } from 'kysely';

const PERSONAL = [
  `create table personal_texts (
    kind text not null,
    entity text not null,
    seq integer not null,
    person text not null,
    role text not null check (role in ('about', 'written')),
    texts json not null,
    primary key (kind, entity, seq)
  )`,
  `create index personal_texts_of on personal_texts (person)`,
  `create table erasures (
    person text primary key,
    requested_at timestamptz not null,
    written boolean not null,
    quoted boolean not null,
    done_at timestamptz,
    counts json not null
  )`,
];

/**
 * Entries from before get this migration's own transaction, and so come first in the feed, entity by entity. The default
 * is not volatile, so that no row is rewritten.
 */
const FEED = [
  `alter table journal add column tx bigint not null default (pg_current_xact_id()::text::bigint)`,
  `create index journal_feed on journal (tx, kind, entity, seq)`,
];

const CHECKPOINTS = [
  `create table checkpoints (
    n integer primary key,
    night date unique,
    at timestamptz not null,
    document text not null,
    heads text not null
  )`,
  `create trigger checkpoints_append_only before update or delete on checkpoints
    for each row execute function journal_is_append_only()`,
];

/** Workers of 0.1.0 know nothing of levels; they write entries that stay readable. */
const INSTALLATION = [
  `create table installation (
    one boolean primary key default true check (one),
    minimum_level integer not null,
    feed text not null
  )`,
  `insert into installation (minimum_level, feed) values (1, gen_random_uuid()::text)`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of [PERSONAL, FEED, CHECKPOINTS, INSTALLATION].flat()) await sql.raw(statement).execute(db);
}
