/** Cases whose rows are no longer in the export: told, and left as they are. */

import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import type { ImportJob } from './import-job.ts';
import { type ImportProgress, withProblems } from './import-progress.ts';

const MOST_TOLD = 20;

/** Of cases that are over nothing is expected: a CRM may archive them. */
export async function withVanished({ db }: Store, job: ImportJob, file: string): Promise<ImportProgress> {
  const { import: id, mapping, source, progress } = job;
  const { rows } = await sql<{ external_id: string; case_id: string; count: number }>`
    select r.external_id, r.case_id, count(*) over ()::integer as count
    from import_rows r join cases c on c.id = r.case_id
    where r.mapping = ${mapping} and r.source = ${source} and r.seen_in is distinct from ${id} and not c.finished
    order by r.external_id limit ${MOST_TOLD}`.execute(db);
  const problems = rows.map(({ external_id }) => ({
    file,
    line: 1,
    message: {
      zh: `\`${external_id}\` 不在这次导出里了；案件保持原样`,
      en: `\`${external_id}\` is no longer in the export; the case is left as it is`,
    },
  }));
  return { ...withProblems(progress, problems), vanished: rows[0]?.count ?? 0 };
}
