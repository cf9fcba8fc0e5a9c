/** Whether the files of an export have every column that the mapping reads. */

import { shown } from '../form/problems.ts';
import type { MappedWords, Mapping, MappingTable } from '../playbook/mapping.ts';
import { splitColumn } from './column-name.ts';
import type { RowProblem, Table } from './tables.ts';

const MOST_LISTED = 40;
/** Further down no title of a report goes. */
const HEADER_WITHIN = 20;

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
    const above = [people.manager?.column, people.manager?.reports_to?.column];
    for (const column of [people.name, people.region, people.email, ...above]) need(column, team);
  }
  const { history } = mapping;
  if (history?.kind === 'table') {
    for (const column of [history.key, history.stage, history.on]) need(column, tables.get(history.table));
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

function problemOf(table: Table, column: string): RowProblem | undefined {
  const { file, columns, header_line: line } = table;
  const first = columns.indexOf(column);
  if (first >= 0 && columns.indexOf(column, first + 1) < 0) return undefined;
  if (first >= 0) {
    const twice = { zh: `有两列都叫 \`${column}\``, en: `two columns are called \`${column}\`` };
    return { file, line, column, message: twice };
  }
  const has = listed(columns);
  // A report often stands under a title, its name and its date.
  const header = table.rows.slice(0, HEADER_WITHIN).find((row) => row.cells.some((cell) => cell.trim() === column));
  const below = {
    zh: header === undefined ? '' : `；第 ${header.line} 行有，可在映射里写 header_line: ${header.line}`,
    en: header === undefined ? '' : `; line ${header.line} has it: the mapping may say header_line: ${header.line}`,
  };
  const message = {
    zh: `没有 \`${column}\` 列；文件的列是 ${has}${below.zh}`,
    en: `there is no column \`${column}\`; the file has ${has}${below.en}`,
  };
  return { file, line, column, message };
}

function listed(columns: readonly string[]): string {
  const names = columns.slice(0, MOST_LISTED).map((column) => shown(column));
  return `${names.join(', ')}${columns.length > names.length ? ', …' : ''}`;
}

/** Every column of the main table or a joined one that the mapping reads, as the mapping names it. */
function columnsOf(mapping: Mapping): readonly string[] {
  const facts = mapping.facts.flatMap((fact) => [fact.column, fact.else, columnIn(fact.currency)]);
  const titles = (mapping.case_title ?? []).map((cell) => cell.column);
  const { pipeline, status, history, stage, duplicates, dates } = mapping;
  const over = [...Object.values(stage.values), ...Object.values(status?.values ?? {})];
  const reasons = over.map((one) => (one.kind === 'lost' ? columnIn(one.reason) : undefined));
  const steps = history?.kind === 'columns' ? Object.keys(history.stages) : [];
  const newest = typeof duplicates === 'object' ? duplicates.newest_by : undefined;
  const { opened, closed, entered, last_activity } = dates;
  const single = [mapping.id.column, stage.column, status?.column, mapping.owner.column, newest, columnIn(pipeline)];
  const all = [...single, opened, closed, entered, last_activity, ...titles, ...facts, ...reasons, ...steps];
  return all.filter((column) => column !== undefined);
}

function columnIn(words: MappedWords | { readonly pipeline: string } | string | undefined): string | undefined {
  return typeof words === 'object' && 'column' in words ? words.column : undefined;
}
