/** Measures against figures worked out by hand, over a small history that came in as an export comes in. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { MEASURES } from '../../engine/measure/catalogue.ts';
import { filesIn } from '../language/read-set.ts';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;

/**
 * liu's deals. In the first quarter of 2026 (90 days: 12.857… weeks) three are opened; A is won after 30 days for 30万,
 * B after 50 days for 50万, C is lost, and D, won before it, counts nowhere.
 */
const HISTORY = [
  { id: 'A', owner: 'liu', opened: '2026-01-05', closed: '2026-02-04', as: 'won', amount: '30万 CNY' },
  { id: 'B', owner: 'liu', opened: '2025-12-01', closed: '2026-01-20', as: 'won', amount: '50万 CNY' },
  { id: 'C', owner: 'liu', opened: '2026-01-10', closed: '2026-03-31', as: 'lost', amount: '70万 CNY' },
  { id: 'D', owner: 'liu', opened: '2025-10-01', closed: '2025-12-31', as: 'won', amount: '90万 CNY' },
  { id: 'E', owner: 'liu', opened: '2026-03-31', amount: '25万 CNY' },
] as const;

beforeAll(async () => {
  api = await startApi({ playbooks: filesIn('playbooks'), allowTimeTravel: true });
  for (const one of HISTORY) {
    const imported = {
      source: 'crm',
      opened_at: `${one.opened}T02:00:00.000Z`,
      debt_due_on: '2099-12-31',
      ...('closed' in one && {
        closed: { as: one.as, at: `${one.closed}T02:00:00.000Z`, ...(one.as === 'lost' && { reason: 'price' }) },
      }),
    };
    const facts = { amount: one.amount, customer: `Customer ${one.id}` };
    const body = { title: one.id, pipeline: 'large-deal', stage: 'negotiation', owner: one.owner, facts, imported };
    const opened = await api.ask('/v1/cases', { as: 'admin', body });
    expect({ status: opened.status, said: opened.status === 201 ? '' : JSON.stringify(opened.body) }).toEqual({
      status: 201,
      said: '',
    });
  }
}, 120_000);

afterAll(() => api.stop());

const QUARTER = 'from=2026-01-01&until=2026-03-31';

interface Shown {
  readonly measure: string;
  readonly figures: readonly {
    readonly owner?: { readonly person: string };
    readonly value: number;
    readonly n: number;
  }[];
}

async function figures(query: string, as: 'liu' | 'zhang' | 'admin' = 'zhang') {
  const { status, body } = await api.ask(`/v1/measures?${query}`, { as });
  expect(status).toBe(200);
  return Object.fromEntries(
    body.items.map(({ measure, figures: all }: Shown) => [
      measure,
      all.map(({ owner, value, n }) => [owner?.person, value, n]),
    ]),
  );
}

test('every measure of a quarter is what it was worked out to be', async () => {
  const found = await figures(QUARTER);
  expect(Object.keys(found)).toEqual(MEASURES.map(({ measure }) => measure));
  // A, C and E in 90 days.
  expect(found['new-opportunities']).toEqual([['liu', 3 / (90 / 7), 3]]);
  // A and B of A, B and C.
  expect(found['win-rate']).toEqual([['liu', 2 / 3, 3]]);
  // 30 and 50 days.
  expect(found['cycle-days']).toEqual([['liu', 40, 2]]);
  // 30万 and 50万, in minor units.
  expect(found['average-deal']).toEqual([['liu', 40_000_000, 2]]);
  const [[, owed, cases]] = found['evidence-debt'];
  expect([owed > 0, cases]).toEqual([true, 1]);
});

test('the last day counts whole, and the first as well', async () => {
  expect((await figures('from=2026-01-01&until=2026-03-30'))['win-rate']).toEqual([['liu', 1, 2]]);
  expect((await figures('from=2025-12-31&until=2026-01-20'))['win-rate']).toEqual([['liu', 1, 2]]);
});

test('of all together there is always an answer, if only that there is nothing', async () => {
  const found = await figures('by=all&from=2020-01-01&until=2020-03-31');
  expect(found['win-rate']).toEqual([[undefined, null, 0]]);
  expect((await figures(`by=all&${QUARTER}`))['win-rate']).toEqual([[undefined, 2 / 3, 3]]);
});

test('a deal that is taken up again is neither won nor lost', async () => {
  const [lost] = (await api.ask('/v1/cases?status=lost', { as: 'zhang' })).body.items;
  const again = await api.command(lost.case, { command: 'reopen', reason: 'They called' }, 'zhang');
  expect(again.status).toBe(200);
  expect((await figures(QUARTER))['win-rate']).toEqual([['liu', 1, 2]]);
});

test('a rep sees their own and nobody else’s', async () => {
  expect((await figures(QUARTER, 'liu'))['cycle-days']).toEqual([['liu', 40, 2]]);
  const other = await api.ask(`/v1/measures?${QUARTER}&owner=zhang`, { as: 'liu' });
  expect(other.body.items.flatMap(({ figures: all }: Shown) => all)).toEqual([]);
});

test('a measure there is none of, a period that ends before it begins and a day that is none are told with the way out', async () => {
  const told = async (query: string) => {
    const { status, body } = await api.ask(`/v1/measures?${query}`, { as: 'zhang' });
    return [status, body.problems[0].code, body.problems[0].path];
  };
  expect(await told('measure=win-rat')).toEqual([400, 'measure-unknown', '/query/measure']);
  expect(await told('from=2026-03-01&until=2026-02-01')).toEqual([400, 'period-backwards', '/query/until']);
  expect(await told('from=2026-02-30')).toEqual([400, 'not-a-day', '/query/from']);
});
