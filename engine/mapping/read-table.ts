/** Reads the text of a CSV file into a table; rows that do not fit the header stay in it, marked as such. */

import { CsvError, parse } from 'csv-parse/sync';
import type { Text } from '../playbook/text.ts';
import type { RowProblem, Table, TableRow } from './tables.ts';

export type ReadTable =
  | { readonly ok: true; readonly table: Table }
  | { readonly ok: false; readonly problem: RowProblem };

interface Line {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const EMPTY: Text = { zh: '文件是空的', en: 'the file is empty' };
const OPEN_QUOTE: Text = {
  zh: '这一行的引号没有闭合，无法知道行到哪里结束',
  en: 'a quote opens here and never closes, so where the row ends is unknown',
};

/**
 * The first line names the columns; blank lines are passed over, and a byte order mark is skipped. A quote that opens a
 * cell and never closes spoils the whole file, since nobody can tell where its rows end.
 */
export function readTable(file: string, text: string): ReadTable {
  // The parser counts a line break of two characters within quotes as two lines, and knows one kind of break a file.
  const lines = parseLines(text.replace(/\r\n?/g, '\n'));
  if ('badLine' in lines) return { ok: false, problem: { file, line: lines.badLine, message: OPEN_QUOTE } };
  let columns: readonly string[] | undefined;
  const rows: TableRow[] = [];
  // A record begins on the line after the one on which the record before it ends.
  let line = 1;
  for (const { record, info } of lines) {
    const isBlank = record.length === 1 && record[0] === '';
    if (!isBlank && columns === undefined) columns = record.map((name) => name.trim());
    else if (!isBlank && columns !== undefined) rows.push(rowOf(line, record, columns));
    line = info.lines + 1;
  }
  if (columns === undefined) return { ok: false, problem: { file, line: 1, message: EMPTY } };
  return { ok: true, table: { file, columns, rows } };
}

function parseLines(text: string): readonly Line[] | { readonly badLine: number } {
  try {
    return linesOf(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser says where the file ends; the author wants to know where the quote opens.
    const whole = typeof error['records'] === 'number' ? error['records'] : 0;
    return { badLine: whole === 0 ? 1 : (linesOf(text, whole).at(-1)?.info.lines ?? 0) + 1 };
  }
}

/** @param to read no more records than this; -1 reads all */
function linesOf(text: string, to = -1): readonly Line[] {
  const options = { bom: true, info: true, record_delimiter: '\n', relax_column_count: true, relax_quotes: true, to };
  // With `info` and without `columns` the parser gives each record beside its place; its types do not say so.
  return parse(text, options) as unknown as Line[];
}

function rowOf(line: number, cells: readonly string[], columns: readonly string[]): TableRow {
  if (cells.length === columns.length) return { line, cells };
  const misfit = {
    zh: `这一行有 ${cells.length} 格，表头有 ${columns.length} 列`,
    en: `the row has ${cells.length} cells, the header names ${columns.length} columns`,
  };
  return { line, cells: [], misfit };
}
