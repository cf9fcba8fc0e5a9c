/** Brings in one batch of rows: new ones become cases, known ones are compared, bad ones are told. */

import { sql } from 'kysely';
import { canonicalText } from '../../engine/canonical-text.ts';
import type { Reply } from '../../engine/entity.ts';
import { fault } from '../../engine/fault.ts';
import type { GoodRow, MappedRow } from '../../engine/mapping/map-row.ts';
import type { Instant } from '../../engine/time/instant.ts';
import { sha256 } from '../hash.ts';
import { insertNewCases, type NewCase } from '../insert-new-cases.ts';
import type { Store, Tx } from '../open-store.ts';
import { type ImportJob, saveProgress } from './import-job.ts';
import { keepChanges } from './pending-changes.ts';
import type { ReadImport } from './prepare-import.ts';
import { contentOf } from './row-change.ts';
import { rowDigest, type SortedRow, sortRows } from './sort-rows.ts';
import { withRow } from './with-row.ts';

export const ROWS_A_BATCH = 200;

/** A new row and the case it is to become. */
interface Newcomer extends NewCase {
  readonly row: GoodRow;
}

/**
 * Does the rows from `job.progress.done` on, and returns the job as it stands then. Cases, what is remembered of their
 * rows, and progress are written in one transaction, so a batch that is cut off has not happened.
 * @throws Error when the database is away, or another attempt does the same batch: nothing was written.
 */
export async function importBatch(
  store: Store,
  job: ImportJob,
  read: ReadImport,
  rowAt: (index: number) => MappedRow | undefined,
  now: Instant,
): Promise<ImportJob> {
  const from = job.progress.done;
  const indexes = Array.from({ length: Math.min(ROWS_A_BATCH, job.progress.rows - from) }, (_, index) => from + index);
  const mapped = indexes.flatMap((index) => rowAt(index) ?? []);
  const sorted = await sortRows(store, { mapping: read.mapping, source: job.source }, mapped);
  const newcomers = await newcomersIn(store, job, sorted);
  let after = job;
  await insertNewCases(store, now, newcomers, async (tx, made) => {
    const replies = new Map(made.map(({ id, reply }) => [id, reply]));
    const came = newcomers.filter(({ id }) => replies.get(id)?.outcome === 'accepted');
    await remember(tx, job, came);
    await meetAgain(tx, job, sorted);
    const cases = new Map(newcomers.map(({ row, id }) => [row, id]));
    const replyTo = (row: GoodRow): Reply => replies.get(cases.get(row) ?? '') ?? fault('defect', 'no answer');
    const progress = sorted.reduce((before, one) => withRow(before, read, one, replyTo), job.progress);
    after = await saveProgress(tx, job, { ...progress, done: from + indexes.length });
  });
  return after;
}

/** The row's own id where it can stand in an address, else a digest of it. */
export function caseIdOf(externalId: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(externalId) ? externalId : `r-${sha256(externalId).slice(0, 16)}`;
}

/** Where another case has the row's id already, from another source, the row's case is told from it by an ending. */
async function newcomersIn(store: Store, job: ImportJob, sorted: readonly SortedRow[]): Promise<readonly Newcomer[]> {
  const rows = sorted.flatMap((one) => (one.is === 'new' ? one.row : []));
  if (rows.length === 0) return [];
  const ids = rows.map((row) => caseIdOf(row.external_id));
  const taken = await sql<{ id: string }>`
    select id from entities where kind = 'case' and id = any(${ids}::text[])`.execute(store.db);
  const others = new Set(taken.rows.map((row) => row.id));
  const ending = sha256(canonicalText([job.mapping, job.source])).slice(0, 6);
  return rows.map((row) => {
    const own = caseIdOf(row.external_id);
    const commandId = `import:${job.mapping}:${sha256(canonicalText([job.source, row.external_id])).slice(0, 24)}`;
    const envelope = { id: commandId, actor: job.started_by, body: row.open };
    return { id: others.has(own) ? `${own}-${ending}` : own, envelope, row };
  });
}

async function remember(tx: Tx, job: ImportJob, came: readonly Newcomer[]): Promise<void> {
  if (came.length === 0) return;
  const { mapping, source } = job;
  const values = came.map(({ id: case_id, row }) => {
    const { external_id } = row;
    const said = JSON.stringify(contentOf(row));
    return {
      mapping,
      source,
      external_id,
      case_id,
      digest: rowDigest(row),
      import: job.import,
      said,
      seen_in: job.import,
    };
  });
  await tx.insertInto('import_rows').values(values).execute();
}

/** Rows that are known: they are in this export too, and what changed in them is kept until it is settled. */
async function meetAgain(tx: Tx, job: ImportJob, sorted: readonly SortedRow[]): Promise<void> {
  const known = sorted.flatMap((one) => (one.is === 'unchanged' || one.is === 'changed' ? [one] : []));
  if (known.length === 0) return;
  const met = known.map(({ row, is }) => ({
    external_id: row.external_id,
    // What an unchanged row says is what it said, where that was not kept yet.
    said: is === 'unchanged' ? contentOf(row) : null,
  }));
  await sql`update import_rows r set seen_in = ${job.import}, said = coalesce(r.said, m.said)
    from json_to_recordset(${JSON.stringify(met)}::json) as m(external_id text, said jsonb)
    where r.mapping = ${job.mapping} and r.source = ${job.source} and r.external_id = m.external_id`.execute(tx);
  const changes = known.flatMap((one) =>
    one.is === 'changed' && one.change !== undefined
      ? [{ external_id: one.row.external_id, line: one.row.line, change: one.change }]
      : [],
  );
  await keepChanges(tx, job, changes);
}
