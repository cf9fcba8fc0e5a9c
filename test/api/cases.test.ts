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
  const opened = await api.ask('/v1/cases', { body: { title: '东方公司', facts: { amount: '50万 CNY' } } });
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

test('the key of the opening command makes the case: ten at once open one case and get one reply', async () => {
  const key = randomUUID();
  const body = { title: 'ten times', pipeline: 'deal', facts: { amount: '1万 CNY' } };
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.ask('/v1/cases', { body, key })));
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  expect(answers.every((answer) => answer.status === 201)).toBe(true);
  const journal = await api.ask(`/v1/cases/${answers[0]?.body.case}/journal`);
  expect(journal.body.items).toHaveLength(1);

  const other = await api.ask('/v1/cases', { body: { ...body, title: 'another' }, key });
  expect(other.status).toBe(422);
  expect(other.body).toMatchObject({ kind: 'invalid', problems: [{ code: 'command-id-reused' }] });
});

test('a refused advance names every unmet criterion, the value seen, the rule and who can meet it, and changes nothing', async () => {
  const id = await api.open();
  const before = await api.ask(`/v1/cases/${id}`);
  const refused = await api.command(id, { command: 'advance' });
  expect(refused.status).toBe(409);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(refused.body).toMatchObject({ type: 'urn:playrail:problem:refused', kind: 'refusal', status: 409, entry: 2 });
  const [milestone, gate, ...more] = refused.body.reasons;
  expect(more).toEqual([]);
  expect(milestone).toMatchObject({
    code: 'milestone-unmet',
    about: 'milestone pain-found',
    rule: { file: 'deal.yaml', line: 30 },
    people: [{ person: 'liu', name: '刘伟' }],
  });
  expect(milestone.unmet.map((leaf: { text: { en: string } }) => leaf.text.en)).toEqual([
    'evidence First visit; missing',
    'Pain is known; not known',
  ]);
  expect(gate).toMatchObject({ code: 'gate-closed', about: 'gate followed-up', rule: { file: 'followed-up.yaml' } });
  expect((await api.ask(`/v1/cases/${id}`)).body).toEqual({ ...before.body, clock: expect.anything() });
});

test('explain names a shortest way, and going it unlocks the stage', async () => {
  const id = await api.open();
  const way = await api.ask(`/v1/cases/${id}/explain`);
  expect(way.body).toMatchObject({ is_open: false, goal: { stage: 'offer' }, effort: 4 });
  expect(way.body.acts.map((act: { command: string }) => act.command)).toEqual([
    'set_facts pain=…',
    'plan_task … --due …',
    'submit_evidence first-visit --with visited_on=…',
    'accept_evidence first-visit',
  ]);
  expect(way.body.acts.at(-1).people).toEqual([{ person: 'zhang', name: '张敏' }]);

  const visit = { command: 'submit_evidence', evidence: 'first-visit', fields: { visited_on: '2026-01-05' } };
  for (const body of [{ command: 'set_facts', facts: { pain: '慢' } }, visit]) {
    expect((await api.command(id, body)).status).toBe(200);
  }
  await api.command(id, { command: 'plan_task', title: 'call back', due_on: '2099-01-05' });
  const waiting = await api.ask(`/v1/cases/${id}`);
  expect(waiting.body.evidence).toMatchObject([{ standing: 'submitted', can_accept: [{ person: 'zhang' }] }]);
  const refused = await api.command(id, { command: 'advance' });
  expect(refused.body.reasons).toMatchObject([{ code: 'milestone-unmet', under_way: [{}] }]);

  expect((await api.command(id, { command: 'accept_evidence', evidence: 'first-visit' }, 'zhang')).status).toBe(200);
  const advanced = await api.command(id, { command: 'advance' });
  expect(advanced.status).toBe(200);
  // The gate that is being rolled out tells, and does not hold.
  expect(advanced.body.warnings).toMatchObject([{ about: 'gate called-lately' }]);
  const shown = await api.ask(`/v1/cases/${id}`);
  expect(shown.body).toMatchObject({ stage: 'offer', position: 2 });
});

test('the journal keeps accepted and refused commands alike, page by page, each chained to the one before', async () => {
  const id = await api.open();
  await api.command(id, { command: 'advance' });
  await api.command(id, { command: 'log_activity', activity: 'call', note: 'nobody there' });
  const first = await api.ask(`/v1/cases/${id}/journal?limit=2`);
  const rest = await api.ask(`/v1/cases/${id}/journal?limit=2&cursor=${first.body.next_cursor}`);
  expect(rest.body.next_cursor).toBeUndefined();
  const entries = [...first.body.items, ...rest.body.items];
  expect(entries.map((entry) => [entry.seq, entry.outcome, entry.command.command])).toEqual([
    [1, 'accepted', 'open'],
    [2, 'refused', 'advance'],
    [3, 'accepted', 'log_activity'],
  ]);
  expect(entries.slice(1).map((entry) => entry.prev)).toEqual(entries.slice(0, 2).map((entry) => entry.hash));

  const audit = await api.ask('/v1/audit/verify', { as: 'admin' });
  expect(audit.body).toMatchObject({ ok: true, findings: [] });
});

test('a burst of commands for one case is taken in turn, none lost and none doubled', async () => {
  const id = await api.open();
  const notes = Array.from({ length: 40 }, (_, index) => `note ${index}`);
  const answers = await Promise.all(
    notes.map(async (note, index) => {
      const key = `burst-${index}`;
      // A busy machine may not get to all of them in time: whoever is told to tries again.
      for (;;) {
        const answer = await api.command(id, { command: 'log_activity', activity: 'call', note }, 'liu', key);
        if (answer.status !== 503) return answer;
        expect(answer.body.retry_with).toBe(key);
      }
    }),
  );
  expect(answers.map((answer) => answer.status)).toEqual(notes.map(() => 200));
  const journal = await api.ask(`/v1/cases/${id}/journal?limit=100`);
  const written = journal.body.items.flatMap((entry: { command: { note?: string } }) => entry.command.note ?? []);
  expect(written.toSorted()).toEqual(notes.toSorted());
});
