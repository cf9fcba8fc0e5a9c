/** The shipped sample through the shipped mapping: what the file is known to hold comes out as the mapping says. */

import { describe, expect, it } from 'vitest';
import { decide } from '../../engine/case/decide.ts';
import { dayIn } from '../../engine/mapping/dates.ts';
import type { GoodRow } from '../../engine/mapping/map-row.ts';
import type { Person } from '../../engine/who/people.ts';
import { firstShift, newcomersOf, type ReadImport, rowMapper } from '../../store/imports/prepare-import.ts';
import { readText, SAMPLE_FILES, SAMPLE_MAPPING, SHIPPED } from './shipped-mapping.ts';

const NOW = '2026-11-20T08:00:00.000Z';
const NOBODY = { version: 0, by_id: {} };

function readSample(): ReadImport {
  const result = readText(SAMPLE_MAPPING, SAMPLE_FILES);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.read;
}

const read = readSample();
const shift = firstShift(read, NOW);
const team = newcomersOf(read, NOBODY).ranks.flat();
const admin: Person = { person: 'admin', name: 'Admin', role: 'admin', lang: 'en', active: true };
const joined = team.map((one): [string, Person] => [one.person, { ...one, lang: 'en', active: true }]);
const people = { version: 1, by_id: Object.fromEntries([...joined, ['admin', admin]]) };
const rowAt = rowMapper(read, { playbook: SHIPPED, people, shift_days: shift, started_at: NOW });
const mapped = read.tables.main.rows.map((_row, index) => rowAt(index));
const rows = mapped.filter((row): row is GoodRow => row?.ok === true);

function byId(id: string): GoodRow {
  const row = rows.find((one) => one.external_id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
}

describe('the sample', () => {
  it('maps every one of its 8,800 rows', () => {
    expect(mapped).toHaveLength(8800);
    expect(rows).toHaveLength(8800);
    expect(read.problems).toEqual([]);
    expect(new Set(rows.map((row) => row.external_id)).size).toBe(8800);
  });

  it('opens what is open at its mapped stage and closes what is closed', () => {
    const count = (test: (row: GoodRow) => boolean): number => rows.filter(test).length;
    expect(count(({ open }) => open.stage === 'target')).toBe(500);
    expect(count(({ open }) => open.stage === 'potential')).toBe(1589);
    expect(count(({ open }) => open.imported?.closed?.as === 'won')).toBe(4238);
    expect(count(({ open }) => open.imported?.closed?.as === 'lost')).toBe(2473);
    expect(count(({ open }) => (open.stage === undefined) === (open.imported?.closed !== undefined))).toBe(8800);
    expect(new Set(rows.map(({ open }) => open.pipeline))).toEqual(new Set(['large-deal']));
  });

  it('lets the 500 rows without dates start now, and says so', () => {
    const undated = rows.filter(({ notes }) => notes.includes('no-opening-date'));
    expect(undated).toHaveLength(500);
    expect(undated.every(({ open }) => open.stage === 'target' && open.imported?.opened_at === undefined)).toBe(true);
    expect(rows.filter(({ notes }) => notes.includes('no-close-date'))).toEqual([]);
  });

  it('takes the list price where an open row has no amount, and marks it as estimated', () => {
    const estimated = rows.filter(({ notes }) => notes.includes('estimated'));
    expect(estimated).toHaveLength(2089);
    expect(estimated.every(({ open }) => open.imported?.marks?.['amount'] === 'estimated')).toBe(true);
    expect(estimated.every(({ open }) => open.stage !== undefined)).toBe(true);
    // GTX Pro costs 4,821 USD on the list, at 7.1.
    const gtxPro = estimated.find(({ open }) => open.facts?.['product'] === 'GTX Pro');
    expect(gtxPro?.open.facts?.['amount']).toBe('34229.10 CNY');
  });

  it('converts the amount of a closed row at the stated rate, without a mark', () => {
    const row = byId('1C1I7A6R');
    expect(row.open.facts).toMatchObject({ amount: '7483.40 CNY', product: 'GTX Plus Basic', customer: 'Cancity' });
    expect(row.open.imported?.marks).toBeUndefined();
  });

  it('spells the product that is spelt two ways in one way', () => {
    const products = new Set(rows.map(({ open }) => open.facts?.['product']));
    expect(products).toContain('GTX Pro');
    expect(products).not.toContain('GTXPro');
    expect(products.size).toBe(7);
    expect(byId('Z063OYW0').open).toMatchObject({ title: 'Isdom · GTX Pro', facts: { product: 'GTX Pro' } });
  });

  it('leaves a blank account blank, in the facts and in the title', () => {
    const blank = rows.filter(({ open }) => open.facts?.['customer'] === undefined);
    expect(blank).toHaveLength(1425);
    expect(blank.every(({ open }) => open.title === open.facts?.['product'])).toBe(true);
  });

  it('moves its newest day to today, and all others by as much', () => {
    const days = rows.flatMap(({ open: { imported } }) => [imported?.opened_at, imported?.closed?.at]);
    const newest = days
      .filter((day) => day !== undefined)
      .sort()
      .at(-1);
    expect(newest).toBe('2026-11-19T16:00:00.000Z');
    expect(dayIn(newest ?? '', 'Asia/Shanghai')).toBe('2026-11-20');
    const { opened_at, closed } = byId('1C1I7A6R').open.imported ?? {};
    // 132 days, as between 20 October 2016 and 1 March 2017.
    expect(Date.parse(closed?.at ?? '') - Date.parse(opened_at ?? '')).toBe(132 * 86_400_000);
  });

  it('owes the evidence of an open case twenty working days after the import, and none of a closed one', () => {
    const due = new Set(rows.map(({ open }) => open.imported?.debt_due_on));
    expect(due).toEqual(new Set(['2026-12-18', undefined]));
    expect(rows.every(({ open }) => (open.imported?.debt_due_on === undefined) === (open.stage === undefined))).toBe(
      true,
    );
  });

  it('brings 35 who are named, with their six managers and three offices', () => {
    expect(team).toHaveLength(44);
    const role = (name: string): number => team.filter((one) => one.role === name).length;
    expect([role('director'), role('manager'), role('rep')]).toEqual([3, 6, 35]);
    expect(team.find((one) => one.person === 'anna-snelling')).toMatchObject({
      name: 'Anna Snelling',
      manager: 'dustin-brinkmann',
      region: 'Central',
    });
    expect(team.find((one) => one.person === 'dustin-brinkmann')).toMatchObject({
      manager: 'central',
      region: 'Central',
    });
    expect(team.find((one) => one.person === 'central')).toMatchObject({ role: 'director', region: 'Central' });
  });

  it('becomes cases without exception', () => {
    const refused = rows.filter((row) => {
      const world = { case: row.external_id, playbook: SHIPPED, people, now: NOW };
      return decide(world, undefined, { id: 'x', actor: 'admin', body: row.open }).outcome !== 'accepted';
    });
    expect(refused).toEqual([]);
  });
});
