/** Prints rows as aligned columns, as wide as the terminal allows. */

import { columnsOf } from '../engine/language/diagnostics/columns.ts';
import { cutToWidth, padToWidth, printable } from './text-width.ts';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
  /** Numbers stand at the right edge. */
  readonly right?: boolean;
  /** This column gives way when the table is too wide; never below its head. */
  readonly shrinks?: boolean;
}

const GAP = 2;

/** Takes columns from the widest column that may shrink until the table fits. */
function shrinkToFit<Row>(columns: readonly Column<Row>[], widths: number[], room: number): void {
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP * (widths.length - 1) - room;
  while (excess > 0) {
    let widest = -1;
    columns.forEach((column, index) => {
      const width = widths[index] ?? 0;
      const isFree = column.shrinks === true && width > Math.max(8, columnsOf(column.head));
      if (isFree && width > (widths[widest] ?? -1)) widest = index;
    });
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
}

/** @returns the lines, head first, without trailing spaces. `room` is in columns; absent: as wide as need be. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  room = Number.POSITIVE_INFINITY,
): string[] {
  const cells = [
    columns.map((column) => column.head),
    ...rows.map((row) => columns.map((column) => printable(column.cell(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => columnsOf(line[index] ?? ''))));
  if (Number.isFinite(room)) shrinkToFit(columns, widths, room);
  return cells.map((line) =>
    line
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const cut = cutToWidth(cell, width);
        return columns[index]?.right === true
          ? ' '.repeat(Math.max(0, width - columnsOf(cut))) + cut
          : padToWidth(cut, width);
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}
