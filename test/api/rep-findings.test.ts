/** What the figures of a rep say, from the deals to the goal: the nightly look, the manager's answer, the filled-in flow, before and after. */

import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TASK_QUEUE } from '../../workers/contract.ts';
import { nightlyDiagnosis } from '../../workers/nightly-diagnosis.ts';
import { filesIn } from '../language/read-set.ts';
import { eventually } from '../workers/eventually.ts';
import { journalOf } from '../workers/journal.ts';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;

const DAY_MS = 86_400_000;

function dayAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/** So many deals of somebody that ended in the last quarter; the first of them were won. */
async function ended(owner: string, won: number, lost: number): Promise<void> {
  const ask = (n: number) => {
    const as = n < won ? 'won' : 'lost';
    const closed = { as, at: `${dayAgo(10 + n)}T02:00:00.000Z`, ...(as === 'lost' && { reason: 'price' }) };
    const imported = { source: 'crm', opened_at: `${dayAgo(120)}T02:00:00.000Z`, debt_due_on: '2099-12-31', closed };
    const facts = { amount: '30万 CNY', customer: `${owner} ${n}` };
    const body = { title: `${owner} ${n}`, pipeline: 'large-deal', stage: 'negotiation', owner, facts, imported };
    return api.ask('/v1/cases', { as: 'admin', body });
  };
  const all = await Promise.all(Array.from({ length: won + lost }, (_, n) => ask(n)));
  expect(all.map(({ status }) => status)).toEqual(all.map(() => 201));
}

async function look(): Promise<void> {
  const log = pino({ level: 'silent' });
  await nightlyDiagnosis({ store: api.store, client: api.client, taskQueue: TASK_QUEUE, log })();
}

interface Shown {
  readonly finding: string;
  readonly standing: string;
}

async function findingsOf(person: string, as: 'liu' | 'zhang' | 'admin' | 'anna' = 'zhang') {
  return (await api.ask(`/v1/reps/${person}/findings`, { as })).body.items as readonly Shown[];
}

async function lowRate(standing: string) {
  return eventually(
    `the low win rate is ${standing}`,
    async () => (await findingsOf('liu')).find((one) => one.finding === 'win-rate-low' && one.standing === standing),
    20_000,
  );
}

beforeAll(async () => {
  api = await startApi({ playbooks: filesIn('playbooks'), allowTimeTravel: true });
  for (const person of ['chen', 'wu']) {
    const body = { person, name: person, role: 'rep', manager: 'zhang', lang: 'en' };
    expect((await api.ask('/v1/people', { as: 'admin', body })).status).toBe(201);
  }
  await ended('liu', 2, 8);
  await ended('chen', 6, 4);
  await ended('wu', 7, 3);
}, 120_000);

afterAll(() => api.stop());

const say = (as: 'liu' | 'zhang', body: object) => api.ask('/v1/reps/liu/commands', { as, body });

test('finds what the deals support, names them and how many they are, and asks the manager', async () => {
  await look();
  const found = await lowRate('open');
  expect(found).toMatchObject({
    asked: [{ person: 'zhang' }],
    proposes: 'smart',
    support: { n: 8, of: 10 },
    seen: [
      { fact: 'win_rate', shown: { en: '20%' } },
      { fact: 'win_rate_n', shown: { en: '10' } },
      // The middle of 20, 60 and 70.
      { fact: 'win_rate_to_team', shown: { en: '33.3%' } },
      { fact: 'win_rate_team', shown: { en: '60%' } },
    ],
  });
  // Nobody opened anything in the last 91 days; who wins as often as the team has no low rate.
  expect((await findingsOf('wu')).map(({ finding }) => finding)).toEqual(['few-new-opportunities']);
  await eventually('the manager is asked', async () => {
    const inbox = await api.ask('/v1/inbox?limit=100', { as: 'zhang' });
    return JSON.stringify(inbox.body).includes("刘伟: Win rate below the team's");
  });
});

test('the same look again tells nothing twice', async () => {
  const before = (await journalOf(api.store, 'person', 'liu')).length;
  await look();
  await look();
  await say('liu', { command: 'answer_finding', finding: 'not-there', answer: 'respond' });
  const [one] = (await findingsOf('liu')).filter(({ finding }) => finding === 'win-rate-low');
  expect(one).toMatchObject({ times: 1, standing: 'open' });
  expect(await journalOf(api.store, 'person', 'liu')).toHaveLength(before);
});

test('accepted, it is a goal filled in from the figures; the rep sees it all, a stranger nothing', async () => {
  const accept = { command: 'answer_finding', finding: 'win-rate-low', answer: 'respond' };
  expect((await say('liu', accept)).status).toBe(403);
  const { status, body } = await say('zhang', accept);
  expect([status, body.events]).toEqual([200, ['finding_answered', 'coaching_opened']]);
  const answer = (step: string, fields: object = {}) =>
    say('zhang', { command: 'answer_step', session: body.session, step, fields });
  for (const step of ['specific', 'measurable'])
    expect((await answer(step)).body).toMatchObject({ outcome: 'accepted' });
  expect((await answer('realistic', { ideal: 70 })).status).toBe(200);
  expect((await answer('time-bound')).status).toBe(200);
  expect((await say('liu', { command: 'agree', session: body.session })).status).toBe(200);
  const [goal] = (await api.ask('/v1/reps/liu/goals', { as: 'liu' })).body.items;
  expect(goal.measure).toMatchObject({ measure: 'win-rate', realistic: 60, ideal: 70, baseline: { value: 20, n: 10 } });
  expect((await findingsOf('liu', 'liu')).find(({ finding }) => finding === 'win-rate-low')).toMatchObject({
    standing: 'in_hand',
    answered: { by: { person: 'zhang' }, session: body.session },
  });
  expect((await api.ask('/v1/reps/liu/findings', { as: 'anna' })).status).toBe(404);
});

test('once the deals say otherwise it is gone, with the figures of before and after', async () => {
  await ended('liu', 25, 0);
  await look();
  const gone = await lowRate('gone');
  expect(gone).toMatchObject({
    seen: [{ shown: { en: '20%' } }, { shown: { en: '10' } }, { shown: { en: '33.3%' } }, { shown: { en: '60%' } }],
    // 27 of 35 are 77 %, beside a middle of 70.
    now: [{ shown: { en: '77.1%' } }, { shown: { en: '35' } }, { shown: { en: '110.2%' } }, { shown: { en: '70%' } }],
  });
});
