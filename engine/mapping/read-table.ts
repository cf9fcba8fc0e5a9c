/** Turns the text of a CSV file, or the rows of a sheet, into a table; rows that do not fit the header stay in it, marked. */

import { CsvError, parse } from 'csv-parse/sync';
import { DELIMITERS, type MappingTable } from '../playbook/mapping.ts';
import type { Text } from '../playbook/text.ts';
import type { RowProblem, Table, TableRow } from './tables.ts';

export type ReadTable =
  | { readonly ok: true; readonly table: Table }
  | { readonly ok: false; readonly problem: RowProblem };

/** What the mapping says of how a file is written. */
export type TableForm = Pick<MappingTable, 'delimiter' | 'header_line'>;

/** A row before it is known which columns it has. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const EMPTY: Text = { zh: '文件是空的；请重新导出', en: 'the file is empty; export it again' };
const OPEN_QUOTE: Text = {
  zh: '这一行的引号没有闭合，无法知道行到哪里结束',
  en: 'a quote opens here and never closes, so where the row ends is unknown',
};

/**
 * Blank lines are passed over, and a byte order mark is skipped. A quote that opens a cell and never closes spoils the
 * whole file, since nobody can tell where its rows end.
 */
export function readTable(file: string, text: string, form: TableForm = {}): ReadTable {
  const rows = textRows(text, form);
  if ('badLine' in rows) return { ok: false, problem: { file, line: rows.badLine, message: OPEN_QUOTE } };
  return tableOf(file, rows, form);
}

/** The rows of a text before it is known which of them names the columns; or the line of a quote that never closes. */
export function textRows(text: string, form: TableForm): readonly RawRow[] | { readonly badLine: number } {
  // The parser counts a line break of two characters within quotes as two lines, and knows one kind of break a file.
  const lines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const named = /^sep=(.)\n/i.exec(lines);
  const delimiter =
    form.delimiter === undefined ? (named?.[1] ?? delimiterOf(lines, form.header_line)) : DELIMITERS[form.delimiter];
  return parseRows(named === null ? lines : lines.slice(named[0].length), delimiter, named === null ? 1 : 2);
}

/** The row in the header's line, or the first one, names the columns; those before it are left out. */
export function tableOf(file: string, rows: readonly RawRow[], { header_line: line }: TableForm = {}): ReadTable {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const head = line === undefined ? 0 : filled.findIndex((row) => row.line === line);
  const header = filled[head];
  if (header === undefined) {
    const message =
      filled.length === 0
        ? EMPTY
        : { zh: `第 ${line} 行是空的，没有列名`, en: `line ${line} is blank and names no columns` };
    return { ok: false, problem: { file, line: line ?? 1, message } };
  }
  const columns = header.cells.map((name) => name.trim());
  const table = filled.slice(head + 1).map((row) => rowOf(row, columns));
  return { ok: true, table: { file, columns, header_line: header.line, rows: table } };
}

/** The one of the usual four that parts the header into the most cells. */
export function delimiterOf(text: string, headerLine = 1): string {
  const lines = text.slice(0, 100_000).split('\n');
  const header = lines.slice(headerLine - 1).find((line) => line.trim() !== '') ?? '';
  const outside = header.replace(/"(?:[^"]|"")*"/g, '');
  const counted = Object.values(DELIMITERS).map((delimiter) => [delimiter, outside.split(delimiter).length] as const);
  const [first = [',', 0] as const, ...others] = counted;
  return others.reduce<readonly [string, number]>((best, one) => (one[1] > best[1] ? one : best), first)[0];
}

function parseRows(text: string, delimiter: string, from: number): readonly RawRow[] | { readonly badLine: number } {
  try {
    return rowsOf(text, delimiter, from);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser says where the file ends; the author wants to know where the quote opens.
    const whole = typeof error['records'] === 'number' ? error['records'] : 0;
    const last = { end: from - 1 };
    if (whole > 0) rowsOf(text, delimiter, from, { to: whole, last });
    return { badLine: last.end + 1 };
  }
}

interface Limits {
  /** Read no more records than this; -1 reads all. */
  readonly to: number;
  /** Set to the line on which the last record ends. */
  readonly last: { end: number };
}

/** A record begins on the line after the one on which the record before it ends. */
function rowsOf(
  text: string,
  delimiter: string,
  from: number,
  { to, last }: Limits = { to: -1, last: { end: from - 1 } },
): readonly RawRow[] {
  const rows: RawRow[] = [];
  parse(text, {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    to,
    // Kept in our own form at once: a hundred thousand records beside their places would be twice the memory.
    on_record: (record: readonly string[], { lines }) => {
      rows.push({ line: last.end + 1, cells: record });
      last.end = lines + from - 1;
      return null;
    },
  });
  return rows;
}

function rowOf({ line, cells }: RawRow, columns: readonly string[]): TableRow {
  if (cells.length === columns.length) return { line, cells };
  const misfit = {
    zh: `这一行有 ${cells.length} 格，表头有 ${columns.length} 列`,
    en: `the row has ${cells.length} cells, the header names ${columns.length} columns`,
  };
  return { line, cells: [], misfit };
}
