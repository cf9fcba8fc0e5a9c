/** Stages changed in the CRM behind our back: the next import does what the mapping says, once, by commands to the case. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DifferenceView, ImportView } from '../../api/views/import-view.ts';
import { SHIPPED_PLAYBOOKS } from '../mapping/shipped-mapping.ts';
import { eventually } from '../workers/eventually.ts';
import { startApi, type TestApi } from './start-api.ts';

function mappingOf(name: string, policy: string) {
  const text = `mapping: ${name}
tables: { deals: { file: ${name}.csv } }
id: { column: Id }
pipeline: large-deal
stage: { column: Stage, values: { Target: target, Potential: potential, Solution: solution, Won: { close: won }, Lost: { close: lost, reason: price } } }
owner: { column: Owner, person_by: name }
facts: { amount: { column: Amount, currency: CNY }, product: { column: Product } }
dates: { opened: Opened, format: yyyy-MM-dd }
debt_due: 20 business days
if_changed_outside: ${policy}
on_change: { amount: follow, owner: follow }
`;
  return { path: `${name}.yaml`, text };
}

let api: TestApi;

beforeAll(async () => {
  const mappings = [
    mappingOf('ours', 'revert'),
    mappingOf('held', 'quarantine'),
    mappingOf('theirs', 'accept_with_debt'),
  ];
  api = await startApi({ playbooks: [...SHIPPED_PLAYBOOKS, ...mappings] });
}, 60_000);

afterAll(() => api.stop());

const HEADER = 'Id,Stage,Owner,Amount,Product,Opened';

async function importRows(mapping: string, rows: readonly string[], more: object = {}): Promise<ImportView> {
  const files = { [`${mapping}.csv`]: `${[HEADER, ...rows].join('\n')}\n` };
  const started = await api.ask('/v1/imports', { as: 'admin', body: { mapping, files, ...more } });
  if (started.status === 200) return started.body;
  expect(started.status).toBe(202);
  return eventually('the import is over', async () => {
    const { body } = await api.ask(`/v1/imports/${started.body.import}`, { as: 'admin' });
    return body.status === 'running' ? undefined : body;
  });
}

async function caseOf(id: string) {
  return (await api.ask(`/v1/cases/${id}`, { as: 'admin' })).body;
}

async function journalled(id: string): Promise<number> {
  return (await api.ask(`/v1/cases/${id}/journal`, { as: 'admin' })).body.items.length;
}

function post(id: string, body: object, as: 'admin' | 'anna' | 'dustin' = 'admin') {
  return api.ask(`/v1/cases/${id}/commands`, { as, body });
}

async function differences(mapping: string): Promise<DifferenceView['items']> {
  return (await api.ask(`/v1/mappings/${mapping}/differences`, { as: 'admin' })).body.items;
}

test('revert: ours stands, and the difference is listed until the CRM is set back', async () => {
  await importRows('ours', [
    'R1,Target,Anna Snelling,100000,Box,2026-01-05',
    'R2,Target,Anna Snelling,5000,Box,2026-01-05',
  ]);
  const moved = ['R1,Solution,Anna Snelling,100000,Box,2026-01-05', 'R2,Target,Anna Snelling,5000,Box,2026-01-05'];
  const dry = await importRows('ours', moved, { dry_run: true });
  expect(dry.changes).toMatchObject({ reverted: 1 });
  const view = await importRows('ours', moved);
  expect(view).toMatchObject({
    status: 'done',
    changed: 1,
    unchanged: 1,
    changes: { reverted: 1, held: 0, accepted: 0 },
  });
  expect(view.problems).toEqual(dry.problems);
  expect(view.problems[0]).toMatchObject({ file: 'ours.csv', line: 2 });
  expect(view.problems[0]?.message.en).toContain('set the CRM back');
  expect(await caseOf('R1')).toMatchObject({ stage: 'target', status: 'open' });
  expect(await differences('ours')).toMatchObject([
    { external_id: 'R1', crm: { stage: 'solution' }, stage: 'target', held: false },
  ]);

  const before = await journalled('R1');
  expect(await importRows('ours', moved)).toMatchObject({ unchanged: 2, changed: 0, changes: { reverted: 0 } });
  expect(await journalled('R1')).toBe(before);
  const back = await importRows('ours', ['R1,Target,Anna Snelling,100000,Box,2026-01-05', moved[1] ?? '']);
  expect(back).toMatchObject({ changes: { agreed: 1, reverted: 0 } });
  expect(await differences('ours')).toEqual([]);
  expect(await journalled('R1')).toBe(before);
});

test('quarantine: nothing moves until the manager decides; the decision is theirs alone', async () => {
  await importRows('held', [
    'Q1,Target,Anna Snelling,1000,Box,2026-01-05',
    'Q2,Target,Anna Snelling,1000,Box,2026-01-05',
  ]);
  const rows = ['Q1,Potential,Anna Snelling,1000,Box,2026-01-05', 'Q2,Lost,Anna Snelling,1000,Box,2026-01-05'];
  expect(await importRows('held', rows)).toMatchObject({ changes: { held: 2 } });
  expect(await caseOf('Q1')).toMatchObject({
    stage: 'target',
    flags: expect.arrayContaining(['changed-in-crm']),
    held: { crm: { stage: 'potential' }, asked: [{ person: 'dustin' }] },
  });
  const refused = await post('Q1', { command: 'close', as: 'lost', reason: 'price' });
  expect(refused.status).toBe(409);
  expect(refused.body.reasons[0]).toMatchObject({ code: 'case-held', can_meet: ['dustin'] });
  const inbox = await eventually('the manager has heard of it', async () => {
    const { items } = (await api.ask('/v1/inbox', { as: 'dustin' })).body;
    const asked = items.filter((item: { message: { kind: string } }) => item.message.kind === 'demand');
    return asked.length >= 2 && asked;
  });
  expect(inbox[0].message.text.en).toContain('settle_change');
  expect((await post('Q1', { command: 'settle_change', take: 'crm' }, 'anna')).status).toBe(403);
  expect((await post('Q1', { command: 'settle_change', take: 'crm' }, 'dustin')).status).toBe(200);
  const followed = await caseOf('Q1');
  expect(followed).toMatchObject({ stage: 'potential' });
  expect(followed.flags).not.toContain('changed-in-crm');
  expect(followed.held).toBeUndefined();
  expect(followed.debts.map((debt: { stage: string }) => debt.stage)).toContain('target');
  expect(
    (await post('Q2', { command: 'settle_change', take: 'ours', reason: 'closed by mistake' }, 'dustin')).status,
  ).toBe(200);
  expect(await caseOf('Q2')).toMatchObject({ stage: 'target', status: 'open' });
  expect(await differences('held')).toMatchObject([
    { external_id: 'Q2', crm: { closed: { as: 'lost' } }, held: false },
  ]);
});

test('accept_with_debt: the case goes where the CRM says, back and forth and to its end, and owes what it skipped', async () => {
  const row = (stage: string, amount = '1000', owner = 'Anna Snelling') =>
    `T1,${stage},${owner},${amount},Box,2026-01-05`;
  await importRows('theirs', [row('Target')]);
  expect(await importRows('theirs', [row('Solution', '2500', 'Dustin Brinkmann')])).toMatchObject({
    changes: { accepted: 1 },
  });
  const ahead = await caseOf('T1');
  expect(ahead).toMatchObject({ stage: 'solution', status: 'open' });
  expect(JSON.stringify(ahead)).toContain('"dustin"');
  expect(ahead.facts.find((fact: { fact: string }) => fact.fact === 'amount')).toMatchObject({
    value: { minor: 250_000 },
  });
  expect(ahead.debts.length).toBeGreaterThan(3);
  expect(ahead.debts.every((debt: { due_on: string }) => debt.due_on > '2026-01-05')).toBe(true);
  expect(await importRows('theirs', [row('Won', '2500', 'Dustin Brinkmann')])).toMatchObject({
    changes: { accepted: 1 },
  });
  expect(await caseOf('T1')).toMatchObject({ status: 'won', finished: true });
  expect(await importRows('theirs', [row('Potential', '2600', 'Dustin Brinkmann')])).toMatchObject({
    changes: { accepted: 1, failed: 0 },
  });
  expect(await caseOf('T1')).toMatchObject({ status: 'open', finished: false, stage: 'potential' });
});

test('what moved here is no change of the CRM’s; a fact that does not follow is told and left; a row that vanished is told', async () => {
  await importRows('ours', [
    'S1,Target,Anna Snelling,1000,Box,2026-01-05',
    'S2,Potential,Anna Snelling,1000,Box,2026-01-05',
  ]);
  await post('S2', { command: 'fall_back', to: 'target', reason: 'no need found' });
  const view = await importRows('ours', ['S2,Potential,Anna Snelling,7000,Crate,2026-01-05']);
  expect(view).toMatchObject({ changed: 1, changes: { updated: 1, reverted: 0 } });
  expect(view.vanished).toBeGreaterThanOrEqual(1);
  expect(view.problems.map(({ message }) => message.en).join('\n')).toContain('`S1` is no longer in the export');
  const fell = await caseOf('S2');
  expect(fell).toMatchObject({ stage: 'target' });
  expect(fell.facts.find((fact: { fact: string }) => fact.fact === 'amount')).toMatchObject({
    value: { minor: 700_000 },
  });
  expect(fell.facts.find((fact: { fact: string }) => fact.fact === 'product')).toMatchObject({ value: 'Box' });
});
