/** The record of an import: what was given, how far it has come, what it found. */

import type { RowNote } from '../../engine/mapping/map-row.ts';
import type { RowProblem } from '../../engine/mapping/tables.ts';
import type { Instant } from '../../engine/time/instant.ts';
import { canonicalText, sha256 } from '../hash.ts';
import type { Store, Tx } from '../open-store.ts';

/** File name → text. */
export type ImportFiles = Readonly<Record<string, string>>;

export interface ImportCounts {
  /** Rows of the main table. */
  readonly rows: number;
  /** Rows done so far; the next batch begins here. */
  readonly done: number;
  /** People who joined by this import. */
  readonly people: number;
  /** New running cases, and new finished ones. */
  readonly opened: number;
  readonly closed: number;
  /** Rows known from an earlier import: the same, or changed since and left as they were. */
  readonly unchanged: number;
  readonly changed: number;
  readonly bad: number;
  readonly notes: Readonly<Record<RowNote, number>>;
  /** Cases that came in late → by rung reached, counted from 1. */
  readonly late: Readonly<Record<string, number>>;
}

export interface ImportProgress extends ImportCounts {
  readonly phase: 'people' | 'cases' | 'workflows' | 'digests' | 'done';
  readonly workflows_started: number;
  readonly digests: number;
  /** The first of them; `bad` and `changed` count all. */
  readonly problems: readonly RowProblem[];
}

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

/** More problems than this are counted, not kept. */
export const MOST_PROBLEMS = 200;

export const NOTHING_YET: ImportProgress = {
  phase: 'people',
  rows: 0,
  done: 0,
  people: 0,
  opened: 0,
  closed: 0,
  unchanged: 0,
  changed: 0,
  bad: 0,
  notes: { 'no-opening-date': 0, 'no-close-date': 0, estimated: 0 },
  late: {},
  workflows_started: 0,
  digests: 0,
  problems: [],
};

export interface NewImport {
  readonly mapping: string;
  /** What the rows' ids are ids of; the same source imported again meets its own rows. */
  readonly source: string;
  readonly files: ImportFiles;
  /** Days to move dates by, should this be the source's first import. */
  readonly shift_days: number;
  readonly rows: number;
  readonly started_by: string;
}

/** Records the import. The shift of the source's first one stays for ever. */
export function createImport(store: Store, wanted: NewImport): Promise<ImportJob> {
  const { mapping, source, files } = wanted;
  return store.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('import_sources')
      .values({ mapping, source, shift_days: wanted.shift_days })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const shift_days = (await shiftOf(tx, mapping, source)) ?? wanted.shift_days;
    const row = await tx
      .insertInto('imports')
      .values({
        mapping,
        source,
        digest: sha256(canonicalText({ mapping, files })),
        files: JSON.stringify(files),
        shift_days,
        status: 'running',
        started_by: wanted.started_by,
        progress: JSON.stringify({ ...NOTHING_YET, rows: wanted.rows }),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return jobIn(tx, row.id);
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
export function loadImport(store: Store, id: number): Promise<ImportJob> {
  return jobIn(store.db, id);
}

export async function findImport(store: Store, id: number): Promise<ImportJob | undefined> {
  const row = await jobRow(store.db, id).executeTakeFirst();
  return row && jobOf(row);
}

/** The newest import of these very files by this mapping that came to its end. */
export async function finishedImport(
  store: Store,
  mapping: string,
  files: ImportFiles,
): Promise<ImportJob | undefined> {
  const digest = sha256(canonicalText({ mapping, files }));
  const row = await store.db
    .selectFrom('imports')
    .select('id')
    .where('digest', '=', digest)
    .where('status', '=', 'done')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && loadImport(store, row.id);
}

/** @throws Error when there is no such import. */
export async function filesOf(store: Store, id: number): Promise<ImportFiles> {
  const row = await store.db.selectFrom('imports').select('files').where('id', '=', id).executeTakeFirstOrThrow();
  // Written by `createImport`.
  return row.files as ImportFiles;
}

export async function saveProgress(
  db: Store['db'] | Tx,
  id: number,
  progress: ImportProgress,
  status: ImportJob['status'] = 'running',
): Promise<void> {
  await db
    .updateTable('imports')
    .set({
      progress: JSON.stringify(progress),
      status,
      ...(status !== 'running' && { finished_at: new Date().toISOString() }),
    })
    .where('id', '=', id)
    .execute();
}

async function jobIn(db: Store['db'] | Tx, id: number): Promise<ImportJob> {
  return jobOf(await jobRow(db, id).executeTakeFirstOrThrow());
}

function jobRow(db: Store['db'] | Tx, id: number) {
  return db
    .selectFrom('imports')
    .select(['id', 'mapping', 'source', 'digest', 'shift_days', 'status', 'started_by', 'started_at', 'progress'])
    .where('id', '=', id);
}

function jobOf(
  row: Omit<ImportJob, 'import' | 'progress'> & { readonly id: number; readonly progress: unknown },
): ImportJob {
  const { id, progress, ...rest } = row;
  // Written by `createImport` and `saveProgress`.
  return { import: id, ...rest, progress: progress as ImportProgress };
}
