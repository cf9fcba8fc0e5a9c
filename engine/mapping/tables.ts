/** The files of an export as a mapping sees them: rows with their lines, values put right, joins settled. */

import { shown } from '../form/problems.ts';
import type { Mapping, MappingTable } from '../playbook/mapping.ts';
import type { Text } from '../playbook/text.ts';
import { columnProblems } from './check-columns.ts';
import { splitColumn } from './column-name.ts';

export interface TableRow {
  /** Where it begins, counted from 1 as an editor shows it. */
  readonly line: number;
  /** In the order of the table's columns. */
  readonly cells: readonly string[];
  /** Why it is no row of its table. */
  readonly misfit?: Text;
}

export interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  /** The line that names the columns. */
  readonly header_line: number;
  readonly rows: readonly TableRow[];
}

/** What is wrong with an export or one of its rows, at its place. */
export interface RowProblem {
  readonly file: string;
  readonly line: number;
  readonly column?: string;
  readonly message: Text;
}

export interface JoinedTables {
  readonly main: Table;
  table(id: string): Table | undefined;
  /**
   * What a row of the main table says in `column` or `table.column`, fixed and trimmed. Undefined when the cell is blank
   * or the join finds nothing.
   */
  cell(row: TableRow, column: string): string | undefined;
}

export type JoinResult =
  | { readonly ok: true; readonly tables: JoinedTables; readonly problems: readonly RowProblem[] }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

/**
 * Settles fixes and joins. What keeps the whole export from being read (a table without its file, a column that the
 * mapping names and the file lacks) makes it not ok; rows of joined tables that cannot be used are told beside it.
 *
 * @param files table id → the file read for it
 */
export function joinTables(mapping: Mapping, files: Readonly<Record<string, Table>>): JoinResult {
  const missing: RowProblem[] = [];
  const tables = new Map<string, Table>();
  for (const declared of mapping.tables) {
    const file = Object.hasOwn(files, declared.table) ? files[declared.table] : undefined;
    if (file === undefined) missing.push(missingFile(declared));
    else tables.set(declared.table, fixed(declared, file));
  }
  const [first, ...others] = mapping.tables;
  const main = first && tables.get(first.table);
  if (first === undefined || main === undefined || missing.length > 0) return { ok: false, problems: missing };
  const unfit = columnProblems(mapping, tables, main);
  if (unfit.length > 0) return { ok: false, problems: unfit };

  const problems: RowProblem[] = [];
  const sources = new Map<string, Source>([[first.table, { table: main, rowFor: (row) => row }]]);
  for (const { table: id, join } of others) {
    const table = tables.get(id);
    if (table === undefined) continue;
    problems.push(...misfits(table));
    if (join !== undefined) sources.set(id, joinedBy(join, main, table, problems));
  }
  const cell = cellReader(first.table, sources);
  return { ok: true, problems, tables: { main, table: (id) => tables.get(id), cell } };
}

/** What a row says in a column of its own table, trimmed; undefined when blank. */
export function cellIn(table: Table, row: TableRow, column: string): string | undefined {
  return nonBlank(row.cells[table.columns.indexOf(column)]);
}

/** A table and how a row of the main one leads to one of its rows. */
interface Source {
  readonly table: Table;
  rowFor(row: TableRow): TableRow | undefined;
}

function cellReader(main: string, sources: ReadonlyMap<string, Source>): JoinedTables['cell'] {
  const places = new Map<string, { readonly source: Source | undefined; readonly index: number }>();
  return (row, name) => {
    let place = places.get(name);
    if (place === undefined) {
      const { table = main, column } = splitColumn(name, (id) => sources.has(id));
      const source = sources.get(table);
      place = { source, index: source?.table.columns.indexOf(column) ?? -1 };
      places.set(name, place);
    }
    return nonBlank(place.source?.rowFor(row)?.cells[place.index]);
  };
}

/** Where two rows have the same key the first counts, and the second is told. */
function joinedBy(join: Readonly<Record<string, string>>, main: Table, table: Table, problems: RowProblem[]): Source {
  const here = Object.keys(join);
  const there = Object.values(join);
  const byKey = new Map<string, TableRow>();
  for (const row of table.rows) {
    if (row.misfit !== undefined) continue;
    const key = keyOf(table, row, there);
    const before = byKey.get(key);
    if (before === undefined) byKey.set(key, row);
    else problems.push(sameKey(table, row, before, there));
  }
  return { table, rowFor: (row) => byKey.get(keyOf(main, row, here)) };
}

function keyOf(table: Table, row: TableRow, columns: readonly string[]): string {
  const cells = columns.map((column) => cellIn(table, row, column) ?? '');
  return cells.length === 1 ? (cells[0] ?? '') : JSON.stringify(cells);
}

function fixed(declared: MappingTable, table: Table): Table {
  const fixes = Object.entries(declared.fixes).map(([column, values]) => ({
    index: table.columns.indexOf(column),
    values: new Map(Object.entries(values)),
  }));
  if (fixes.length === 0) return table;
  const rows = table.rows.map((row): TableRow => {
    const cells = [...row.cells];
    for (const { index, values } of fixes) {
      const meant = values.get(cells[index]?.trim() ?? '');
      if (meant !== undefined) cells[index] = meant;
    }
    return { ...row, cells };
  });
  return { ...table, rows };
}

function nonBlank(cell: string | undefined): string | undefined {
  const text = cell?.trim();
  return text === '' ? undefined : text;
}

function misfits({ file, rows }: Table): readonly RowProblem[] {
  return rows.flatMap(({ line, misfit }) => (misfit === undefined ? [] : [{ file, line, message: misfit }]));
}

function sameKey(table: Table, row: TableRow, before: TableRow, columns: readonly string[]): RowProblem {
  const key = shown(columns.map((column) => cellIn(table, row, column) ?? '').join(', '));
  const message = {
    zh: `${key} 已在第 ${before.line} 行出现，以先出现的为准`,
    en: `${key} appears in line ${before.line} already; the first one counts`,
  };
  return { file: table.file, line: row.line, column: columns.join(', '), message };
}

function missingFile({ file, table }: MappingTable): RowProblem {
  const message = {
    zh: `缺少文件 \`${file}\`（表 \`${table}\`）`,
    en: `file \`${file}\` of table \`${table}\` is missing`,
  };
  return { file, line: 1, message };
}
