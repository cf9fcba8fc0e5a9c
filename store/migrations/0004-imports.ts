/** Imports: tables in parts, what each row last said, and what was changed in the CRM behind our back. */

import { type Kysely, sql } from 'kysely';

const CUT_OFF = {
  zh: '升级时被中断；再导入一次同样的文件，已在的行不会重复',
  en: 'it was cut off by an upgrade; import the same files again, rows that are in come in once',
};

const STATEMENTS = [
  `create table import_tables (
    import bigint not null references imports (id) on delete cascade,
    table_id text not null,
    part integer not null,
    content json not null,
    primary key (import, table_id, part)
  )`,
  `alter table imports drop column files`,
  // What the row said when it was last imported, and the import that met it last. Absent for rows of before.
  `alter table import_rows add column said jsonb, add column seen_in bigint`,
  `update import_rows set seen_in = import`,
  `create index import_rows_seen on import_rows (mapping, source, seen_in)`,
  `create table import_changes (
    import bigint not null references imports (id) on delete cascade,
    line integer not null,
    mapping text not null,
    source text not null,
    external_id text not null,
    case_id text not null,
    said jsonb not null,
    digest text not null,
    change jsonb not null,
    outcome text,
    primary key (import, external_id)
  )`,
  `create index import_changes_waiting on import_changes (import, line) where outcome is null`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  // Its rows are in or not, each whole: the same files again bring the others.
  await sql`update imports set status = 'failed', finished_at = now(),
    progress = jsonb_set(progress, '{failure}', ${JSON.stringify(CUT_OFF)}::jsonb) where status = 'running'`.execute(
    db,
  );
}
