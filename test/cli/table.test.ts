/** Tables stay aligned whatever the script, and fit the terminal. */

import { expect, test } from 'vitest';
import { tableLines } from '../../cli/table.ts';
import { cutToWidth, printable } from '../../cli/text-width.ts';
import { columnsOf } from '../../engine/language/diagnostics/columns.ts';

test('a text is cut between characters, never within one', () => {
  expect(cutToWidth('东方电子公司', 7)).toBe('东方电…');
  expect(cutToWidth('东方电子公司', 6)).toBe('东方…');
  expect(cutToWidth('东方', 4)).toBe('东方');
});

test('control characters do not reach the terminal', () => {
  expect(printable('a\u001b[31mred\u0007\nb\u202ec')).toBe('a [31mred b c');
});

const COLUMNS = [
  { head: 'ID', cell: (row: Row) => row.id },
  { head: 'NAME', cell: (row: Row) => row.name, shrinks: true },
  { head: 'DAYS', cell: (row: Row) => row.days, right: true },
];

interface Row {
  readonly id: string;
  readonly name: string;
  readonly days: string;
}

const ROWS: readonly Row[] = [
  { id: '1', name: '东方电子核心系统', days: '3' },
  { id: '22', name: 'Acme', days: '120' },
];

test('columns stand under each other', () => {
  expect(tableLines(COLUMNS, ROWS)).toEqual([
    'ID  NAME              DAYS',
    '1   东方电子核心系统     3',
    '22  Acme               120',
  ]);
});

test('a narrow terminal cuts the column that may shrink, and no other', () => {
  const lines = tableLines(COLUMNS, ROWS, 20);
  expect(lines).toEqual(['ID  NAME        DAYS', '1   东方电子…      3', '22  Acme         120']);
  for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(20);
});
