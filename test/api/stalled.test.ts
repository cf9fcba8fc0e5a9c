/** A case that has gone quiet, as those see it who open it or list it: its clocks, its rungs, the decision it waits for. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../workers/eventually.ts';
import { skipTime } from '../workers/skip-time.ts';
import { startApi, type TestApi } from './start-api.ts';

const DAY_MS = 86_400_000;

let api: TestApi;
let id: string;

beforeAll(async () => {
  api = await startApi({ allowTimeTravel: true });
  id = await api.open();
  await api.open('anna');
}, 60_000);

afterAll(() => api.stop());

test('before the first rung the clocks say when they next do something', async () => {
  const { body } = await api.ask(`/v1/cases/${id}`);
  expect(body.clock.stall).toBeUndefined();
  expect(Date.parse(body.clock.wakes_at) - Date.parse(body.opened_at)).toBe(10 * DAY_MS);
});

test('a stall shows its cause, each rung, and when the next one is due', async () => {
  await skipTime(api.client, [`case/${id}`], 11 * DAY_MS);
  const { body } = await api.ask(`/v1/cases/${id}`);
  const opened = Date.parse(body.opened_at);
  expect(body.clock.stall).toMatchObject({ ladder: 'quiet', cause: 'no_activity', title: { zh: '停滞' } });
  expect(Date.parse(body.clock.stall.started_at) - opened).toBe(10 * DAY_MS);
  const [first, second] = body.clock.stall.rungs;
  expect(first).toMatchObject({ fired: true, does: [{ en: 'remind the owner' }] });
  expect(second).toMatchObject({
    fired: false,
    after: { en: '3 business days' },
    does: [{ en: 'notify the manager' }, { en: 'demand a decision of the manager' }],
    rule: { file: 'quiet.yaml' },
  });
  expect(Date.parse(second.due_at) - opened).toBe(13 * DAY_MS);
  expect(body.clock.stall.demand).toBeUndefined();
});

test('the stalled are listed for their manager, and for no other', async () => {
  const ask = (as: 'zhang' | 'dustin') => api.ask('/v1/cases?stalled=true', { as });
  expect((await ask('zhang')).body.items).toMatchObject([
    { case: id, stall: { cause: 'no_activity', rungs_fired: 1, demanded: false } },
  ]);
  expect((await ask('dustin')).body.items).toEqual([]);
});

test('the top rung demands a decision: only whom it asks may give it, and in the ways it offers', async () => {
  await skipTime(api.client, [`case/${id}`], 3 * DAY_MS);
  const { body } = await api.ask(`/v1/cases/${id}`);
  expect(body.clock.stall.demand).toEqual({
    of: [{ person: 'zhang', name: '张敏' }],
    ways: { push: ['plan', 'next_step_on'], close_lost: ['reason'] },
  });
  const demand = await eventually('the manager is asked', async () => {
    const items = await api.ask('/v1/inbox', { as: 'zhang' });
    return items.body.items.find((item: { message: { kind: string } }) => item.message.kind === 'demand');
  });
  expect(demand.message).toMatchObject({ case: id, rule: { file: 'quiet.yaml' } });

  const push = { command: 'resolve', way: 'push', with: { plan: 'visit the CTO', next_step_on: '2099-01-05' } };
  expect((await api.command(id, push, 'liu')).status).toBe(403);
  expect(
    (await api.command(id, { command: 'resolve', way: 'fall_back', with: { stage: 'lead' } }, 'zhang')).status,
  ).toBe(422);
  const vague = await api.command(id, { command: 'resolve', way: 'push', with: { plan: 'visit' } }, 'zhang');
  expect(vague.status).toBe(422);
  expect(vague.body.problems).toMatchObject([{ path: '/with/next_step_on' }]);
  expect((await api.command(id, push, 'zhang')).status).toBe(200);
  expect((await api.ask(`/v1/cases/${id}`)).body.clock.stall).toBeUndefined();
});
