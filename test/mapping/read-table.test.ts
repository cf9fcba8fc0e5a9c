/** A CSV file becomes a table whose lines are those an editor shows. */

import { describe, expect, it } from 'vitest';
import { readTable } from '../../engine/mapping/read-table.ts';
import type { Table } from '../../engine/mapping/tables.ts';

function tableOf(text: string): Table {
  const read = readTable('deals.csv', text);
  if (!read.ok) throw new Error(read.problem.message.en);
  return read.table;
}

const linesOf = (text: string): number[] => tableOf(text).rows.map((row) => row.line);
const cellsOf = (text: string): (readonly string[])[] => tableOf(text).rows.map((row) => row.cells);

describe('readTable', () => {
  it('takes the columns from the first line and the rows from the others', () => {
    const table = tableOf('id, name \n1,Ann\n2,Bob\n');
    expect(table).toEqual({
      file: 'deals.csv',
      columns: ['id', 'name'],
      header_line: 1,
      rows: [
        { line: 2, cells: ['1', 'Ann'] },
        { line: 3, cells: ['2', 'Bob'] },
      ],
    });
  });

  it.each([
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
    ['carriage returns', '\r'],
  ])('gives a record the line it begins on, whatever its cells break over: %s', (_name, end) => {
    const text = ['id,name', '1,"two', 'lines"', '2,plain', '3,"three', '', 'lines"', '4,last', ''].join(end);
    expect(linesOf(text)).toEqual([2, 4, 5, 8]);
    expect(cellsOf(text)[0]).toEqual(['1', 'two\nlines']);
  });

  it('reads a file whose lines end in different ways', () => {
    expect(cellsOf('id,name\n1,"Ann"\r\n2,Bob\n')).toEqual([
      ['1', 'Ann'],
      ['2', 'Bob'],
    ]);
  });

  it('counts blank lines and passes them over', () => {
    expect(linesOf('\nid,name\n\n1,Ann\n\n\n2,Bob\n\n')).toEqual([4, 7]);
  });

  it('skips a byte order mark, before a quoted column too', () => {
    expect(tableOf('\ufeffid,name\r\n1,Ann').columns).toEqual(['id', 'name']);
    expect(tableOf('\ufeff"id",name\n1,Ann').columns).toEqual(['id', 'name']);
  });

  it('keeps a quote in the middle of a cell', () => {
    expect(cellsOf('id,name\n1,5.25" disk\n2,"says ""hi"""\n')).toEqual([
      ['1', '5.25" disk'],
      ['2', 'says "hi"'],
    ]);
  });

  it('marks rows with too few or too many cells, and keeps the others', () => {
    const { rows } = tableOf('id,name\n1\n2,Bob\n3,Cid,more\n');
    expect(rows.map((row) => [row.line, row.misfit?.en])).toEqual([
      [2, 'the row has 1 cells, the header names 2 columns'],
      [3, undefined],
      [4, 'the row has 3 cells, the header names 2 columns'],
    ]);
  });

  it('tells where a quote opens that never closes', () => {
    const text = `id,name\n1,Ann\n2,"Bob\n${'3,Cid\n'.repeat(50)}`;
    const message = {
      zh: '这一行的引号没有闭合，无法知道行到哪里结束',
      en: 'a quote opens here and never closes, so where the row ends is unknown',
    };
    expect(readTable('deals.csv', text)).toEqual({ ok: false, problem: { file: 'deals.csv', line: 3, message } });
    expect(readTable('deals.csv', '"id\n')).toMatchObject({ ok: false, problem: { line: 1 } });
  });

  it('says that an empty file is empty', () => {
    for (const text of ['', '\n\n', '\ufeff'])
      expect(readTable('deals.csv', text)).toMatchObject({
        ok: false,
        problem: { line: 1, message: { zh: '文件是空的；请重新导出' } },
      });
  });

  it('reads a file that has columns and no rows', () => {
    expect(tableOf('id,name\n').rows).toEqual([]);
  });
});
