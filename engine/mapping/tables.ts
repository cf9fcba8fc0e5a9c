/** The files of an export as a mapping sees them: rows with their lines, values put right, joins settled. */

import type { Mapping, MappingTable } from '../playbook/mapping.ts';
import type { Text } from '../playbook/text.ts';

export interface TableRow {
  /** Counted from 1, as an editor shows it. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** What is wrong with an export or one of its rows, at its place. */
export interface RowProblem {
  readonly file: string;
  readonly line: number;
  readonly column?: string;
  readonly message: Text;
}

/** The rows of the main table, each with the rows it is joined to. */
export interface JoinedTables {
  readonly main: Table;
  readonly rows: readonly JoinedRow[];
  table(id: string): Table | undefined;
}

export interface JoinedRow {
  readonly row: TableRow;
  /**
   * The cell of `column` or `table.column`, fixed and trimmed.
   * Undefined when it is blank or the join found nothing.
   */
  cell(column: string): string | undefined;
}

/**
 * Settles fixes and joins. A column that the mapping names and the file lacks is a problem of the header line; so is a
 * table without its file.
 *
 * @param files table id → the file read for it
 */
export function joinTables(
  mapping: Mapping,
  files: Readonly<Record<string, Table>>,
):
  | { readonly ok: true; readonly tables: JoinedTables }
  | { readonly ok: false; readonly problems: readonly RowProblem[] } {
  const problems: RowProblem[] = [];
  const tables = new Map<string, Table>();
  for (const declared of mapping.tables) {
    const file = files[declared.table];
    if (file === undefined) problems.push(missingFile(declared));
    else tables.set(declared.table, fixed(declared, file));
  }
  const [first, ...others] = mapping.tables;
  const main = first && tables.get(first.table);
  if (main === undefined || problems.length > 0) return { ok: false, problems };
  problems.push(...missingColumns(mapping, tables, main));
  if (problems.length > 0) return { ok: false, problems };
  const joins = others.flatMap((declared) => {
    const table = tables.get(declared.table);
    return table === undefined || declared.join === undefined
      ? []
      : [{ id: declared.table, join: declared.join, index: indexOf(declared.join, table) }];
  });
  const rows = main.rows.map((row): JoinedRow => {
    const joined = new Map(joins.map((one) => [one.id, one.index.get(keyOf(Object.keys(one.join), row))]));
    return { row, cell: (column) => cellOf(column, row, joined) };
  });
  return { ok: true, tables: { main, rows, table: (id) => tables.get(id) } };
}

function cellOf(column: string, row: TableRow, joined: ReadonlyMap<string, TableRow | undefined>): string | undefined {
  const dot = column.indexOf('.');
  const other = dot > 0 && joined.has(column.slice(0, dot)) ? joined.get(column.slice(0, dot)) : undefined;
  const name = other === undefined ? column : column.slice(dot + 1);
  const text = (other ?? row).cells[name]?.trim();
  return text === undefined || text === '' ? undefined : text;
}

function fixed(declared: MappingTable, table: Table): Table {
  const columns = Object.entries(declared.fixes);
  if (columns.length === 0) return table;
  const rows = table.rows.map((row): TableRow => {
    const cells = { ...row.cells };
    for (const [column, values] of columns) {
      const was = cells[column]?.trim();
      const meant = was === undefined ? undefined : values[was];
      if (meant !== undefined) cells[column] = meant;
    }
    return { line: row.line, cells };
  });
  return { ...table, rows };
}

/** Keys by the joined table's own columns, in the order the join names them. */
function indexOf(join: Readonly<Record<string, string>>, table: Table): ReadonlyMap<string, TableRow> {
  return new Map(table.rows.map((row) => [keyOf(Object.values(join), row), row]));
}

function keyOf(columns: readonly string[], row: TableRow): string {
  return JSON.stringify(columns.map((column) => row.cells[column]?.trim() ?? ''));
}

function missingFile(declared: MappingTable): RowProblem {
  return {
    file: declared.file,
    line: 1,
    message: {
      zh: `缺少文件 \`${declared.file}\`（表 \`${declared.table}\`）`,
      en: `file \`${declared.file}\` of table \`${declared.table}\` is missing`,
    },
  };
}

function missingColumns(mapping: Mapping, tables: ReadonlyMap<string, Table>, main: Table): readonly RowProblem[] {
  const problems: RowProblem[] = [];
  const need = (column: string, table: Table): void => {
    if (table.columns.includes(column)) return;
    problems.push({
      file: table.file,
      line: 1,
      column,
      message: {
        zh: `没有 \`${column}\` 列；文件的列是 ${table.columns.join('、')}`,
        en: `there is no column \`${column}\`; the file has ${table.columns.join(', ')}`,
      },
    });
  };
  for (const column of new Set(columnsOf(mapping))) {
    const dot = column.indexOf('.');
    const other = dot > 0 ? tables.get(column.slice(0, dot)) : undefined;
    if (other === undefined) need(column, main);
    else need(column.slice(dot + 1), other);
  }
  for (const declared of mapping.tables) {
    const table = tables.get(declared.table);
    for (const [here, there] of Object.entries(declared.join ?? {})) {
      need(here, main);
      if (table !== undefined) need(there, table);
    }
  }
  const people = mapping.people;
  const team = people && tables.get(people.table);
  if (people !== undefined && team !== undefined) {
    const named = [people.name, people.region, people.manager?.column, people.manager?.reports_to?.column];
    for (const column of named) if (column !== undefined) need(column, team);
  }
  return problems;
}

/** Every column of the main table or a joined one that the mapping reads. */
function columnsOf(mapping: Mapping): readonly string[] {
  const facts = mapping.facts.flatMap((fact) => [fact.column, fact.else]);
  const titles = (mapping.case_title ?? []).map((cell) => cell.column);
  const pipeline = 'column' in mapping.pipeline ? [mapping.pipeline.column] : [];
  const dates = [mapping.dates.opened, mapping.dates.closed];
  const all = [
    mapping.id.column,
    mapping.stage.column,
    mapping.owner.column,
    ...titles,
    ...pipeline,
    ...facts,
    ...dates,
  ];
  return all.filter((column) => column !== undefined);
}
