/** Brings in one batch of rows: new ones become cases, known ones are compared, bad ones are told. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { MappedRow, OpenCommand } from '../../engine/mapping/map-row.ts';
import type { RowProblem } from '../../engine/mapping/tables.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { Instant } from '../../engine/time/instant.ts';
import { canonicalText, sha256 } from '../hash.ts';
import { type InsertedCase, insertNewCases } from '../insert-new-cases.ts';
import type { Store } from '../open-store.ts';
import { type ImportJob, type ImportProgress, MOST_PROBLEMS, saveProgress } from './import-job.ts';
import type { ReadImport } from './prepare-import.ts';

export const ROWS_A_BATCH = 200;

type GoodRow = Extract<MappedRow, { ok: true }> & { readonly line: number };

/**
 * Does the rows from `job.progress.done` on and saves the progress. Doing the same rows again changes nothing: cases and
 * rows are known by their ids.
 */
export async function importBatch(
  store: Store,
  job: ImportJob,
  read: ReadImport,
  rowAt: (index: number) => MappedRow | undefined,
  now: Instant,
): Promise<ImportProgress> {
  const from = job.progress.done;
  const batch = read.tables.rows.slice(from, from + ROWS_A_BATCH);
  let progress = job.progress;
  const good: GoodRow[] = [];
  for (const [offset, { row }] of batch.entries()) {
    const mapped = rowAt(from + offset);
    if (mapped?.ok === false) progress = withBad(progress, mapped.problems);
    else if (mapped !== undefined) good.push({ ...mapped, line: row.line });
  }
  const digests = await knownDigests(store, job, good);
  const fresh: GoodRow[] = [];
  for (const row of good) {
    const known = digests.get(row.external_id);
    if (known === undefined) fresh.push(row);
    else if (known === digestOf(row.open)) progress = { ...progress, unchanged: progress.unchanged + 1 };
    else progress = withChanged(progress, read, row);
  }
  const made = await insertNewCases(
    store,
    now,
    fresh.map((row) => newCase(job, row)),
  );
  const results = new Map(made.map((one) => [one.id, one]));
  const recorded: GoodRow[] = [];
  for (const row of fresh) {
    const result = results.get(caseIdOf(row.external_id));
    if (result?.reply.outcome === 'accepted') {
      recorded.push(row);
      progress = withCase(progress, row, result);
    } else progress = withBad(progress, [refusalOf(read, row, result)]);
  }
  progress = { ...progress, done: from + batch.length };
  await record(store, job, recorded, progress);
  return progress;
}

/** The row's own id where it can stand in an address, else a digest of it. */
export function caseIdOf(externalId: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(externalId) ? externalId : `r-${sha256(externalId).slice(0, 16)}`;
}

function newCase(job: ImportJob, row: GoodRow) {
  const id = `import:${job.mapping}:${sha256(canonicalText([job.source, row.external_id])).slice(0, 24)}`;
  return { id: caseIdOf(row.external_id), envelope: { id, actor: job.started_by, body: row.open } };
}

/** Over what the row says; the day on which its debts fall due comes from the day of the import. */
function digestOf(open: OpenCommand): string {
  const { debt_due_on: _due, ...imported } = open.imported ?? { source: '' };
  return sha256(canonicalText({ ...open, imported }));
}

async function knownDigests(
  store: Store,
  job: ImportJob,
  rows: readonly GoodRow[],
): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map();
  const found = await store.db
    .selectFrom('import_rows')
    .select(['external_id', 'digest'])
    .where('mapping', '=', job.mapping)
    .where('source', '=', job.source)
    .where(
      'external_id',
      'in',
      rows.map((row) => row.external_id),
    )
    .execute();
  return new Map(found.map((row) => [row.external_id, row.digest]));
}

function record(store: Store, job: ImportJob, rows: readonly GoodRow[], progress: ImportProgress): Promise<void> {
  return store.db.transaction().execute(async (tx) => {
    if (rows.length > 0) {
      const values = rows.map((row) => ({
        mapping: job.mapping,
        source: job.source,
        external_id: row.external_id,
        case_id: caseIdOf(row.external_id),
        digest: digestOf(row.open),
        import: job.import,
      }));
      await tx
        .insertInto('import_rows')
        .values(values)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await saveProgress(tx, job.import, progress);
  });
}

/** How a row's case came out, as counts of the report. */
export function withCase(
  progress: ImportProgress,
  row: Pick<GoodRow, 'notes' | 'open'>,
  result: { readonly reply: InsertedCase['reply'] },
): ImportProgress {
  const events = result.reply.outcome === 'accepted' ? result.reply.events : [];
  // Events of a case's own journal entry.
  const fired = (events as readonly CaseEvent[]).filter((event) => event.event === 'rung_fired');
  const rung = fired.at(-1)?.rung;
  const isClosed = row.open.imported?.closed !== undefined;
  const notes = { ...progress.notes };
  for (const note of row.notes) notes[note] += 1;
  const late =
    rung === undefined ? progress.late : { ...progress.late, [rung + 1]: (progress.late[rung + 1] ?? 0) + 1 };
  return {
    ...progress,
    notes,
    late,
    opened: progress.opened + (isClosed ? 0 : 1),
    closed: progress.closed + (isClosed ? 1 : 0),
  };
}

export function withBad(progress: ImportProgress, problems: readonly RowProblem[]): ImportProgress {
  return { ...progress, bad: progress.bad + 1, problems: keep(progress, problems) };
}

function withChanged(progress: ImportProgress, { tables }: ReadImport, row: GoodRow): ImportProgress {
  const message: Text = {
    zh: `\`${row.external_id}\` 与上次导入不同；案件保持原样`,
    en: `\`${row.external_id}\` differs from its last import; the case is left as it is`,
  };
  const problem = { file: tables.main.file, line: row.line, message };
  return { ...progress, changed: progress.changed + 1, problems: keep(progress, [problem]) };
}

function keep(progress: ImportProgress, more: readonly RowProblem[]): readonly RowProblem[] {
  return [...progress.problems, ...more].slice(0, MOST_PROBLEMS);
}

/** What the engine said to a row that the mapping could read. */
export function refusalOf(
  { mapping, tables }: Pick<ReadImport, 'mapping' | 'tables'>,
  row: Pick<GoodRow, 'line' | 'external_id'>,
  result: { readonly reply: InsertedCase['reply'] } | undefined,
): RowProblem {
  return { file: tables.main.file, line: row.line, column: mapping.id.column, message: saidOf(result?.reply) };
}

function saidOf(reply: InsertedCase['reply'] | undefined): Text {
  switch (reply?.outcome) {
    case 'invalid':
      return joined(reply.problems);
    case 'refused':
      return joined(reply.reasons);
    case 'forbidden':
      return joined([reply.reason]);
    case 'fault':
      return { zh: `出错：${reply.cause}`, en: `fault: ${reply.cause}` };
    default:
      return { zh: '没有得到答复', en: 'no answer was given' };
  }
}

/** Problems and reasons alike carry a message, and a path where they have one. */
function joined(said: readonly unknown[]): Text {
  const texts = said.map((one) => {
    const { message, path } = one as { readonly message: Text; readonly path?: string };
    const place = path === undefined || path === '' ? '' : `\`${path}\`: `;
    return { zh: place + message.zh, en: place + message.en };
  });
  return { zh: texts.map((text) => text.zh).join('；'), en: texts.map((text) => text.en).join('; ') };
}
