/** An inspection, from what the manager sees before it to what the record holds after it. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { skipTime } from '../workers/skip-time.ts';
import { startApi, type TestApi } from './start-api.ts';

const DAY_MS = 86_400_000;

let api: TestApi;
let id: string;
const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const visit = (said: string) => ({
  command: 'submit_evidence',
  evidence: 'first-visit',
  fields: { visited_on: day(-3), said },
});
const prepared = async (as: 'zhang' | 'dustin' = 'zhang') => api.ask(`/v1/cases/${id}/inspection`, { as });
const next = { title: 'Meet the CFO', due_on: day(2) };

beforeAll(async () => {
  api = await startApi({ allowTimeTravel: true });
  id = await api.open();
  const other = await api.open('anna');
  await api.command(other, visit('The month-end closing takes them nine days.'), 'anna');
  await api.command(id, visit('the month-end   closing takes them NINE days.'));
}, 60_000);

afterAll(() => api.stop());

test('the questions are the playbook’s, each with what the record shows', async () => {
  const { status, body } = await prepared();
  expect(status).toBe(200);
  expect(body.questions).toMatchObject([{ shows: 'progress' }, { shows: 'evidence', ask: { zh: '证据呢？' } }]);
  expect(body.progress).toMatchObject({ stage: 'lead', days_in_stage: 0, timebox: { is_over: false } });
  const [{ sheet }] = body.evidence;
  expect(sheet).toMatchObject({ evidence: 'first-visit', standing: 'submitted', submitted_by: { person: 'liu' } });
});

test('what was copied from another case is pointed out, whatever its capitals; a case not theirs stays nameless', async () => {
  const { body } = await prepared();
  expect(body.evidence[0].doubts).toEqual([
    { zh: '客户说与别处一个案件里的一样', en: 'What they said says the same as in a case elsewhere' },
  ]);
});

test('it is for those who may see the case', async () => {
  expect((await prepared('dustin')).status).toBe(403);
});

test('nobody inspects their own case; what cannot be done is refused whole', async () => {
  expect((await api.command(id, { command: 'inspect', next_step: next }, 'liu')).status).toBe(403);
  const past = await api.command(id, { command: 'inspect', next_step: { ...next, due_on: day(-2) } }, 'zhang');
  expect(past.body.problems).toMatchObject([{ code: 'date-in-past', path: '/next_step/due_on' }]);
  const supported = { command: 'inspect', accept: ['first-visit'], send_back: true, next_step: next };
  expect((await api.command(id, supported, 'zhang')).body.reasons).toMatchObject([{ code: 'stage-supported' }]);
  expect((await prepared()).body.evidence[0].sheet.standing).toBe('submitted');
});

test('what was settled stands in the record, and the step agreed is watched', async () => {
  const reject = [{ evidence: 'first-visit', reason: 'copied from another deal' }];
  const done = await api.command(id, { command: 'inspect', reject, note: 'again, please', next_step: next }, 'zhang');
  expect(done.body.events.map(({ event }: { event: string }) => event)).toEqual([
    ...['evidence_rejected', 'task_planned', 'inspected'],
  ]);
  const { body } = await prepared();
  expect(body.last).toMatchObject({ by: { person: 'zhang' } });
  expect(body.tasks).toMatchObject([{ title: 'Meet the CFO', agreed: true, is_overdue: false }]);
  await skipTime(api.client, [`case/${id}`], 4 * DAY_MS);
  expect((await api.ask(`/v1/cases/${id}`, { as: 'zhang' })).body.clock.stall).toMatchObject({ cause: 'no_activity' });
});
