/** What the cells of one column hold: enough to guess what it is for, never more than is shown as evidence. */

import type { Table } from '../tables.ts';
import { foldWord } from '../words.ts';
import { BLANK_WORDS } from './header-words.ts';

export interface Column {
  readonly name: string;
  readonly index: number;
  /** Cells that say something. */
  readonly filled: number;
  /** Values with how often they stand there, in the order they come; the first few thousand. */
  readonly values: ReadonlyMap<string, number>;
  /** Words for nothing among the cells. */
  readonly blanks: ReadonlyMap<string, number>;
}

const MOST_VALUES = 5_000;

export function profilesOf({ columns, rows }: Table): readonly Column[] {
  return columns.map((name, index) => {
    const values = new Map<string, number>();
    const blanks = new Map<string, number>();
    let filled = 0;
    for (const { cells } of rows) {
      const cell = cells[index]?.trim() ?? '';
      if (cell === '' || cell === name) continue;
      const kept = BLANK_WORDS.has(foldWord(cell)) ? blanks : values;
      if (kept === values) filled += 1;
      if (kept.has(cell) || kept.size < MOST_VALUES) kept.set(cell, (kept.get(cell) ?? 0) + 1);
    }
    return { name, index, filled, values, blanks };
  });
}

/** `Deal - Title` is `title`, `Amount (USD)` is `amount`, `Date entered "Discovery"` is itself. */
export function bareHeader(name: string): string {
  const folded = foldWord(name.replace(/[（(][^）)]*[）)]\s*$/, ''));
  return folded
    .replace(/^[^-–]+ [-–] /, '')
    .replace(/[:：*]+$/, '')
    .trim();
}
