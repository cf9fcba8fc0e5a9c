/** When a case entered its stages, as an export tells it: a column for each stage, or a table with a row for each change. */

import type { Mapping } from '../playbook/mapping.ts';
import type { RowContext } from './map-row.ts';
import type { RowReader } from './row-reader.ts';
import { cellIn, type JoinedTables, type Table, type TableRow } from './tables.ts';
import { meaningOf } from './words.ts';

/** A table of changes: the id of a case → its rows. */
export interface HistoryTable {
  readonly table: Table;
  readonly rowsOf: ReadonlyMap<string, readonly TableRow[]>;
}

/** One entry into a stage, its day not read yet. */
export interface Step {
  readonly stage: string;
  readonly cell: string;
  readonly column: string;
  /** Absent: in the row itself. */
  readonly at?: { readonly file: string; readonly line: number };
}

/** Absent where the mapping has no such table. */
export function historyTable({ history }: Mapping, tables: JoinedTables): HistoryTable | undefined {
  const table = history?.kind === 'table' ? tables.table(history.table) : undefined;
  if (table === undefined || history?.kind !== 'table') return undefined;
  const rowsOf = new Map<string, TableRow[]>();
  for (const row of table.rows) {
    const id = row.misfit === undefined ? cellIn(table, row, history.key) : undefined;
    if (id === undefined) continue;
    const before = rowsOf.get(id);
    if (before === undefined) rowsOf.set(id, [row]);
    else before.push(row);
  }
  return { table, rowsOf };
}

/** Changes to words that mean no stage of ours (closed, left out) are no steps. */
export function stepsOf(context: RowContext, reader: RowReader, id: string): readonly Step[] {
  const { history: rule, stage } = context.mapping;
  if (rule === undefined) return [];
  if (rule.kind === 'columns') {
    return Object.entries(rule.stages).flatMap(([column, name]) => {
      const cell = reader.cell(column);
      return cell === undefined ? [] : [{ stage: name, cell, column }];
    });
  }
  const { history } = context;
  if (history === undefined) return [];
  const { table, rowsOf } = history;
  return (rowsOf.get(id) ?? []).flatMap((row) => {
    const word = cellIn(table, row, rule.stage);
    const cell = cellIn(table, row, rule.on);
    const meant = word === undefined ? undefined : meaningOf(stage.values, word);
    if (meant?.kind !== 'stage' || cell === undefined) return [];
    return [{ stage: meant.stage, cell, column: rule.on, at: { file: table.file, line: row.line } }];
  });
}
