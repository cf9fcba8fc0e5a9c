/** Reads a table of people from a CSV or Excel file. */

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readTables } from '../api/export-files/read-tables.ts';
import type { Table } from '../engine/mapping/tables.ts';
import type { Encoding } from '../engine/playbook/mapping.ts';
import { CliExit, EXIT } from './exit-codes.ts';

/** @throws CliExit when there is no such file, or it is no table */
export async function readPeopleTable(path: string, encoding?: Encoding): Promise<Table> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) throw new CliExit(EXIT.usage, { zh: `没有 ${path}`, en: `there is no ${path}` });
  const file = basename(path);
  const declared = {
    table: 'people',
    file,
    fixes: {},
    at: { file, line: 1, col: 1 },
    ...(encoding !== undefined && { encoding }),
  };
  const read = await readTables({ tables: [declared] }, { [file]: bytes });
  const table = read.ok ? read.tables['people'] : undefined;
  if (table !== undefined) return table;
  const message = read.ok ? undefined : read.problems[0]?.message;
  throw new CliExit(EXIT.usage, {
    zh: `${file}：${message?.zh ?? '读不了'}`,
    en: `${file}: ${message?.en ?? 'it cannot be read'}`,
  });
}
