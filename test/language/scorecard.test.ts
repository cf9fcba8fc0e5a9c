/** Scorecards: levels in the unit of the measure, a breach found by the same rules as a finding, standing by hand-made figures. */

import { expect, test } from 'vitest';
import { truthOf } from '../../engine/condition/evaluate.ts';
import { standingsOn } from '../../engine/measure/scorecard-standing.ts';
import { seenOfRep } from '../../engine/person/findings/watch.ts';
import { compileCalendar } from '../../engine/time/calendar.ts';
import { compiledWith } from '../mapping/shipped-mapping.ts';
import { OFFICE } from '../person/drive-person.ts';

const SET = compiledWith();
const CARD = SET.scorecards?.['rep-scorecard'];
if (CARD === undefined) throw new Error('no scorecard');

/** 92 % of the quota; 16 of 20 collected in two payments, then in four; five complaints; won 7 of 10. */
const FACTS = {
  quota_attainment: 0.92,
  quota_attainment_n: 1,
  collection_rate: 0.75,
  collection_rate_n: 2,
  complaints: 5,
  complaints_n: 5,
  win_rate: 0.7,
  win_rate_n: 10,
  customers: 15,
  customers_n: 15,
};

test('each measure stands beside its target; with too few cases, or none, it says so', () => {
  const rows = standingsOn(CARD, FACTS);
  const of = (measure: string) => rows.find(({ row }) => row.measure === measure);
  expect(of('quota-attainment')).toMatchObject({ standing: 'below', attainment: 0.92 });
  expect(of('collection-rate')).toMatchObject({ standing: 'too_few', n: 2 });
  expect(of('complaints')).toMatchObject({ standing: 'breach', attainment: 0 });
  expect(of('win-rate')).toMatchObject({ standing: 'met', n: 10 });
  expect(of('customers')).toMatchObject({ standing: 'below', attainment: 0.5 });
  expect(of('satisfaction')).toEqual({ row: of('satisfaction')?.row, n: 0, standing: 'no_data' });
});

test('a breach is found where it is worse than the threshold and rests on enough cases', () => {
  const rules = SET.rep_diagnoses?.['scorecard-rep-scorecard']?.findings ?? [];
  const found = (facts: typeof FACTS) =>
    rules
      .filter(({ when }) => truthOf(when, seenOfRep({ now: '', calendar: compileCalendar(OFFICE) }, facts)) === true)
      .map(({ finding }) => finding);
  expect(found(FACTS)).toEqual(['complaints-many']);
  expect(found({ ...FACTS, collection_rate_n: 3 })).toEqual(['collections-behind', 'complaints-many']);
  expect(found({ ...FACTS, collection_rate_n: 3, collection_rate: 0.8, complaints: 3 })).toEqual([]);
});
