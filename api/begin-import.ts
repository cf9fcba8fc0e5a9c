/** Begins an import, from whichever door: the files are read, the import is recorded, its workflow started. */

import type { RowProblem } from '../engine/mapping/tables.ts';
import type { Mapping } from '../engine/playbook/mapping.ts';
import { createImport, type ImportFiles, type ImportJob, shiftOf } from '../store/imports/import-job.ts';
import type { ImportTables } from '../store/imports/import-tables.ts';
import { firstShift, type ReadImport, readImport } from '../store/imports/prepare-import.ts';
import type { Store } from '../store/open-store.ts';
import type { EntityClient } from './entity-client.ts';
import { readTables } from './export-files/read-tables.ts';
import { ApiProblem } from './problem.ts';

export interface ReadExport {
  readonly read: ReadImport;
  readonly tables: ImportTables;
  /** Whole days by which dates are moved: fixed by the source's first import. */
  readonly shift_days: number;
}

/** @throws ApiProblem 422 naming the questions that the mapping leaves open, or file, line and column of everything that keeps the files from being read. */
export async function readExportFiles(store: Store, mapping: Mapping, files: ImportFiles): Promise<ReadExport> {
  refuseOpenQuestions(mapping);
  const sent = await readTables(mapping, files);
  const result = sent.ok ? readImport(mapping, sent.tables) : sent;
  if (!result.ok || !sent.ok) {
    const message = { zh: '文件与映射对不上', en: 'the files do not fit the mapping' };
    throw new ApiProblem('unfitting', message, {
      problems: ('problems' in result ? result.problems : []).map(problemOf),
    });
  }
  const { read } = result;
  const fixed = await shiftOf(store.db, mapping.mapping, read.source);
  return { read, tables: sent.tables, shift_days: fixed ?? firstShift(read, new Date().toISOString()) };
}

/**
 * The import as it stands; of files that are being imported already, the one under way.
 * @throws ApiProblem 409 while other files of the same source are being imported. Whatever Temporal throws: the import is
 * recorded then, and the same call goes on with it.
 */
export async function beginImport(
  { store, entities }: { readonly store: Store; readonly entities: EntityClient },
  { read, tables, shift_days }: ReadExport,
  files: ImportFiles,
  by: string,
): Promise<ImportJob> {
  const { mapping, source } = read;
  const { is, job } = await createImport(store, {
    mapping: mapping.mapping,
    source,
    files: filesNamedBy(mapping, files),
    tables,
    shift_days,
    rows: read.tables.main.rows.length,
    started_by: by,
  });
  // Left to run where it runs; one that lost its workflow gets it back.
  await entities.startImport(job.import);
  if (is !== 'other') return job;
  const message = {
    zh: `导入 ${job.import} 正在导入同一来源的另一些文件，完成后再试`,
    en: `import ${job.import} of other files of the same source is under way; try again when it is done`,
  };
  throw new ApiProblem('refused', message);
}

export function filesNamedBy(mapping: Mapping, files: ImportFiles): ImportFiles {
  return Object.fromEntries(mapping.tables.map(({ file }) => [file, files[file] ?? '']));
}

/** A suggested mapping imports nothing until somebody has answered what it asks. */
function refuseOpenQuestions({ mapping, open_questions: open = [] }: Mapping): void {
  if (open.length === 0) return;
  const message = {
    zh: `映射 \`${mapping}\` 还有 ${open.length} 个问题没有答案；把其中的 \`?\` 换成答案`,
    en: `the mapping \`${mapping}\` has ${open.length} open questions; put an answer in the place of each \`?\``,
  };
  const problems = open.map(({ key, at }) => ({
    code: 'mapping-open-question',
    path: '/mapping',
    message: { zh: `${at.file}:${at.line}:${at.col} \`${key}\``, en: `${at.file}:${at.line}:${at.col} \`${key}\`` },
  }));
  throw new ApiProblem('unfitting', message, { problems });
}

function problemOf({ file, line, column, message }: RowProblem) {
  const place = column === undefined ? `${file}:${line}` : `${file}:${line} ${column}`;
  return {
    code: 'export-unfit',
    path: '/files',
    message: { zh: `${place}：${message.zh}`, en: `${place}: ${message.en}` },
  };
}
