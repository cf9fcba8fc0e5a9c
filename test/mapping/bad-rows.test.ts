/** Rows that cannot become cases: each told with its line, its column and why; the others are left alone. */

import { describe, expect, it } from 'vitest';
import type { MappedRow } from '../../engine/mapping/map-row.ts';
import type { Person } from '../../engine/who/people.ts';
import { rowMapper } from '../../store/imports/prepare-import.ts';
import { exportOf, readText, SAMPLE_MAPPING, SHIPPED } from './shipped-mapping.ts';

const NOW = '2026-11-20T08:00:00.000Z';

function person(id: string, name: string, active = true): [string, Person] {
  return [id, { person: id, name, role: 'rep', lang: 'en', active }];
}

const PEOPLE = {
  version: 1,
  by_id: Object.fromEntries([
    person('ann', 'Ann Lee'),
    person('gone', 'Old Hand', false),
    person('sam-1', 'Sam Ho'),
    person('sam-2', 'sam  ho'),
    person('was', 'Kim Xu', false),
    person('is', 'Kim Xu'),
  ]),
};

function mapAll(...lines: readonly string[]): readonly (MappedRow | undefined)[] {
  const result = readText(SAMPLE_MAPPING, exportOf(lines));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const rowAt = rowMapper(result.read, { playbook: SHIPPED, people: PEOPLE, shift_days: 0, started_at: NOW });
  return result.read.tables.main.rows.map((_row, index) => rowAt(index));
}

/** `line column: message` of each problem. */
function problemsOf(...lines: readonly string[]): readonly string[] {
  return mapAll(...lines).flatMap((row) =>
    row === undefined || row.ok ? [] : row.problems.map((one) => `${one.line} ${one.column ?? '-'}: ${one.message.en}`),
  );
}

const GOOD = 'A1,Ann Lee,GTX Pro,Acme,Engaging,10/20/2016,,';

describe('a bad row', () => {
  it.each([
    [',Ann Lee,GTX Pro,Acme,Engaging,10/20/2016,,', 'opportunity_id: the id is blank'],
    [
      `${'x'.repeat(201)},Ann Lee,GTX Pro,Acme,Engaging,10/20/2016,,`,
      'opportunity_id: the id is longer than 200 characters',
    ],
    ['B,Ann Lee,GTX Pro,Acme,,10/20/2016,,', 'deal_stage: the stage is blank'],
    [
      'B,Ann Lee,GTX Pro,Acme,Dreaming,10/20/2016,,',
      'deal_stage: unknown stage `Dreaming`; the mapping has Prospecting, Engaging, Won, Lost',
    ],
    [
      'B,Ann Lee,GTX Pro,Acme,constructor,10/20/2016,,',
      'deal_stage: unknown stage `constructor`; the mapping has Prospecting, Engaging, Won, Lost',
    ],
    ['B,,GTX Pro,Acme,Engaging,10/20/2016,,', 'sales_agent: the owner is blank'],
    ['B,Nobody Known,GTX Pro,Acme,Engaging,10/20/2016,,', 'sales_agent: nobody is known as `Nobody Known`'],
    ['B,Sam Ho,GTX Pro,Acme,Engaging,10/20/2016,,', 'sales_agent: several people are known as `Sam Ho`'],
    ['B,Ann Lee,GTX Pro,Acme,Engaging,2016-10-20,,', 'engage_date: `2016-10-20` is not a date of the form M/d/yyyy'],
    ['B,Ann Lee,GTX Pro,Acme,Engaging,2/30/2017,,', 'engage_date: `2/30/2017` is not a date of the form M/d/yyyy'],
    ['B,Ann Lee,GTX Pro,Acme,Won,10/20/2016,10/19/2016,5', 'close_date: closed before it was opened on `2016-10-20`'],
    ['B,Ann Lee,GTX Pro,Acme,Won,10/20/2016,10/21/2016,five', 'close_value: `five` is not a number'],
    ['B,Ann Lee,GTX Pro,Acme,Won,10/20/2016,10/21/2016,"1,05"', 'close_value: `1,05` is not a number'],
    ['B,Ann Lee,GTX Pro,Ac\0me,Engaging,10/20/2016,,', 'account: holds characters that cannot be kept'],
    ['B,Ann Lee,GTX Pro', '-: the row has 3 cells, the header names 8 columns'],
  ])('%j is told once, and the row after it comes in', (line, expected) => {
    expect(problemsOf(line, GOOD)).toEqual([`2 ${expected}`]);
    expect(mapAll(line, GOOD)[1]).toMatchObject({ ok: true, external_id: 'A1' });
  });

  it('is told all that is wrong with it, not just the first', () => {
    expect(problemsOf(',Nobody,GTX Pro,Acme,Dreaming,soon,never,much')).toEqual([
      '2 opportunity_id: the id is blank',
      expect.stringContaining('deal_stage: unknown stage'),
      '2 sales_agent: nobody is known as `Nobody`',
      expect.stringContaining('engage_date: `soon`'),
      expect.stringContaining('close_date: `never`'),
      '2 close_value: `much` is not a number',
    ]);
  });

  it('whose id came before is told where; the first one counts', () => {
    expect(problemsOf(GOOD, GOOD.replace('GTX Pro', 'MG Special'), GOOD)).toEqual([
      '3 opportunity_id: the id `A1` appears in line 2 already; the mapping may say with `duplicates` which row counts',
      '4 opportunity_id: the id `A1` appears in line 2 already; the mapping may say with `duplicates` which row counts',
    ]);
  });

  it('quotes no more of a very long cell than can be read', () => {
    const [problem] = problemsOf(`B,Ann Lee,GTX Pro,Acme,${'z'.repeat(100_000)},10/20/2016,,`);
    expect(problem?.length).toBeLessThan(200);
  });

  it('is found on the line it begins on, behind cells with line breaks', () => {
    expect(
      problemsOf('A1,Ann Lee,GTX Pro,"Acme\r\nof\r\nParis",Engaging,10/20/2016,,', 'B,,GTX Pro,Acme,Engaging,,,'),
    ).toEqual(['5 sales_agent: the owner is blank']);
  });
});

describe('a good row', () => {
  it('has its title on one line', () => {
    const [row] = mapAll('A1,Ann Lee,GTX Pro,"Acme\nof   Paris",Engaging,10/20/2016,,');
    expect(row).toMatchObject({ ok: true, open: { title: 'Acme of Paris · GTX Pro' } });
  });

  it('may belong to somebody who has left, whom the case decider judges', () => {
    expect(mapAll('A1,Old Hand,GTX Pro,Acme,Won,10/20/2016,10/21/2016,5')[0]).toMatchObject({
      open: { owner: 'gone' },
    });
  });

  it('belongs to the one who is there where another of the name has left', () => {
    expect(mapAll('A1,KIM  XU,GTX Pro,Acme,Engaging,10/20/2016,,')[0]).toMatchObject({ open: { owner: 'is' } });
  });

  it('has no amount where neither the row nor the price list has one', () => {
    const [row] = mapAll('A1,Ann Lee,Something Else,Acme,Engaging,10/20/2016,,');
    expect(row).toMatchObject({ ok: true, notes: [] });
    expect(row?.ok === true && row.open.facts).not.toHaveProperty('amount');
  });

  it('says when a closed case has no closing day', () => {
    const [row] = mapAll('A1,Ann Lee,GTX Pro,Acme,Won,,,5');
    expect(row).toMatchObject({ ok: true, notes: ['no-opening-date', 'no-close-date'] });
  });
});
