/** A goal from its proposal to its end, through the API: computed from the deals, accepted by the rep, seen by whom it may be. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileCalendar, isWorkingDay } from '../../engine/time/calendar.ts';
import { filesIn } from '../language/read-set.ts';
import { compiledWith } from '../mapping/shipped-mapping.ts';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;

const DAY_MS = 86_400_000;
const NOW = Date.now();

function dayAgo(days: number): string {
  return new Date(NOW - days * DAY_MS).toISOString().slice(0, 10);
}

/** Four of liu's deals ended within the last quarter: one was won. */
const ENDED = [
  { id: 'A', as: 'won', ago: 20 },
  { id: 'B', as: 'lost', ago: 30 },
  { id: 'C', as: 'lost', ago: 40 },
  { id: 'D', as: 'lost', ago: 50 },
] as const;

beforeAll(async () => {
  api = await startApi({ playbooks: filesIn('playbooks'), allowTimeTravel: true });
  for (const { id, as, ago } of ENDED) {
    const closed = { as, at: `${dayAgo(ago)}T02:00:00.000Z`, ...(as === 'lost' && { reason: 'price' }) };
    const opened_at = `${dayAgo(120)}T02:00:00.000Z`;
    const imported = { source: 'crm', opened_at, debt_due_on: '2099-12-31', closed };
    const facts = { amount: '30万 CNY', customer: `Customer ${id}` };
    const body = { title: id, pipeline: 'large-deal', stage: 'negotiation', owner: 'liu', facts, imported };
    expect((await api.ask('/v1/cases', { as: 'admin', body })).status).toBe(201);
  }
}, 120_000);

afterAll(() => api.stop());

type Who = 'liu' | 'zhang' | 'admin';

async function say(as: Who, body: object, key?: string) {
  return api.ask('/v1/reps/liu/commands', { as, body, ...(key !== undefined && { key }) });
}

async function must(as: Who, body: object) {
  const answer = await say(as, body);
  expect({ status: answer.status, said: answer.status === 200 ? '' : JSON.stringify(answer.body) }).toEqual({
    status: 200,
    said: '',
  });
  return answer.body;
}

/** A working day a month ahead, in the calendar of the flow. */
const DUE = dueDay();

function dueDay(): string {
  const { cn } = compiledWith().calendars;
  if (cn === undefined) throw new Error('no calendar');
  for (let ahead = 30; ; ahead += 1) if (isWorkingDay(compileCalendar(cn), dayAgo(-ahead))) return dayAgo(-ahead);
}

const STEPS = [
  [
    'specific',
    { result: 'Win half of what closes', expected_level: 'one in two', serves: 'the year', kind: 'routine' },
  ],
  ['measurable', { measure: 'win-rate' }],
  ['realistic', { realistic: 40, ideal: 50, why_so_hard: 'liu is the only one in the team' }],
  ['time-bound', { due_on: DUE }],
] as const;

test('a goal is proposed on the figures of the deals and is one when the rep has accepted it', async () => {
  const { session } = await must('zhang', { command: 'open_coaching', coaching: 'smart' });
  for (const [step, fields] of STEPS) await must('zhang', { command: 'answer_step', session, step, fields });
  const proposed = (await api.ask('/v1/reps/liu', { as: 'liu' })).body;
  expect(proposed.sessions[0]).toMatchObject({
    step: 'accepted',
    asked: [{ person: 'liu' }],
    baseline: { measure: 'win-rate', own: { value: 25, n: 4 }, team: { low: 25, middle: 25, high: 25, n: 1 } },
  });
  expect(proposed.goals).toEqual([]);
  const theirs = await say('zhang', { command: 'agree', session });
  expect([theirs.status, theirs.body.problems?.[0]?.code ?? theirs.body.code]).toEqual([403, 'acceptance-is-theirs']);
  // The same act sent twice is one act.
  const first = await say('liu', { command: 'agree', session }, 'yes-1');
  expect((await say('liu', { command: 'agree', session }, 'yes-1')).body).toEqual(first.body);
  const [goal] = (await api.ask('/v1/reps/liu/goals', { as: 'zhang' })).body.items;
  expect(goal).toMatchObject({ goal: 'g1', title: 'Win half of what closes', due_on: DUE });
  expect(goal.measure).toMatchObject({ measure: 'win-rate', realistic: 40, ideal: 50, baseline: { value: 25, n: 4 } });
  // Nothing has closed since: there is nothing to tell a distance by.
  expect([goal.now, goal.way_gone]).toEqual([undefined, undefined]);
});

test('what was agreed is measured from the deals that close since', async () => {
  const [done] = (await api.ask('/v1/reps/liu/measures', { as: 'liu' })).body.items.filter(
    ({ measure }: { measure: string }) => measure === 'coaching-done',
  );
  expect(done.figures).toMatchObject([{ owner: { person: 'liu' }, value: 1, n: 1 }]);
  const imported = { source: 'crm', opened_at: `${dayAgo(60)}T02:00:00.000Z`, debt_due_on: '2099-12-31' };
  const closed = { as: 'won', at: new Date().toISOString() };
  const facts = { amount: '30万 CNY', customer: 'Customer E' };
  const body = { title: 'E', pipeline: 'large-deal', stage: 'negotiation', owner: 'liu', facts };
  expect(
    (await api.ask('/v1/cases', { as: 'admin', body: { ...body, imported: { ...imported, closed } } })).status,
  ).toBe(201);
  const [goal] = (await api.ask('/v1/reps/liu/goals', { as: 'liu' })).body.items;
  // From 25 to 100, where 40 is the realistic level.
  expect([goal.now.value, goal.now.n, goal.way_gone]).toEqual([100, 1, 5]);
});

test('the rep and whoever coaches see everything, who administers only that it happens, others nothing', async () => {
  const { session } = await must('zhang', { command: 'open_coaching', coaching: 'solid' });
  const fields = { topics: 'The unspeakable topic', held_on: DUE };
  await must('zhang', { command: 'answer_step', session, step: 'structure', fields });
  const seen = async (as: Who) => {
    const pages = ['/v1/reps/liu', '/v1/reps/liu/coaching', '/v1/reps/liu/goals', '/v1/events?limit=1000'];
    const texts = await Promise.all(pages.map(async (page) => JSON.stringify((await api.ask(page, { as })).body)));
    const all = texts.join('\n');
    return [/unspeakable/u.test(all), /Win half/u.test(all), /one in two/u.test(all)];
  };
  expect(await seen('liu')).toEqual([true, true, true]);
  expect(await seen('zhang')).toEqual([true, true, true]);
  expect(await seen('admin')).toEqual([false, false, false]);
  const admin = (await api.ask('/v1/reps/liu', { as: 'admin' })).body;
  expect(admin).toMatchObject({ you_see: 'that_it_happens', sessions: [{ coaching: 'solid', step: 'own-view' }] });
  expect((await api.ask('/v1/reps/zhang', { as: 'liu' })).status).toBe(404);
  expect((await api.ask('/v1/reps', { as: 'liu' })).body.items.map(({ person }: { person: string }) => person)).toEqual(
    ['liu'],
  );
});

test('feedback points at a case of the rep', async () => {
  const { session } = await must('zhang', { command: 'open_coaching', coaching: 'best' });
  const behaviour = 'No question was asked about the budget';
  const fields = { case: 'c-none', happened_on: dayAgo(3), behaviour };
  const at = { command: 'answer_step', session, step: 'behaviour' };
  const refused = await say('zhang', { ...at, fields });
  expect([refused.status, refused.body.reasons[0].code]).toEqual([409, 'points-at-nothing']);
  const [own] = (await api.ask('/v1/cases?owner=liu', { as: 'zhang' })).body.items;
  const answer = await must('zhang', { ...at, fields: { ...fields, case: own.case, behaviour: `${behaviour}: lazy` } });
  expect(answer.warnings.map(({ code }: { code: string }) => code)).toEqual(['judging-words']);
});
