/** Reads the cells of one row, gathering everything that is wrong with it. */

import type { JoinedTables, RowProblem, TableRow } from './tables.ts';
import { foldWord } from './words.ts';

/** What no text of ours may hold: PostgreSQL cannot keep NUL, and no UTF-8 a lone surrogate. */
const UNSAFE = /[\0\ud800-\udfff]/u;

export class RowReader {
  readonly problems: RowProblem[] = [];
  private readonly tables: JoinedTables;
  private readonly row: TableRow;
  private readonly blank: ReadonlySet<string>;

  /** @param blank folded words that stand for nothing in every column */
  constructor(tables: JoinedTables, row: TableRow, blank: ReadonlySet<string> = new Set()) {
    this.tables = tables;
    this.row = row;
    this.blank = blank;
  }

  /** Undefined when the cell is blank, or holds what cannot be kept, which is then a problem. */
  cell(column: string): string | undefined {
    const text = this.tables.cell(this.row, column);
    if (text !== undefined && this.blank.size > 0 && this.blank.has(foldWord(text))) return undefined;
    if (text === undefined || !UNSAFE.test(text)) return text;
    return this.fail(column, '含有无法保存的字符', 'holds characters that cannot be kept');
  }

  /** A cell that must not be blank. @param zh what it is, in Chinese */
  required(column: string, zh: string, en: string): string | undefined {
    const before = this.problems.length;
    const text = this.cell(column);
    if (text !== undefined || this.problems.length > before) return text;
    return this.fail(column, `${zh}为空`, `the ${en} is blank`);
  }

  /** @param at where it stands, when not in this row of the main table */
  fail(column: string | undefined, zh: string, en: string, at?: { file: string; line: number }): undefined {
    // A column may be read for more than one thing.
    if (this.problems.some((one) => one.column === column && one.message.en === en)) return undefined;
    const place = at ?? { file: this.tables.main.file, line: this.row.line };
    this.problems.push({ ...place, ...(column !== undefined && { column }), message: { zh, en } });
    return undefined;
  }
}
