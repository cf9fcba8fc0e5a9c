/** Changes in the CRM that an import has met: kept until their commands have been answered, each once. */

import { sql } from 'kysely';
import { canonicalText } from '../../engine/canonical-text.ts';
import { sha256 } from '../hash.ts';
import type { Store, Tx } from '../open-store.ts';
import type { ImportJob } from './import-job.ts';
import type { ChangeOutcome } from './import-progress.ts';
import type { PlannedChange } from './row-change.ts';

export interface PendingChange {
  readonly external_id: string;
  readonly line: number;
  readonly change: PlannedChange;
}

export async function keepChanges(tx: Tx, job: ImportJob, changes: readonly PendingChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { import: id, mapping, source } = job;
  const values = changes.map(({ external_id, line, change }) => ({
    import: id,
    line,
    mapping,
    source,
    external_id,
    case_id: change.standing.case,
    said: JSON.stringify(change.said),
    digest: sha256(canonicalText(change.said)),
    change: JSON.stringify(change),
  }));
  await tx.insertInto('import_changes').values(values).execute();
}

/** The next ones, in the order of their lines. */
export async function pendingChanges({ db }: Store, id: number, limit: number): Promise<readonly PendingChange[]> {
  const rows = await db
    .selectFrom('import_changes')
    .select(['external_id', 'line', 'change'])
    .where('import', '=', id)
    .where('outcome', 'is', null)
    .orderBy('line')
    .limit(limit)
    .execute();
  // Written by `keepChanges`.
  return rows.map(({ change, ...row }) => ({ ...row, change: change as PlannedChange }));
}

/** What failed is met as a change again by the next import; of all else the row is known to have said it. */
export async function settleChanges(
  tx: Tx,
  { import: id }: ImportJob,
  outcomes: ReadonlyMap<string, ChangeOutcome>,
): Promise<void> {
  for (const [external, outcome] of outcomes) {
    await tx
      .updateTable('import_changes')
      .set({ outcome })
      .where('import', '=', id)
      .where('external_id', '=', external)
      .execute();
  }
  const handled = [...outcomes].filter(([, outcome]) => outcome !== 'failed').map(([external]) => external);
  await sql`update import_rows r set said = c.said, digest = c.digest from import_changes c
    where c.import = ${id} and c.external_id = any(${handled}::text[])
    and r.mapping = c.mapping and r.source = c.source and r.external_id = c.external_id`.execute(tx);
}
