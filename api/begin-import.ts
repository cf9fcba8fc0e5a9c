/** Begins an import, from whichever door: the files are read, the import is recorded, its workflow started. */

import type { RowProblem } from '../engine/mapping/tables.ts';
import type { Mapping } from '../engine/playbook/mapping.ts';
import { createImport, type ImportFiles, type ImportJob, shiftOf } from '../store/imports/import-job.ts';
import { firstShift, type ReadImport, readImport } from '../store/imports/prepare-import.ts';
import type { Store } from '../store/open-store.ts';
import type { EntityClient } from './entity-client.ts';
import { ApiProblem } from './problem.ts';

export interface ReadExport {
  readonly read: ReadImport;
  /** Whole days by which dates are moved: fixed by the source's first import. */
  readonly shift_days: number;
}

/** @throws ApiProblem 422 naming file, line and column of everything that keeps the files from being read. */
export async function readExportFiles(store: Store, mapping: Mapping, files: ImportFiles): Promise<ReadExport> {
  const result = readImport(mapping, files);
  if (!result.ok) {
    const message = { zh: '文件与映射对不上', en: 'the files do not fit the mapping' };
    throw new ApiProblem('unfitting', message, { problems: result.problems.map(problemOf) });
  }
  const { read } = result;
  const fixed = await shiftOf(store.db, mapping.mapping, read.source);
  return { read, shift_days: fixed ?? firstShift(read, new Date().toISOString()) };
}

/**
 * The import as it stands; of files that are being imported already, the one under way.
 * @throws ApiProblem 409 while other files of the same source are being imported. Whatever Temporal throws: the import is
 * recorded then, and the same call goes on with it.
 */
export async function beginImport(
  { store, entities }: { readonly store: Store; readonly entities: EntityClient },
  { read, shift_days }: ReadExport,
  files: ImportFiles,
  by: string,
): Promise<ImportJob> {
  const { mapping, source, tables } = read;
  const { is, job } = await createImport(store, {
    mapping: mapping.mapping,
    source,
    files: filesNamedBy(mapping, files),
    shift_days,
    rows: tables.main.rows.length,
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

function problemOf({ file, line, column, message }: RowProblem) {
  const place = column === undefined ? `${file}:${line}` : `${file}:${line} ${column}`;
  return {
    code: 'export-unfit',
    path: '/files',
    message: { zh: `${place}：${message.zh}`, en: `${place}: ${message.en}` },
  };
}
