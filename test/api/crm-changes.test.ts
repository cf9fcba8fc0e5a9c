/** Stages changed in the CRM behind our back: the next import does what the mapping says, once, by commands to the case. */

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { DifferenceView, ImportView } from '../../api/views/import-view.ts';
import { SHIPPED_PLAYBOOKS } from '../mapping/shipped-mapping.ts';
import { eventually } from '../workers/eventually.ts';
import { workerProcess } from '../workers/worker-process.ts';
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
  const asking = mappingOf('asking', 'revert');
  const open = {
    ...asking,
    text: asking.text.replace('currency: CNY', 'currency: "?"').replace('reason: price', 'reason: "?"'),
  };
  api = await startApi({ playbooks: [...SHIPPED_PLAYBOOKS, ...mappings, open] });
}, 60_000);

afterAll(() => api.stop());

const HEADER = 'Id,Stage,Owner,Amount,Product,Opened';

async function importRows(mapping: string, rows: readonly string[], more: object = {}): Promise<ImportView> {
  const files = { [`${mapping}.csv`]: `${[HEADER, ...rows].join('\n')}\n` };
  const started = await api.ask('/v1/imports', { as: 'admin', body: { mapping, files, ...more } });
  if (started.status === 200) return started.body;
  expect(started.status).toBe(202);
  return over(started.body.import);
}

function over(id: number): Promise<ImportView> {
  return eventually(
    'the import is over',
    async () => {
      const { body } = await api.ask(`/v1/imports/${id}`, { as: 'admin' });
      return body.status === 'running' ? undefined : body;
    },
    90_000,
  );
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

test('a mapping that still asks something imports nothing and rehearses nothing: each question is told with its place', async () => {
  for (const dry_run of [false, true]) {
    const files = { 'asking.csv': `${HEADER}\nA1,Target,Anna Snelling,1000,Box,2026-01-05\n` };
    const refused = await api.ask('/v1/imports', { as: 'admin', body: { mapping: 'asking', files, dry_run } });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ kind: 'invalid' });
    expect(refused.body.detail).toContain('put an answer in the place of each `?`');
    expect(refused.body.problems.map((one: { code: string }) => one.code)).toEqual([
      'mapping-open-question',
      'mapping-open-question',
    ]);
    const told = refused.body.problems.map((one: { message: { en: string } }) => one.message.en);
    expect(told).toEqual([
      expect.stringMatching(/^asking\.yaml:5:\d+ `/),
      expect.stringMatching(/^asking\.yaml:7:\d+ `/),
    ]);
  }
  expect((await api.ask('/v1/cases/A1', { as: 'admin' })).status).toBe(404);
});

test('a row that vanished is told by every import that misses it, while its case runs, and no more when it is back', async () => {
  const rows = ['V1', 'V2', 'V3'].map((id) => `${id},Target,Anna Snelling,1000,Box,2026-01-05`);
  await importRows('held', rows);
  const told = ({ problems }: ImportView): readonly string[] =>
    problems.flatMap(
      ({ message }) => /`(V\d)` is no longer in the export; the case is left as it is/.exec(message.en)?.[1] ?? [],
    );
  const before = await journalled('V2');
  const [first = ''] = rows;
  for (let time = 0; time < 2; time += 1) {
    const missing = await importRows('held', [first]);
    expect(told(missing)).toEqual(['V2', 'V3']);
    expect(missing.vanished).toBeGreaterThanOrEqual(2);
  }
  expect(await journalled('V2')).toBe(before);
  expect(await caseOf('V2')).toMatchObject({ stage: 'target', status: 'open' });
  expect((await post('V3', { command: 'close', as: 'lost', reason: 'price' })).status).toBe(200);
  expect(told(await importRows('held', [first]))).toEqual(['V2']);
  expect(told(await importRows('held', rows))).toEqual([]);
});

test('a worker killed among the changes of a second import: the next goes on where it was, each case changed once', async () => {
  const count = 80;
  const rowsOf = (stage: string, amount: number, owner: string): readonly string[] =>
    Array.from({ length: count }, (_, n) => `K${n},${stage},${owner},${amount},Box,2026-01-05`);
  await importRows('theirs', rowsOf('Target', 1000, 'Anna Snelling'));
  await api.stopWorker();
  const where = {
    databaseUrl: api.databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: api.client.options.namespace,
  };
  const killed = await workerProcess(where);
  const files = { 'theirs.csv': `${[HEADER, ...rowsOf('Solution', 2500, 'Dustin Brinkmann')].join('\n')}\n` };
  const started = await api.ask('/v1/imports', { as: 'admin', body: { mapping: 'theirs', files } });
  const { import: id } = started.body;
  await eventually('a part of the changes is done', async () => {
    const { body } = await api.ask(`/v1/imports/${id}`, { as: 'admin' });
    return body.changes.accepted > 0;
  });
  killed.kill('SIGKILL');
  expect((await api.ask(`/v1/imports/${id}`, { as: 'admin' })).body).toMatchObject({ phase: 'changes' });

  await workerProcess(where);
  const view = await over(id);
  expect(view).toMatchObject({ status: 'done', rows: count, changed: count, changes: { accepted: count, failed: 0 } });
  const { rows } = await sql<{ entity: string; told: string }>`
    select entity, string_agg(split_part(command_id, ':', 4) || ' ' || outcome, ', ' order by seq) as told
    from (select entity, seq, command_id, text::json->>'outcome' as outcome from journal where kind = 'case' and entity ~ '^K[0-9]+$' and seq > 1) of_import
    group by entity`.execute(api.store.db);
  expect(rows).toHaveLength(count);
  const once = 'set_facts accepted, hand_over accepted, note_change accepted';
  expect(rows.filter(({ told }) => told !== once)).toEqual([]);
  expect(await caseOf('K7')).toMatchObject({ stage: 'solution', status: 'open' });
  expect((await api.ask('/v1/audit/verify', { as: 'admin' })).body).toMatchObject({ ok: true });
  const again = await importRows('theirs', rowsOf('Solution', 2500, 'Dustin Brinkmann'));
  expect(again).toMatchObject({ unchanged: count, changed: 0 });
}, 180_000);
