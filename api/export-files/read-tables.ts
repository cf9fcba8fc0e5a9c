/** The files of an export as tables: what was sent under each name is read for what it is, or refused for what it is not. */

import { readTable, tableOf } from '../../engine/mapping/read-table.ts';
import type { RowProblem, Table } from '../../engine/mapping/tables.ts';
import type { Mapping, MappingTable } from '../../engine/playbook/mapping.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { ImportFiles } from '../../store/imports/import-job.ts';
import { decodeText, isReally } from './decode-text.ts';
import { readWorkbook } from './read-workbook.ts';
import { whatItIs } from './what-it-is.ts';

export type ReadTables =
  | { readonly ok: true; readonly tables: Readonly<Record<string, Table>> }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

type ReadFile = { readonly ok: true; readonly table: Table } | { readonly ok: false; readonly problem: RowProblem };

/** Files that the mapping does not name are left alone; a file that it names and nobody sent is told by the join. */
export async function readTables(mapping: Pick<Mapping, 'tables'>, files: ImportFiles): Promise<ReadTables> {
  const tables: Record<string, Table> = {};
  const problems: RowProblem[] = [];
  for (const declared of mapping.tables) {
    const file = Object.hasOwn(files, declared.file) ? files[declared.file] : undefined;
    if (file === undefined) continue;
    const read = await readFile(declared, file);
    if (read.ok) tables[declared.table] = read.table;
    else problems.push(read.problem);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, tables };
}

/** Whether a file of this name is an Excel workbook, if its name tells the truth. */
export function isWorkbookName(file: string): boolean {
  return /\.xls[xm]?$/i.test(file);
}

async function readFile(declared: MappingTable, sent: string | Uint8Array): Promise<ReadFile> {
  const { file } = declared;
  const no = (message: Text): ReadFile => ({ ok: false, problem: { file, line: 1, message } });
  if (isWorkbookName(file)) {
    const bytes = typeof sent === 'string' ? new TextEncoder().encode(sent) : sent;
    const kind = whatItIs(bytes);
    if (kind !== 'excel') return no(isReally(kind));
    const read = await readWorkbook(bytes, declared.sheet);
    return read.ok ? tableOf(file, padded(read.rows), declared) : no(read.message);
  }
  if (typeof sent === 'string') {
    const kind = whatItIs(new TextEncoder().encode(sent.slice(0, 1_024)));
    if (kind === 'text' || kind === 'empty') return readTable(file, sent, declared);
  }
  // Bytes of another kind may happen to be UTF-8 as well, and come as a text then.
  const text = decodeText(typeof sent === 'string' ? new TextEncoder().encode(sent) : sent, declared.encoding);
  return text.ok ? readTable(file, text.text, declared) : no(text.message);
}

/** A sheet's rows are as wide as its widest; Excel has no rows that are too short. */
export function padded<R extends { readonly cells: readonly string[] }>(rows: readonly R[]): readonly R[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.findLastIndex((cell) => cell.trim() !== '') + 1));
  return rows.map((row) => ({ ...row, cells: Array.from({ length: width }, (_, index) => row.cells[index] ?? '') }));
}
