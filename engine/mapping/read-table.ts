/** Reads the text of a CSV file into a table; rows that do not fit the header are told apart, not lost. */

import { CsvError, parse } from 'csv-parse/sync';
import type { RowProblem, Table, TableRow } from './tables.ts';

export type ReadTable =
  | { readonly ok: true; readonly table: Table; readonly problems: readonly RowProblem[] }
  | { readonly ok: false; readonly problem: RowProblem };

interface Line {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The first line names the columns. A byte order mark is skipped. A quote that never closes spoils the whole file. */
export function readTable(file: string, text: string): ReadTable {
  let lines: readonly Line[];
  try {
    // With `info` and without `columns` the parser gives each record beside its place; its types do not say so.
    lines = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return {
      ok: false,
      problem: {
        file,
        line,
        message: { zh: '不是合法的 CSV：引号没有配对', en: 'not valid CSV: a quote is out of place' },
      },
    };
  }
  const [header, ...body] = lines;
  const columns = header?.record.map((name) => name.trim()) ?? [];
  if (header === undefined)
    return { ok: false, problem: { file, line: 1, message: { zh: '文件是空的', en: 'the file is empty' } } };
  const rows: TableRow[] = [];
  const problems: RowProblem[] = [];
  // A record's own line is where it begins: just behind the end of the one before.
  let before = header.info.lines;
  for (const { record, info } of body) {
    const line = before + 1;
    before = info.lines;
    if (record.length === columns.length) {
      rows.push({ line, cells: Object.fromEntries(columns.map((column, index) => [column, record[index] ?? ''])) });
      continue;
    }
    problems.push({
      file,
      line,
      message: {
        zh: `这一行有 ${record.length} 格，表头有 ${columns.length} 列`,
        en: `the row has ${record.length} cells, the header names ${columns.length} columns`,
      },
    });
  }
  return { ok: true, table: { file, columns, rows }, problems };
}
