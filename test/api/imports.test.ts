/** An export through the front door: said beforehand, imported once, and what people hear of it. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportView } from '../../api/views/import-view.ts';
import { importWorkflowIdOf, workflowIdOf } from '../../workers/contract.ts';
import { SAMPLE_FILES, SAMPLE_HEADER, SHIPPED_PLAYBOOKS, sampleLines } from '../mapping/shipped-mapping.ts';
import { eventually } from '../workers/eventually.ts';
import { type Answer, startApi, type TestApi, type Who } from './start-api.ts';

/** Two agents of one manager and one of another; Anna and Dustin are known already. */
const TEAM = `sales_agent,manager,regional_office
Anna Snelling,Dustin Brinkmann,Central
Cecily Lampkin,Dustin Brinkmann,Central
Darcel Schlecht,Melvin Marxen,Central
`;
const AGENTS = ['Anna Snelling', 'Cecily Lampkin', 'Darcel Schlecht'];

/** Opportunities of the three agents, engaged well before the export's newest day if at all. */
function lines(count: number, stage: string): readonly string[] {
  return sampleLines(5000, stage)
    .filter((line) => AGENTS.includes(line.split(',')[1] ?? '') && !/,1\d\/\d+\/2017,/.test(line))
    .slice(0, count);
}

const NEWEST = '12/31/2017';
/** Engaged on the newest day, so not late. */
const YOUNG = `YOUNG001,Anna Snelling,GTX Pro,Acme Corporation,Engaging,${NEWEST},,`;
const CLOSED = [...lines(6, 'Won'), ...lines(6, 'Lost')].map((line) => {
  const [id, agent, product, account, stage] = line.split(',');
  return [id, agent, product, account, stage, '10/20/2016', NEWEST, '1000'].join(',');
});
const ENGAGING = lines(12, 'Engaging');
const PROSPECTING = lines(5, 'Prospecting');
const THIRTY = [...CLOSED, ...ENGAGING, ...PROSPECTING, YOUNG];

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ playbooks: SHIPPED_PLAYBOOKS });
}, 60_000);

afterAll(() => api.stop());

function filesOf(rows: readonly string[]): Record<string, string> {
  const deals = `${[SAMPLE_HEADER, ...rows].join('\n')}\n`;
  return { ...SAMPLE_FILES, 'sales_pipeline.csv': deals, 'sales_teams.csv': TEAM };
}

function post(rows: readonly string[], more: object = {}, as: Who = 'admin'): Promise<Answer> {
  return api.ask('/v1/imports', { as, body: { mapping: 'crm-sample', files: filesOf(rows), ...more } });
}

/** Imports and waits for the end. */
async function imported(rows: readonly string[]): Promise<ImportView> {
  const started = await post(rows);
  expect(started.status).toBe(202);
  const place = started.headers.get('location') ?? '';
  expect(place).toBe(`/v1/imports/${started.body.import}`);
  return eventually('the import is over', async () => {
    const { body } = await api.ask(place, { as: 'admin' });
    return body.status === 'running' ? undefined : body;
  });
}

async function inboxOf(as: Who): Promise<readonly { message: { kind: string; text: { en: string }; items: [] } }[]> {
  const { items } = (await api.ask('/v1/inbox', { as })).body;
  // Their week goes on beside it, by rules.
  return items.filter(({ message }: { message: { rule?: object } }) => message.rule === undefined);
}

const idOf = (line: string | undefined): string => line?.split(',')[0] ?? '';

test('a dry run writes nothing and says exactly what the import then reports', async () => {
  const dry = await post(THIRTY, { dry_run: true });
  expect(dry.status).toBe(200);
  expect(dry.body).toMatchObject({ status: 'rehearsed', rows: 30, opened: 18, closed: 12, bad: 0, people: 4 });
  expect(dry.body.late).toEqual({ 4: 12 });
  expect((await api.ask('/v1/cases', { as: 'admin' })).body.items).toEqual([]);
  expect((await api.ask('/v1/people', { as: 'admin' })).body.items).toHaveLength(5);

  const view = await imported(THIRTY);
  const { import: number, status, digests, workflows_started, ...reported } = view;
  const { status: _rehearsed, digests: _none, workflows_started: _zero, ...foreseen } = dry.body;
  expect(reported).toEqual(foreseen);
  expect({ number, status, workflows_started }).toEqual({ number: 1, status: 'done', workflows_started: 18 });
  expect(digests).toBeGreaterThan(0);
});

test('closed rows are finished cases that passed no gate of ours, and have no workflow', async () => {
  const { body } = await api.ask('/v1/cases?status=won&limit=50', { as: 'admin' });
  expect(body.items).toHaveLength(6);
  for (const row of body.items) expect(row).toMatchObject({ finished: true, ungated: true, debts: 0 });
  const id = idOf(CLOSED[0]);
  const journal = await api.ask(`/v1/cases/${id}/journal`, { as: 'admin' });
  expect(journal.body.items).toHaveLength(1);
  const handle = api.client.workflow.getHandle(workflowIdOf('case', id));
  await expect(handle.describe()).rejects.toThrow(/not found/i);
});

test('open rows run at their mapped stage, with their real days, what they owe, and a workflow', async () => {
  const id = idOf(ENGAGING[0]);
  const { body } = await api.ask(`/v1/cases/${id}`, { as: 'admin' });
  expect(body).toMatchObject({ status: 'open', finished: false, stage: 'potential', opened_stage: 'target' });
  expect(body.debts.length).toBeGreaterThan(0);
  expect(body.debts[0]).toMatchObject({ stage: 'target', is_over: false });
  expect(body.facts.find((fact: { fact: string }) => fact.fact === 'amount')).toMatchObject({ mark: 'estimated' });
  // The export's newest day is the day of the import.
  const engaged = Date.parse(`${ENGAGING[0]?.split(',')[5]} UTC`);
  const age = Math.round((Date.parse(`${NEWEST} UTC`) - engaged) / 86_400_000);
  const days = (Date.now() - Date.parse(body.opened_at)) / 86_400_000;
  expect(Math.abs(days - age)).toBeLessThanOrEqual(1.5);
  const handle = api.client.workflow.getHandle(workflowIdOf('case', id));
  expect((await handle.describe()).status.name).toBe('RUNNING');

  const undated = (await api.ask(`/v1/cases/${idOf(PROSPECTING[0])}`, { as: 'admin' })).body;
  expect(undated).toMatchObject({ stage: 'target', debts: [] });
  expect(Date.now() - Date.parse(undated.opened_at)).toBeLessThan(120_000);
});

test('late cases stand at the rung they have reached, and each person hears of theirs in one digest', async () => {
  const { body } = await api.ask('/v1/cases?stalled=true&limit=50', { as: 'admin' });
  expect(body.items.map((row: { case: string }) => row.case).sort()).toEqual(ENGAGING.map(idOf).sort());
  for (const row of body.items) expect(row.stall).toMatchObject({ rungs_fired: 4, demanded: true });
  const young = (await api.ask('/v1/cases/YOUNG001', { as: 'admin' })).body;
  expect(young.clock.stall).toBeUndefined();

  const annas = ENGAGING.filter((line) => line.includes('Anna Snelling')).map(idOf);
  const [digest, ...others] = await eventually('the digest of Anna is there', async () => {
    const items = await inboxOf('anna');
    return items.length > 0 && items;
  });
  expect(others).toEqual([]);
  expect(digest?.message.kind).toBe('digest');
  const told = (digest?.message.items ?? []).map((item: { case: string }) => item.case);
  expect(told.sort()).toEqual([...annas].sort());
  expect(digest?.message.text.en).toContain(`${annas.length} cases of yours were stalled`);
  expect(digest?.message.text.en).toContain('playrail cases --stalled');
});

test('a manager is told of the team, and who has most of it', async () => {
  const [digest, ...others] = await eventually('the digest of Dustin is there', async () => {
    const items = await inboxOf('dustin');
    return items.length > 0 && items;
  });
  expect(others).toEqual([]);
  const his = ENGAGING.filter((line) => /Anna Snelling|Cecily Lampkin/.test(line));
  expect(digest?.message.text.en).toContain(`${his.length} cases of your people were stalled`);
  expect(digest?.message.text.en).toMatch(/by owner: .*Anna Snelling \d/);
});

test('people come with their posts and reporting lines; those known by name stay who they are', async () => {
  const { body } = await api.ask('/v1/people', { as: 'admin' });
  const line = (id: string) => body.items.find((one: { person: string }) => one.person === id);
  expect(body.items).toHaveLength(9);
  expect(line('anna')).toMatchObject({ name: 'Anna Snelling', role: 'rep' });
  expect(line('cecily-lampkin')).toMatchObject({ role: 'rep', region: 'Central' });
  expect(JSON.stringify(line('cecily-lampkin'))).toContain('dustin');
  expect(JSON.stringify(line('darcel-schlecht'))).toContain('melvin-marxen');
  expect(JSON.stringify(line('melvin-marxen'))).toContain('central');
  expect(line('central')).toMatchObject({ role: 'director' });
});

test('the same again changes nothing, and nobody hears of it', async () => {
  const before = await inboxOf('anna');
  const view = await imported(THIRTY);
  expect(view).toMatchObject({ status: 'done', rows: 30, done: 30, unchanged: 30, opened: 0, closed: 0, people: 0 });
  expect(view).toMatchObject({ workflows_started: 0, digests: 0, bad: 0, changed: 0 });
  expect(await inboxOf('anna')).toEqual(before);
  const dry = await post(THIRTY, { dry_run: true });
  expect(dry.body).toMatchObject({ unchanged: 30, opened: 0 });
});

test('bad and changed rows are told with their place, as the dry run told them, while the others come in', async () => {
  const [won = ''] = CLOSED;
  const rows = [
    'NEW1,Anna Snelling,GTX Pro,,Won,1/1/2017,2/1/2017,50',
    'NEW2,Nobody Here,GTX Pro,,Won,1/1/2017,2/1/2017,50',
    'NEW3,Anna Snelling,GTX Pro',
    won.replace(/1000$/, '1001'),
    `NEW4,Anna Snelling,GTX Pro,${'long '.repeat(200)},Won,1/1/2017,2/1/2017,50`,
    'NEW5,Anna Snelling,GTX Pro,nul\0nul,Engaging,1/1/2017,,',
    'NEW6,Cecily Lampkin,GTX Pro,,Lost,1/1/2017,2/1/2017,0',
  ];
  const dry = await post(rows, { dry_run: true });
  const view = await imported(rows);
  expect(view).toMatchObject({ rows: 7, closed: 2, opened: 0, changed: 1, bad: 4, status: 'done' });
  // The rows of the exports before are not in this one: told after the others.
  const ofRows = view.problems.filter(({ message }) => !message.en.includes('no longer in the export'));
  expect(view.problems.length - ofRows.length).toBe(Math.min(view.vanished, 20));
  expect(ofRows.map(({ line, column }) => [line, column])).toEqual([
    [3, 'sales_agent'],
    [4, undefined],
    [5, undefined],
    [6, 'account, product'],
    [7, 'account'],
  ]);
  expect(dry.body.problems).toEqual(ofRows);
  const left = (await api.ask(`/v1/cases/${idOf(won)}`, { as: 'admin' })).body;
  expect(left.facts.find((fact: { fact: string }) => fact.fact === 'amount')).toMatchObject({
    value: { minor: 710_000, currency: 'CNY' },
  });
});

test('an export without rows is imported, and nothing comes of it', async () => {
  expect(await imported([])).toMatchObject({ status: 'done', rows: 0, done: 0 });
});

test('what cannot be imported is a problem document, and leaves no import behind', async () => {
  const newest = (await imported([])).import ?? 0;
  const files = filesOf([]);
  const unknown = await post([], { mapping: 'crm-simple' });
  expect(unknown.status).toBe(404);
  expect(unknown.body).toMatchObject({ kind: 'invalid', problems: [{ code: 'mapping-unknown', path: '/mapping' }] });
  expect(unknown.body.detail).toContain('crm-sample');
  expect((await api.ask('/v1/mappings/crm-simple', { as: 'admin' })).status).toBe(404);

  const forbidden = await post([], {}, 'anna');
  expect(forbidden.status).toBe(403);
  expect((await post([], { dry_run: true }, 'dustin')).status).toBe(403);
  expect((await api.ask(`/v1/imports/${newest}`, { as: 'anna' })).status).toBe(403);

  const unfit = await post([], { files: { ...files, 'products.csv': 'product,series\n' } });
  expect(unfit.status).toBe(422);
  expect(unfit.body.problems).toEqual([
    {
      code: 'export-unfit',
      path: '/files',
      message: {
        zh: 'products.csv:1 sales_price：没有 `sales_price` 列；文件的列是 `product`, `series`',
        en: 'products.csv:1 sales_price: there is no column `sales_price`; the file has `product`, `series`',
      },
    },
  ]);
  expect((await post([], { files: {} })).status).toBe(422);
  expect((await post([], { files: { ...files, 'products.csv': '' } })).body.problems[0].message.en).toBe(
    'products.csv:1: the file is empty; export it again',
  );
  for (const body of [
    {},
    { mapping: 'crm-sample' },
    { mapping: 'crm-sample', files: { a: 1 } },
    { mapping: 7, files },
  ]) {
    expect((await api.ask('/v1/imports', { as: 'admin', body })).status).toBe(400);
  }
  for (const id of ['0', '999999', 'x', '1e3']) {
    expect((await api.ask(`/v1/imports/${id}`, { as: 'admin' })).status).toBe(404);
  }
  await expect(api.client.workflow.getHandle(importWorkflowIdOf(newest + 1)).describe()).rejects.toThrow(/not found/i);
});
