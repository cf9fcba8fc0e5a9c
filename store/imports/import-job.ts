/** The record of an import: what was given, how far it has come, what it found. */

import { sql } from 'kysely';
import { canonicalText } from '../../engine/canonical-text.ts';
import type { Instant } from '../../engine/time/instant.ts';
import { sha256 } from '../hash.ts';
import type { Store, Tx } from '../open-store.ts';
import { type ImportProgress, NOTHING_YET } from './import-progress.ts';
import { type ImportTables, saveTables } from './import-tables.ts';

/** File name → what was sent: text, or bytes as they are. */
export type ImportFiles = Readonly<Record<string, string | Uint8Array>>;

export interface ImportJob {
  readonly import: number;
  readonly mapping: string;
  readonly source: string;
  readonly digest: string;
  readonly shift_days: number;
  readonly status: 'running' | 'done' | 'failed';
  readonly started_by: string;
  readonly started_at: Instant;
  readonly progress: ImportProgress;
}

export interface NewImport {
  readonly mapping: string;
  /** What the rows' ids are ids of; the same source imported again meets its own rows. */
  readonly source: string;
  /** Those that the mapping names, no others. */
  readonly files: ImportFiles;
  /** What was read of them. */
  readonly tables: ImportTables;
  /** Days to move dates by, should this be the source's first import. */
  readonly shift_days: number;
  readonly rows: number;
  readonly started_by: string;
}

/** `new`, or the import of the same source that runs already: of the `same` files, or of `other` ones. */
export interface CreatedImport {
  readonly is: 'new' | 'same' | 'other';
  readonly job: ImportJob;
}

/** What concerns a whole export takes its time. */
const PATIENCE_MS = 30_000;

/** Records the import, unless one of its source runs. The shift of the source's first one stays for ever. */
export function createImport(store: Store, wanted: NewImport): Promise<CreatedImport> {
  const { mapping, source, files } = wanted;
  const digest = digestOf(mapping, files);
  return store.db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = ${sql.lit(PATIENCE_MS)}`.execute(tx);
    await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${mapping} ${source}`}, 0))`.execute(tx);
    const running = await jobs(tx)
      .where('mapping', '=', mapping)
      .where('source', '=', source)
      .where('status', '=', 'running')
      .executeTakeFirst();
    if (running !== undefined) return { is: running.digest === digest ? 'same' : 'other', job: jobOf(running) };
    await tx
      .insertInto('import_sources')
      .values({ mapping, source, shift_days: wanted.shift_days })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const shift_days = (await shiftOf(tx, mapping, source)) ?? wanted.shift_days;
    const { id } = await tx
      .insertInto('imports')
      .values({
        mapping,
        source,
        digest,
        shift_days,
        status: 'running',
        started_by: wanted.started_by,
        progress: JSON.stringify({ ...NOTHING_YET, rows: wanted.rows }),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await saveTables(tx, id, wanted.tables);
    return { is: 'new', job: jobOf(await jobs(tx).where('id', '=', id).executeTakeFirstOrThrow()) };
  });
}

/** Absent before the source's first import. */
export async function shiftOf(db: Store['db'] | Tx, mapping: string, source: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('import_sources')
    .select('shift_days')
    .where('mapping', '=', mapping)
    .where('source', '=', source)
    .executeTakeFirst();
  return row?.shift_days;
}

/** @throws Error when there is no such import. */
export async function loadImport(store: Store, id: number): Promise<ImportJob> {
  return jobOf(await jobs(store.db).where('id', '=', id).executeTakeFirstOrThrow());
}

export async function findImport(store: Store, id: number): Promise<ImportJob | undefined> {
  const row = await jobs(store.db).where('id', '=', id).executeTakeFirst();
  return row && jobOf(row);
}

/** The newest import of these very files by this mapping that came to its end. */
export async function finishedImport(
  store: Store,
  mapping: string,
  files: ImportFiles,
): Promise<ImportJob | undefined> {
  const row = await jobs(store.db)
    .where('digest', '=', digestOf(mapping, files))
    .where('status', '=', 'done')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && jobOf(row);
}

/** Numbers of the imports under way, oldest first. */
export async function runningImports(store: Store): Promise<readonly number[]> {
  const rows = await store.db
    .selectFrom('imports')
    .select('id')
    .where('status', '=', 'running')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Puts `next` in the place of the job's progress and returns the job as it stands then.
 * @throws Error when another attempt at the same work has gone on meanwhile: what this one did must be rolled back.
 */
export async function saveProgress(
  db: Store['db'] | Tx,
  job: ImportJob,
  next: ImportProgress,
  status: ImportJob['status'] = 'running',
): Promise<ImportJob> {
  const { phase, done, changes } = job.progress;
  const result = await db
    .updateTable('imports')
    .set({
      progress: JSON.stringify(next),
      status,
      ...(status !== 'running' && { finished_at: sql`now()` }),
    })
    .where('id', '=', job.import)
    .where('status', '=', 'running')
    .where(sql<boolean>`progress->>'phase' = ${phase} and (progress->>'done')::integer = ${done}
      and progress->'changes' = ${JSON.stringify(changes)}::jsonb`)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw new Error(`another attempt at import ${job.import} has gone on`);
  return { ...job, progress: next, status };
}

/** So many new rows leave PostgreSQL with plans for an empty database until it looks again by itself. */
export async function refreshStatistics({ db }: Store): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = ${sql.lit(PATIENCE_MS)}`.execute(tx);
    await sql`analyze cases, entities, journal, import_rows`.execute(tx);
  });
}

function digestOf(mapping: string, files: ImportFiles): string {
  const texts = Object.entries(files).map(([name, file]) => {
    return [name, typeof file === 'string' ? file : { sha256: sha256(Buffer.from(file).toString('latin1')) }];
  });
  return sha256(canonicalText({ mapping, files: Object.fromEntries(texts) }));
}

function jobs(db: Store['db'] | Tx) {
  return db
    .selectFrom('imports')
    .select(['id', 'mapping', 'source', 'digest', 'shift_days', 'status', 'started_by', 'started_at', 'progress']);
}

function jobOf(
  row: Omit<ImportJob, 'import' | 'progress'> & { readonly id: number; readonly progress: unknown },
): ImportJob {
  const { id, progress, ...rest } = row;
  // Written by `createImport` and `saveProgress`; one of an earlier version lacks what was not counted then.
  const kept = progress as ImportProgress;
  const notes = { ...NOTHING_YET.notes, ...kept.notes };
  return { import: id, ...rest, progress: { ...NOTHING_YET, ...kept, notes } };
}
