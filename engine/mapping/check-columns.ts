/** Whether the files of an export have every column that the mapping reads. */

import { shown } from '../form/problems.ts';
import type { Mapping, MappingTable } from '../playbook/mapping.ts';
import { splitColumn } from './column-name.ts';
import type { RowProblem, Table } from './tables.ts';

const MOST_LISTED = 40;

/** One problem of the header line for each column that is missing, or there twice. */
export function columnProblems(
  mapping: Mapping,
  tables: ReadonlyMap<string, Table>,
  main: Table,
): readonly RowProblem[] {
  const problems = new Map<string, RowProblem>();
  const need = (column: string | undefined, table: Table | undefined): void => {
    if (column === undefined || table === undefined) return;
    const problem = problemOf(table, column);
    if (problem !== undefined) problems.set(JSON.stringify([table.file, column]), problem);
  };
  const [first, ...others] = mapping.tables;
  for (const name of columnsOf(mapping)) {
    const { table = first?.table, column } = splitColumn(name, (id) => tables.has(id));
    const apart = others.find((one) => one.table === table && one.join === undefined);
    if (apart === undefined) need(column, tables.get(table ?? ''));
    else problems.set(JSON.stringify([apart.file, name]), notJoined(apart, name));
  }
  for (const { table: id, join = {}, fixes } of mapping.tables) {
    const table = tables.get(id);
    for (const [here, there] of Object.entries(join)) {
      need(here, main);
      need(there, table);
    }
    for (const column of Object.keys(fixes)) need(column, table);
  }
  const { people } = mapping;
  if (people !== undefined) {
    const team = tables.get(people.table);
    const named = [people.name, people.region, people.manager?.column, people.manager?.reports_to?.column];
    for (const column of named) need(column, team);
  }
  return [...problems.values()];
}

function notJoined({ file, table }: MappingTable, column: string): RowProblem {
  const message = {
    zh: `表 \`${table}\` 没有 join 到主表，行里没有 \`${column}\``,
    en: `table \`${table}\` has no join to the main one, so no row has \`${column}\``,
  };
  return { file, line: 1, column, message };
}

function problemOf({ file, columns }: Table, column: string): RowProblem | undefined {
  const first = columns.indexOf(column);
  if (first >= 0 && columns.indexOf(column, first + 1) < 0) return undefined;
  const has = listed(columns);
  const message =
    first < 0
      ? { zh: `没有 \`${column}\` 列；文件的列是 ${has}`, en: `there is no column \`${column}\`; the file has ${has}` }
      : { zh: `有两列都叫 \`${column}\``, en: `two columns are called \`${column}\`` };
  return { file, line: 1, column, message };
}

function listed(columns: readonly string[]): string {
  const names = columns.slice(0, MOST_LISTED).map((column) => shown(column));
  return `${names.join(', ')}${columns.length > names.length ? ', …' : ''}`;
}

/** Every column of the main table or a joined one that the mapping reads, as the mapping names it. */
function columnsOf(mapping: Mapping): readonly string[] {
  const facts = mapping.facts.flatMap((fact) => [fact.column, fact.else]);
  const titles = (mapping.case_title ?? []).map((cell) => cell.column);
  const pipeline = 'column' in mapping.pipeline ? [mapping.pipeline.column] : [];
  const { opened, closed } = mapping.dates;
  const single = [mapping.id.column, mapping.stage.column, mapping.owner.column, opened, closed];
  return [...single, ...titles, ...pipeline, ...facts].filter((column) => column !== undefined);
}
