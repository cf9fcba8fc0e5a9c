/** Rows that do not count: the header again among the rows, and all but one of those with the same id. */

import type { Mapping } from '../playbook/mapping.ts';
import type { Days } from './dates.ts';
import type { SkipReason } from './map-row.ts';
import type { JoinedTables, RowProblem, Table, TableRow } from './tables.ts';

export type PassedOver =
  | { readonly is: 'skipped'; readonly why: SkipReason }
  | { readonly is: 'bad'; readonly problem: RowProblem };

/** Index of the row in the main table → why it does not count. */
export function passedOver(mapping: Mapping, tables: JoinedTables, days: Days): ReadonlyMap<number, PassedOver> {
  const { main } = tables;
  const passed = new Map<number, PassedOver>();
  const counting = new Map<string, number>();
  const policy = mapping.duplicates ?? 'error';
  const dayOf = (index: number): string => {
    const row = main.rows[index];
    const cell = row && typeof policy === 'object' ? tables.cell(row, policy.newest_by) : undefined;
    return (cell === undefined ? undefined : days.dayOf(cell)) ?? '';
  };
  for (const [index, row] of main.rows.entries()) {
    if (isHeader(main, row)) {
      passed.set(index, { is: 'skipped', why: 'header' });
      continue;
    }
    const id = row.misfit === undefined ? tables.cell(row, mapping.id.column) : undefined;
    const before = id === undefined ? undefined : counting.get(id);
    if (id === undefined) continue;
    if (before === undefined) {
      counting.set(id, index);
    } else if (policy === 'error') {
      passed.set(index, { is: 'bad', problem: sameId(mapping, main, row, id, main.rows[before]?.line ?? 0) });
    } else {
      // Of two as new as each other the later one counts, as where nothing but order tells them apart.
      const isNewer = policy === 'last' || (typeof policy === 'object' && dayOf(index) >= dayOf(before));
      passed.set(isNewer ? before : index, { is: 'skipped', why: 'duplicate' });
      if (isNewer) counting.set(id, index);
    }
  }
  return passed;
}

function isHeader({ columns }: Table, { cells }: TableRow): boolean {
  return cells.length === columns.length && cells.every((cell, index) => cell.trim() === columns[index]);
}

function sameId(
  { id: { column } }: Mapping,
  { file }: Table,
  { line }: TableRow,
  id: string,
  first: number,
): RowProblem {
  const message = {
    zh: `编号 \`${id}\` 已在第 ${first} 行出现；可用 duplicates 说明以哪一行为准`,
    en: `the id \`${id}\` appears in line ${first} already; the mapping may say with \`duplicates\` which row counts`,
  };
  return { file, line, column, message };
}
