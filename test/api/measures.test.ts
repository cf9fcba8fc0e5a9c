/** Measures against figures worked out by hand, over a small history that came in as an export comes in. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { MEASURES } from '../../engine/measure/catalogue.ts';
import { filesIn } from '../language/read-set.ts';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;

/**
 * liu's deals. In the first quarter of 2026 (90 days: 12.857… weeks) three are opened; A is won after 30 days for 30万,
 * B after 50 days for 50万, C is lost, and D, won before it, counts nowhere. B and D are of the same customer.
 */
const HISTORY = [
  {
    id: 'A',
    owner: 'liu',
    opened: '2026-01-05',
    closed: '2026-02-04',
    as: 'won',
    amount: '30万 CNY',
    list: '40万 CNY',
  },
  {
    id: 'B',
    owner: 'liu',
    opened: '2025-12-01',
    closed: '2026-01-20',
    as: 'won',
    amount: '50万 CNY',
    list: '50万 CNY',
  },
  {
    id: 'C',
    owner: 'liu',
    opened: '2026-01-10',
    closed: '2026-03-31',
    as: 'lost',
    amount: '70万 CNY',
    list: '70万 CNY',
  },
  {
    id: 'D',
    owner: 'liu',
    opened: '2025-10-01',
    closed: '2025-12-31',
    as: 'won',
    amount: '90万 CNY',
    list: '95万 CNY',
  },
  { id: 'E', owner: 'liu', opened: '2026-03-31', amount: '25万 CNY', list: '25万 CNY' },
] as const;

/** What stands beside the deals: a visit made, payments due, a complaint, a lead. */
const BESIDE = [
  { pipeline: 'visit', stage: 'follow-up', opened: '2026-03-01', closed: '2026-03-03', facts: {} },
  { pipeline: 'visit', stage: 'follow-up', opened: '2026-04-01', closed: '2026-04-02', facts: {} },
  {
    pipeline: 'obligation',
    stage: 'due',
    opened: '2026-01-05',
    facts: { kind: 'payment', due_on: '2026-02-10', amount: '10万 CNY', received: '10万 CNY' },
  },
  {
    pipeline: 'obligation',
    stage: 'due',
    opened: '2026-01-05',
    facts: { kind: 'payment', due_on: '2026-03-31', amount: '30万 CNY', received: '6万 CNY' },
  },
  {
    pipeline: 'obligation',
    stage: 'due',
    opened: '2026-01-05',
    facts: { kind: 'delivery', due_on: '2026-02-10', amount: '30万 CNY' },
  },
  { pipeline: 'complaint', stage: 'recorded', opened: '2026-02-02', facts: {} },
  { pipeline: 'lead', stage: 'assigned', opened: '2026-02-02', facts: {} },
] as const;

interface Opening {
  readonly opened: string;
  readonly closed?: string;
  readonly as?: 'won' | 'lost';
}

async function bringIn(body: object, { opened, closed, as = 'won' }: Opening): Promise<string> {
  const closing = { as, at: `${closed}T02:00:00.000Z`, ...(as === 'lost' && { reason: 'price' }) };
  const imported = {
    source: 'crm',
    opened_at: `${opened}T02:00:00.000Z`,
    debt_due_on: '2099-12-31',
    ...(closed !== undefined && { closed: closing }),
  };
  const answer = await api.ask('/v1/cases', { as: 'admin', body: { owner: 'liu', ...body, imported } });
  expect({ status: answer.status, said: answer.status === 201 ? '' : JSON.stringify(answer.body) }).toEqual({
    status: 201,
    said: '',
  });
  return answer.body.case;
}

beforeAll(async () => {
  api = await startApi({ playbooks: filesIn('playbooks'), allowTimeTravel: true });
  for (const one of HISTORY) {
    const customer = one.id === 'B' ? 'Customer D' : `Customer ${one.id}`;
    const facts = { amount: one.amount, list_price: one.list, customer, product: one.id === 'E' ? 'GTX' : 'MG' };
    const body = { title: one.id, pipeline: 'large-deal', stage: 'negotiation', owner: one.owner, facts };
    await bringIn(body, one);
  }
  for (const { pipeline, stage, facts, ...when } of BESIDE) {
    const id = await bringIn({ title: pipeline, pipeline, stage, facts }, when);
    if (pipeline === 'lead') {
      const called = await api.command(id, { command: 'log_activity', activity: 'call' });
      expect(called.status).toBe(200);
    }
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
  // A and C; E was opened in it too. B's customer had been there before.
  expect(found['new-customers']).toEqual([['liu', 3 / (90 / 7), 3]]);
  // A and D (whose deal B is) bought in it, E is open.
  expect(found['customers']).toEqual([['liu', 3, 3]]);
  // 30 + 50 of 40 + 50.
  expect(found['price-to-list']).toEqual([['liu', expect.closeTo(80 / 90, 9), 2]]);
  // B is D's second.
  expect(found['repurchase']).toEqual([['liu', 0.5, 2]]);
  expect(found['product-mix']).toEqual([['liu', 1, 1]]);
  // One visit in 64 weekdays, less 2 of New Year and 6 of Spring Festival, and 3 make-up days.
  expect(found['visits-a-day']).toEqual([['liu', 1 / 59, 1]]);
  // 10 + 6 of 10 + 30: what is delivered is not collected.
  expect(found['collection-rate']).toEqual([['liu', expect.closeTo(16 / 40, 9), 2]]);
  expect(found['complaints']).toEqual([['liu', 1, 1]]);
  // It was opened on 2 February and answered just now.
  const [[, hours]] = found['response-hours'];
  expect(hours).toBeCloseTo((Date.now() - Date.parse('2026-02-02T02:00:00.000Z')) / 3_600_000, 0);
  // E alone is open; it came in with its stall to come.
  expect(found['time-in-step'].map(([, , n]: readonly [string, number, number]) => n)).toEqual([1]);
  expect(found['stalled-deals'].map(([, , n]: readonly [string, number, number]) => n)).toEqual([1]);
  // Nobody else brought an imported deal to its win, liu's first came before liu did, and nothing was entered.
  for (const none of ['closed-by-others', 'days-to-productivity', 'satisfaction', 'returns', 'coaching-done'])
    expect([none, found[none]]).toEqual([none, []]);
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

test('what no journal holds is entered with its source, by who leads and not by oneself; the last word for the same days counts', async () => {
  const enter = (as: 'liu' | 'zhang' | 'anna', more: object = {}) =>
    api.ask('/v1/reps/liu/commands', {
      as,
      body: {
        command: 'enter_figure',
        measure: 'satisfaction',
        value: 92,
        from: '2026-01-01',
        until: '2026-03-31',
        source: 'Survey of March',
        ...more,
      },
    });
  expect((await enter('liu')).status).toBe(403);
  expect((await enter('anna')).status).toBe(404);
  const computed = await enter('zhang', { measure: 'win-rate' });
  expect([computed.status, computed.body.problems[0].code]).toEqual([422, 'measure-not-entered']);
  expect((await enter('zhang', { from: '2026-04-01' })).body.problems[0].code).toBe('period-backwards');
  expect((await enter('zhang', { value: 29 })).status).toBe(200);
  expect((await enter('zhang')).status).toBe(200);
  const { body } = await api.ask(`/v1/reps/liu/measures?${QUARTER}`, { as: 'liu' });
  const shown = body.items.find(({ measure }: Shown) => measure === 'satisfaction');
  expect(shown.figures.map(({ shown: { en }, n }: { shown: { en: string }; n: number }) => [en, n])).toEqual([
    ['92%', 1],
  ]);
  expect((await figures('from=2026-04-01&until=2026-06-30'))['satisfaction']).toEqual([]);
});
