/** Who may see what of somebody's coaching, findings and duties: every viewer, every page, every word that was written. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileCalendar, isWorkingDay } from '../../engine/time/calendar.ts';
import { createKey } from '../../store/keys.ts';
import { personState } from '../../store/read-person.ts';
import { step } from '../../store/step.ts';
import { filesIn } from '../language/read-set.ts';
import { SHIPPED } from '../mapping/shipped-mapping.ts';
import { eventually } from '../workers/eventually.ts';
import { startApi, type TestApi } from './start-api.ts';

const { cn } = SHIPPED.calendars;
if (cn === undefined) throw new Error('no calendar is shipped');
const CALENDAR = compileCalendar(cn);

let api: TestApi;
/** Above the manager; and another rep of the same manager. */
const MORE = { lin: { role: 'director' }, wu: { role: 'rep', manager: 'zhang' } } as const;
type Viewer = 'liu' | 'zhang' | 'lin' | 'admin' | 'wu' | 'anna' | 'dustin';
const keys = new Map<string, string>();

/** Each word stands in one record, and nowhere else. */
const WORDS = {
  said: 'Xylophone in the answer',
  goal: 'Quicksilver as the goal',
  postponed: 'Marzipan as a reason to put off',
  declined: 'Obsidian as a reason to decline',
  duty: 'Juniper in the plan of the week',
  excused: 'Labradorite as a reason to excuse',
} as const;

async function ask(as: Viewer, path: string, body?: object) {
  return api.ask(path, {
    as: 'nobody',
    ...(body !== undefined && { body }),
    headers: { authorization: `Bearer ${keys.get(as)}` },
  });
}

async function must(as: Viewer, body: object) {
  const answer = await ask(as, '/v1/reps/liu/commands', body);
  expect({ status: answer.status, said: answer.status === 200 ? '' : JSON.stringify(answer.body) }).toEqual({
    status: 200,
    said: '',
  });
  return answer.body;
}

beforeAll(async () => {
  api = await startApi({ playbooks: filesIn('playbooks'), allowTimeTravel: true });
  for (const [person, profile] of Object.entries(MORE)) {
    const answer = await api.ask('/v1/people', { as: 'admin', body: { person, name: person, lang: 'en', ...profile } });
    expect(answer.status).toBe(201);
  }
  for (const who of ['liu', 'zhang', 'admin', 'anna', 'dustin', 'lin', 'wu'])
    keys.set(who, await createKey(api.store, who, 'visibility'));
  const placed = await api.ask('/v1/people/zhang/commands', {
    as: 'admin',
    body: { command: 'change', manager: 'lin' },
  });
  expect(placed.status).toBe(200);

  const { session } = await must('zhang', { command: 'open_coaching', coaching: 'solid' });
  const held_on = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  const topics = { topics: WORDS.said, held_on };
  await must('zhang', { command: 'answer_step', session, step: 'structure', fields: topics });
  const until = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await must('liu', { command: 'postpone', session, until, reason: WORDS.postponed });
  await bestTo(WORDS.goal);
  await findAndDecline();
  await dutiesOf();
}, 120_000);

afterAll(() => api.stop());

/** An agreement, whose title is what was agreed. */
async function bestTo(change: string): Promise<void> {
  const facts = { amount: '5万 CNY', customer: 'Customer' };
  const imported = { source: 'crm', opened_at: new Date().toISOString(), debt_due_on: '2099-12-31' };
  const body = { title: 'Deal', pipeline: 'small-deal', stage: 'proposal', owner: 'liu', facts, imported };
  const opened = await ask('admin', '/v1/cases', body);
  expect(opened.status).toBe(201);
  const { session } = await must('zhang', { command: 'open_coaching', coaching: 'best' });
  const day = new Date().toISOString().slice(0, 10);
  let checked_on = '';
  for (let ahead = 20; checked_on === ''; ahead += 1) {
    const one = new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    if (isWorkingDay(CALENDAR, one)) checked_on = one;
  }
  const steps = [
    ['zhang', 'behaviour', { case: opened.body.case, happened_on: day, behaviour: 'A quote before the needs' }],
    ['zhang', 'effect', { effect: 'Only the price was talked about' }],
    ['liu', 'change', { change, checked_on }],
    ['zhang', 'outcomes', { if_changed: 'Value', if_not: 'Price' }],
  ] as const;
  for (const [who, name, fields] of steps) await must(who, { command: 'answer_step', session, step: name, fields });
  await must('liu', { command: 'agree', session });
}

async function findAndDecline(): Promise<void> {
  const facts = { new_opportunities: 1, new_opportunities_n: 13 };
  const { rep_diagnoses = {} } = (await import('../mapping/shipped-mapping.ts')).compiledWith();
  const hash = rep_diagnoses['rep-funnel']?.hash ?? '';
  const sight = { facts, from: '2026-01-01', until: '2026-03-31', support: { cases: [], n: 13, of: 13 } };
  const found = [{ finding: 'few-new-opportunities', diagnosis: 'rep-funnel', hash, ...sight }];
  const body = { command: 'record_findings', found, gone: [] };
  const now = new Date().toISOString();
  await step(api.store, { kind: 'person', id: 'liu', now, commands: [{ id: 'look', actor: 'system', body }] });
  await must('zhang', {
    command: 'answer_finding',
    finding: 'few-new-opportunities',
    answer: 'decline',
    reason: WORDS.declined,
  });
}

/** One is done with words in it, one is let be with a reason: whatever is open on the day of the test. */
async function dutiesOf(): Promise<void> {
  const rule = { duty: 'plan', title: { zh: '计划', en: 'Plan' }, by: 'self', rungs: [], announced: false } as const;
  const at = { file: 'x.yaml', line: 1, col: 1 };
  const field = { field: 'plan', type: 'text', title: rule.title, optional: false, at } as const;
  const asked = { ...rule, fields: [field], missed_after: { amount: 5, unit: 'business_days' }, at } as const;
  for (const what of ['plan', 'other']) {
    const decided = { what, by: 'zhang', in: rule.title };
    const body = { command: 'take_duty', rule: asked, due_on: '2099-01-05', decided };
    const now = new Date().toISOString();
    await step(api.store, {
      kind: 'person',
      id: 'liu',
      now,
      commands: [{ id: `take-${what}`, actor: 'system', body }],
    });
  }
  const open = (await personState(api.store, 'liu'))?.duties?.filter(({ decided }) => decided !== undefined) ?? [];
  await must('liu', { command: 'do_duty', duty: open[0]?.id, fields: { plan: WORDS.duty } });
  await must('zhang', { command: 'excuse_duty', duty: open[1]?.id, reason: WORDS.excused });
}

const PAGES = [
  '/v1/reps',
  ...['', '/coaching', '/goals', '/findings', '/duties', '/measures', '/scorecards'].map(
    (page) => `/v1/reps/liu${page}`,
  ),
  '/v1/reps/liu/packet',
  '/v1/week',
  '/v1/inbox?limit=100',
  '/v1/people/liu/history',
  '/v1/events?limit=1000',
  '/v1/events?limit=1000&person=liu',
];

const ALL: readonly string[] = Object.keys(WORDS).sort();

test.each<readonly [Viewer, readonly string[], number]>([
  ['liu', ALL, 200],
  ['zhang', ALL, 200],
  // Further up, and as administrator: that it happens, and no word of it.
  ['lin', [], 200],
  ['admin', [], 200],
  ['wu', [], 404],
  ['anna', [], 404],
  ['dustin', [], 404],
])('%s sees %j', async (viewer, seen, status) => {
  expect((await ask(viewer, '/v1/reps/liu')).status).toBe(status);
  const answers = await eventually('the pages are read', () =>
    Promise.all(PAGES.map(async (page) => JSON.stringify((await ask(viewer, page)).body ?? ''))),
  );
  const found = Object.entries(WORDS).flatMap(([name, word]) => {
    const pages = PAGES.filter((_, i) => answers[i]?.includes(word));
    return pages.length === 0 ? [] : [name];
  });
  expect(found.sort()).toEqual(seen);
});

test('once the rep and whoever coaches have both shared a session, those further up read it, with the reasons in it, and nothing else', async () => {
  const reads = async () => {
    const pages = await Promise.all(PAGES.map(async (page) => JSON.stringify((await ask('lin', page)).body ?? '')));
    return Object.entries(WORDS).flatMap(([name, word]) => (pages.some((page) => page.includes(word)) ? [name] : []));
  };
  expect((await ask('lin', '/v1/reps/liu/commands', { command: 'share_coaching', session: 's1' })).status).toBe(403);
  await must('liu', { command: 'share_coaching', session: 's1' });
  expect(await reads()).toEqual([]);
  await must('zhang', { command: 'share_coaching', session: 's1' });
  expect((await reads()).sort()).toEqual(['postponed', 'said']);
});
