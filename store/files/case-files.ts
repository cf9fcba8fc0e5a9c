/** Which files were uploaded to which case: rows beside the journal; the bytes lie in the file store. */

import type { FileValue } from '../../engine/playbook/value.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { Store, Tx } from '../open-store.ts';

export interface CaseFile extends FileValue {
  readonly uploaded_by: string;
  readonly uploaded_at: Instant;
}

/** What a command could name in one go is far below this. */
const MOST_NAMED = 1_000;
const NAMED = /"([0-9a-f]{64})"/g;

/**
 * Notes that the case has this file. The same content again stays what it was: who uploaded it first, under which name.
 *
 * @returns the row as it now is, and whether it is new
 */
export async function noteCaseFile(
  { db }: Store,
  caseId: string,
  file: FileValue,
  by: string,
): Promise<{ readonly file: CaseFile; readonly isNew: boolean }> {
  const { sha256, name, size, type } = file;
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('case_files')
    .values({ case_id: caseId, sha256, name, size, type, uploaded_by: by })
    .onConflict((conflict) => conflict.columns(['case_id', 'sha256']).doNothing())
    .executeTakeFirst();
  const kept = await caseFile(db, caseId, sha256);
  if (kept === undefined) throw new Error(`the file ${sha256} of case ${caseId} was noted and is not there`);
  return { file: kept, isNew: numInsertedOrUpdatedRows > 0n };
}

export async function caseFile(db: Store['db'], caseId: string, sha256: string): Promise<CaseFile | undefined> {
  return columns(db).where('case_id', '=', caseId).where('sha256', '=', sha256).executeTakeFirst();
}

/** Oldest first. */
export function caseFiles({ db }: Store, caseId: string): Promise<readonly CaseFile[]> {
  return columns(db).where('case_id', '=', caseId).orderBy('uploaded_at').orderBy('sha256').execute();
}

function columns(db: Store['db'] | Tx) {
  return db.selectFrom('case_files').select(['sha256', 'name', 'size', 'type', 'uploaded_by', 'uploaded_at']);
}

/**
 * Those files of the case that commands may mean: whatever in them looks like a hash is looked up, and most commands name
 * none and ask nothing. @param texts the commands as JSON
 */
export async function filesNamedIn(
  tx: Tx,
  caseId: string,
  texts: readonly string[],
): Promise<Readonly<Record<string, FileValue>>> {
  const named = new Set(texts.flatMap((text) => [...text.matchAll(NAMED)].flatMap((found) => found[1] ?? [])));
  if (named.size === 0) return {};
  const rows = await tx
    .selectFrom('case_files')
    .select(['sha256', 'name', 'size', 'type'])
    .where('case_id', '=', caseId)
    .where('sha256', 'in', [...named].slice(0, MOST_NAMED))
    .execute();
  return Object.fromEntries(rows.map((row) => [row.sha256, row]));
}
