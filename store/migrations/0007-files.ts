/** Files of cases: who uploaded what to which case, and when; the bytes lie outside PostgreSQL, under their hash. */

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table case_files (
    case_id text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    name text not null,
    size bigint not null,
    type text not null,
    uploaded_by text not null,
    uploaded_at timestamptz not null default clock_timestamp(),
    primary key (case_id, sha256)
  )`,
  `create index case_files_uploaded_by on case_files (uploaded_by)`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
