/** People through the API: who they are, how they change, who is away, and what is answered to nonsense. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../workers/eventually.ts';
import { startApi, type TestApi, type Who } from './start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 60_000);
afterAll(() => api.stop());

const give = (person: string, body: object, as: Who = 'admin') =>
  api.ask(`/v1/people/${person}/commands`, { as, body });
const show = async (person: string, as: Who = 'admin') => (await api.ask(`/v1/people/${person}`, { as })).body;
/** Far enough ahead that no clock is near it. */
const ABSENCE = { command: 'set_absence', first_day: '2199-03-02', last_day: '2199-03-06' };

test('a person is shown with post, absences and what they have on their hands; why they are away only to those it concerns', async () => {
  await api.open();
  const set = await give('liu', { ...ABSENCE, substitutes: ['anna'], reason: '住院' }, 'zhang');
  expect([set.status, set.body.outcome]).toEqual([200, 'accepted']);
  const seen = await show('liu', 'liu');
  expect(seen).toMatchObject({ person: 'liu', manager: 'zhang', away: false, stand_ins: [], open_cases: 1 });
  expect(seen.absences).toMatchObject([
    { absence: 'a1', first_day: '2199-03-02', substitutes: ['anna'], reason: '住院' },
  ]);
  expect((await show('liu', 'zhang')).absences[0].reason).toBe('住院');
  expect((await show('liu', 'anna')).absences[0].reason).toBeUndefined();
  expect(JSON.stringify((await api.ask('/v1/people', { as: 'anna' })).body)).not.toContain('住院');
  expect((await give('liu', { command: 'cancel_absence', absence: 'a1' }, 'liu')).status).toBe(200);
});

test('each nonsense gets a no of its own, with what to do', async () => {
  const noes = [
    [{ ...ABSENCE, last_day: '2199-03-01' }, 422, 'ends-before-it-begins'],
    [{ ...ABSENCE, substitutes: ['zoe'] }, 422, 'unknown-person'],
    [{ command: 'change', manager: 'liu' }, 422, 'manager-circle'],
    [{ command: 'change', wage: '1' }, 400, 'key-unknown'],
    [{ command: 'join', name: 'x', role: 'rep' }, 400, 'command-unknown'],
    [{ command: 'leave', successor: 'liu' }, 422, 'not-a-successor'],
  ] as const;
  for (const [body, status, code] of noes) {
    const answer = await give('liu', body);
    expect([answer.status, answer.body.problems?.[0]?.code]).toEqual([status, code]);
  }
  expect((await give('zoe', ABSENCE)).status).toBe(404);
  expect((await api.ask('/v1/people/zoe', { as: 'admin' })).status).toBe(404);
  expect((await give('liu', ABSENCE, 'anna')).body).toMatchObject({
    status: 403,
    problems: [{ code: 'not-your-absence' }],
  });
  await give('dustin', { ...ABSENCE, first_day: '2199-03-04' });
  const both = await give('anna', { ...ABSENCE, substitutes: ['dustin'] });
  expect(both.body).toMatchObject({
    status: 409,
    reasons: [{ code: 'substitute-absent', people: [{ person: 'dustin' }] }],
  });
});

test('two people never have one mail address', async () => {
  expect((await give('liu', { command: 'change', email: 'desk@example.org' }, 'liu')).status).toBe(200);
  const second = await api.ask('/v1/people', {
    as: 'admin',
    body: { person: 'wu', name: '吴', role: 'rep', email: 'DESK@example.org' },
  });
  expect(second.body).toMatchObject({ status: 422, problems: [{ code: 'email-taken', path: '/email' }] });
});

test('who leaves can do no more, and their case goes to the one above, who hears of it', async () => {
  await api.ask('/v1/people', { as: 'admin', body: { person: 'wu', name: '吴', role: 'rep', manager: 'zhang' } });
  const { body: key } = await api.ask('/v1/keys', { as: 'admin', body: { person: 'wu' } });
  const headers = { Authorization: `Bearer ${key.key}` };
  const opened = await api.ask('/v1/cases', {
    as: 'nobody',
    headers,
    body: { title: '离职前', pipeline: 'deal', facts: { amount: '50万 CNY' } },
  });
  expect(opened.status).toBe(201);
  expect((await give('wu', { command: 'leave' })).status).toBe(200);
  expect((await api.ask('/v1/people', { as: 'nobody', headers })).status).toBe(401);
  await eventually('the case has a new owner', async () => {
    return (await api.ask(`/v1/cases/${opened.body.case}`, { as: 'admin' })).body.owner?.person === 'zhang';
  });
  await eventually('who hears of it', async () => {
    const { items } = (await api.ask('/v1/inbox', { as: 'zhang' })).body;
    return items.some((item: { message: { kind: string; case: string } }) => item.message.case === opened.body.case);
  });
  const history = (await api.ask('/v1/people/wu/history', { as: 'admin' })).body.items;
  expect(history.map((one: { active: boolean }) => one.active)).toEqual([false, true]);
  expect(history[0].version).toBeGreaterThan(history[1].version);
});

test('what a table of people comes to is said before anything is done', async () => {
  const rows = [
    { line: 2, name: '郑', role: 'rep', manager: '孙' },
    { line: 3, name: '孙', role: 'manager' },
    { line: 4, name: 'Pope', role: 'pope' },
  ];
  const plan = await api.ask('/v1/people/plan', { as: 'admin', body: { rows } });
  expect(plan.body.steps.map((step: { line: number }) => step.line)).toEqual([3, 2]);
  expect(plan.body.problems).toMatchObject([{ line: 4, column: 'role' }]);
  expect((await api.ask('/v1/people/plan', { as: 'liu', body: { rows } })).status).toBe(403);
});

test('the digest of an inbox can be seen before it is sent, and an item dismissed', async () => {
  const digest = await api.ask('/v1/inbox/digest', { as: 'liu' });
  expect(digest.body).toEqual({ waiting: 0, lines: [] });
  const [item] = (await api.ask('/v1/inbox', { as: 'zhang' })).body.items;
  expect((await api.ask('/v1/inbox/dismiss', { as: 'zhang', body: { items: [item.item] } })).status).toBe(200);
  const settled = (await api.ask('/v1/inbox', { as: 'zhang' })).body.items.find(
    (one: { item: number }) => one.item === item.item,
  );
  expect(settled.settled_how).toBe('dismissed');
});
