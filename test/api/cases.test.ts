/** A case's whole way through the front door: opened, refused with every reason, explained, proven, advanced, journalled. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 60_000);

afterAll(() => api.stop());

test('a case that was opened can be read at once, with its stage, clocks, facts and evidence', async () => {
  const key = randomUUID();
  const body = { title: '东方公司', facts: { amount: '50万 CNY' } };
  const opened = await api.ask('/v1/cases', { body, key });
  expect(opened.body).toMatchObject({ outcome: 'accepted', entry: 1, warnings: [] });
  expect(opened.status).toBe(201);
  expect(opened.headers.get('location')).toBe(`/v1/cases/${opened.body.case}`);

  const shown = await api.ask(`/v1/cases/${opened.body.case}`);
  expect(shown.status).toBe(200);
  expect(shown.body).toMatchObject({
    title: '东方公司',
    status: 'open',
    pipeline: 'deal',
    stage: 'lead',
    stage_title: { zh: '线索', en: 'Lead' },
    position: 1,
    of: 2,
    owner: { person: 'liu', name: '刘伟' },
    manager: { person: 'zhang', name: '张敏' },
    rules_current: true,
    clock: { days_in_stage: 0, timebox: { length: { en: '20 business days' }, is_over: false } },
    milestones: [{ milestone: 'pain-found' }],
    evidence: [{ evidence: 'first-visit', standing: 'missing' }],
  });
  const amount = shown.body.facts.find((fact: { fact: string }) => fact.fact === 'amount');
  expect(amount).toMatchObject({ value: { minor: 50_000_000, currency: 'CNY' }, shown: { zh: '50万 CNY' }, by: 'liu' });
});
