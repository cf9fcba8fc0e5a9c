/** The first schema: entities and their journal, outbox, people, playbooks, keys, imports. */

import { type Kysely, sql } from 'kysely';

/** `json` where the order of members is the author's, `jsonb` where nobody cares. */
const ENTITIES = [
  `create table entities (
    kind text not null check (kind in ('case', 'person')),
    id text not null,
    seq integer not null,
    head_hash text not null,
    state json,
    wake_at timestamptz,
    last_at timestamptz not null,
    wake_faults integer not null default 0,
    wake_not_before timestamptz,
    primary key (kind, id)
  ) with (fillfactor = 80)`,
  `create index entities_wake on entities (wake_at) where wake_at is not null`,
  `create table journal (
    kind text not null,
    entity text not null,
    seq integer not null,
    command_id text,
    actor text not null,
    recorded_at timestamptz not null,
    text text not null,
    hash text not null,
    prev_hash text not null,
    primary key (kind, entity, seq),
    unique (kind, entity, command_id)
  )`,
  `create table outbox (
    id bigint generated always as identity primary key,
    kind text not null,
    entity text not null,
    seq integer not null,
    idx integer not null,
    key text not null unique,
    queue text not null check (queue in ('entities', 'outside')),
    target text not null,
    payload jsonb not null,
    recorded_at timestamptz not null,
    next_at timestamptz not null,
    attempts integer not null default 0,
    last_error text,
    delivered_at timestamptz
  )`,
  `create index outbox_waiting on outbox (kind, entity, queue, id) where delivered_at is null`,
  `create index outbox_late on outbox (next_at) where delivered_at is null`,
  `create index outbox_taken on outbox (delivered_at) where queue = 'entities' and delivered_at is not null`,
];

const CASES = [
  `create table cases (
    id text primary key,
    title text not null,
    pipeline text not null,
    rules text not null,
    status text not null check (status in ('open', 'won', 'lost')),
    finished boolean not null,
    finish_reason text,
    ungated boolean not null,
    stage text not null,
    owner text not null,
    opened_at timestamptz not null,
    entered_at timestamptz not null,
    last_activity_at timestamptz not null,
    stalled_since timestamptz,
    stall_cause text,
    rungs_fired integer,
    demanded boolean not null,
    flags text[] not null,
    to_accept integer not null,
    debts integer not null,
    debt_due_on date,
    amount_minor bigint,
    amount_currency text,
    amount_mark text,
    updated_at timestamptz not null
  ) with (fillfactor = 80)`,
  `create index cases_in_order on cases (opened_at desc, id desc)`,
  `create index cases_of_owner on cases (owner, opened_at desc, id desc)`,
  `create index cases_stalled on cases (stalled_since, id) where stalled_since is not null and not finished`,
];

const PEOPLE = [
  `create table people_version (one boolean primary key default true check (one), version integer not null)`,
  `insert into people_version (version) values (0)`,
  `create table people (
    person text not null,
    version integer not null,
    until_version integer,
    name text not null,
    role text not null,
    manager text,
    region text,
    email text,
    lang text not null check (lang in ('zh', 'en')),
    active boolean not null,
    primary key (person, version)
  )`,
  `create unique index people_now on people (person) where until_version is null`,
  `create index people_by_version on people (version)`,
  `create table inbox_items (
    person text not null,
    item integer not null,
    kind text not null,
    case_id text,
    message jsonb not null,
    received_at timestamptz not null,
    read_at timestamptz,
    primary key (person, item)
  )`,
  `create table forbidden_counts (
    actor text not null,
    day date not null,
    count integer not null,
    primary key (actor, day)
  )`,
  `create table api_keys (
    hash text primary key,
    person text not null,
    label text not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
  )`,
];

const PLAYBOOKS = [
  `create table playbook_sets (
    hash text primary key,
    language integer not null,
    sources json not null,
    compiled json not null,
    published_at timestamptz not null default now(),
    published_by text not null
  )`,
  `create table rules (hash text primary key, pipeline text not null, compiled json not null)`,
  `create table current_set (
    one boolean primary key default true check (one),
    hash text not null references playbook_sets (hash)
  )`,
];

const IMPORTS = [
  `create table import_sources (
    mapping text not null,
    source text not null,
    shift_days integer not null,
    first_at timestamptz not null default now(),
    primary key (mapping, source)
  )`,
  `create table imports (
    id bigint generated always as identity primary key,
    mapping text not null,
    source text not null,
    digest text not null,
    files json not null,
    shift_days integer not null,
    status text not null check (status in ('running', 'done', 'failed')),
    started_by text not null,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    progress jsonb not null
  )`,
  `create table import_rows (
    mapping text not null,
    source text not null,
    external_id text not null,
    case_id text not null,
    digest text not null,
    import bigint not null references imports (id),
    primary key (mapping, source, external_id)
  )`,
  `create index import_rows_cases on import_rows (import, case_id)`,
];

const TEMPORAL = [
  `create table temporal_namespaces (namespace text primary key, first_seen_at timestamptz not null default now())`,
];

/** The journal is append-only: PostgreSQL refuses what no part of Playrail does. */
const APPEND_ONLY = [
  `create function journal_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'the journal is append-only'; end $$`,
  `create trigger journal_append_only before update or delete on journal
    for each row execute function journal_is_append_only()`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of [ENTITIES, CASES, PEOPLE, PLAYBOOKS, IMPORTS, TEMPORAL, APPEND_ONLY].flat()) {
    await sql.raw(statement).execute(db);
  }
}
