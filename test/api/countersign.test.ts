/** A contract countersigned by four departments on the real server, with all that comes in between, through to the signature and a dossier of it. */

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCheckpoint } from '../../store/audit/make-checkpoint.ts';
import { verifyDossier } from '../../store/dossier/verify-dossier.ts';
import { filesIn } from '../language/read-set.ts';
import { pick, seeded } from '../seeded.ts';
import { skipTime } from '../workers/skip-time.ts';
import { startApi, type TestApi } from './start-api.ts';

const HOUR_MS = 3_600_000;
const STAFF = {
  gus: { role: 'general-manager' },
  dan: { role: 'director', manager: 'gus' },
  mia: { role: 'manager', manager: 'dan' },
  ann: { role: 'rep', manager: 'mia' },
  ops: { role: 'sales-ops' },
  fay: { role: 'finance' },
  leo: { role: 'legal' },
  deb: { role: 'delivery' },
  tom: { role: 'sales-ops' },
} as const;
type Name = keyof typeof STAFF;

const SIGN = { approval: 'contract-countersign' };
const TEXT = ['1. Scope', '2. Payment within 30 days', '3. No penalty'];

let api: TestApi;
let folder: string;
let id: string;
const secrets = new Map<string, string>();

const as = (person: Name) => ({ as: 'nobody', headers: { authorization: `Bearer ${secrets.get(person)}` } }) as const;
const give = (person: Name, command: string, more: object = SIGN) =>
  api.ask(`/v1/cases/${id}/commands`, { ...as(person), body: { command, ...more } });
const shown = async (person: Name = 'gus') => (await api.ask(`/v1/cases/${id}`, as(person))).body;

/** Must be accepted. */
async function must(person: Name, command: string, more?: object): Promise<void> {
  const { status, body } = await give(person, command, more);
  expect({ status, said: status === 200 ? '' : JSON.stringify(body) }).toEqual({ status: 200, said: '' });
}

interface StepSeen {
  readonly step: string;
  readonly status: string;
  readonly digest?: string;
  readonly asked: readonly { readonly person: string }[];
  readonly changes?: readonly object[];
}

async function steps(): Promise<Readonly<Record<string, StepSeen>>> {
  const { approvals } = await shown();
  const [{ steps: all }] = approvals.filter((one: { approval: string }) => one.approval === SIGN.approval);
  return Object.fromEntries(all.map((one: StepSeen) => [one.step, one]));
}

/** With the digest of what the step shows now. */
async function approve(person: Name, step: string): Promise<void> {
  const { digest } = (await steps())[step] ?? {};
  await must(person, 'approve', { ...SIGN, step, digest });
}

/** Step → how it stands, and of whom an answer is wanted. */
async function standing(): Promise<Readonly<Record<string, string>>> {
  const seen = Object.values(await steps()).filter(({ status }) => status !== 'left_out');
  return Object.fromEntries(
    seen.map(({ step, status, asked }) => [step, [status, ...asked.map(({ person }) => person)].join(' ')]),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playrail-countersign-'));
  const audit = { keyFile: join(folder, 'key.pem'), folder: join(folder, 'checkpoints') };
  api = await startApi({ playbooks: filesIn('playbooks'), allowTimeTravel: true, audit });
  for (const [person, profile] of Object.entries(STAFF)) {
    await api.ask('/v1/people', { as: 'admin', body: { person, name: person, ...profile } });
    secrets.set(person, (await api.ask('/v1/keys', { as: 'admin', body: { person } })).body.key);
  }
  const today = new Date().toISOString().slice(0, 10);
  const away = { command: 'set_absence', first_day: today, last_day: '2099-12-31', substitutes: ['tom'] };
  const absent = await api.ask('/v1/people/deb/commands', { as: 'admin', body: away });
  expect(absent.status).toBe(200);
  const facts = {
    customer: 'ACME',
    product: 'ERP',
    amount: '55万 CNY',
    list_price: '60万 CNY',
    contract_text: TEXT.join('\n'),
  };
  const imported = { source: 'crm', debt_due_on: '2099-12-31' };
  const body = { title: 'ACME ERP', pipeline: 'large-deal', stage: 'negotiation', owner: 'ann', facts, imported };
  const opened = await api.ask('/v1/cases', { as: 'admin', body });
  expect(opened.status).toBe(201);
  id = opened.body.case;
}, 120_000);

afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

test('nothing is signed before its review', async () => {
  const { status, body } = await give('ann', 'close', { as: 'won' });
  expect(status).toBe(409);
  expect(body.reasons.map(({ about }: { about: string }) => about)).toContain('gate contract-reviewed');
});

test('the sales line is asked first, reminded in time, and nobody else yet', async () => {
  await must('ann', 'request_approval');
  expect(await standing()).toEqual({ sales: 'asked mia', delivery: 'waits', finance: 'waits', legal: 'waits' });
  await skipTime(api.client, [`case/${id}`], 96 * HOUR_MS);
  const events = await eventsOf();
  expect(events.filter(({ event }) => event === 'approval_rung_fired').length).toBeGreaterThan(0);
  await approve('mia', 'sales');
});

test('who is away is stood in for, who delegates gets it back, and who sends it back ends the round', async () => {
  expect(await standing()).toEqual({
    sales: 'passed',
    delivery: 'asked tom',
    finance: 'asked fay',
    legal: 'asked leo',
  });
  await must('fay', 'delegate', { ...SIGN, to: 'gus', note: 'Can we live with the discount?' });
  expect(await standing()).toMatchObject({ finance: 'asked gus' });
  await approve('gus', 'finance');
  expect(await standing()).toMatchObject({ finance: 'asked fay' });
  await must('leo', 'send_back', { ...SIGN, reason: 'No penalty clause is not our standard' });
  expect(await standing()).toMatchObject({ delivery: 'waits', legal: 'waits' });
});

test('the next round asks only those whose part has changed, and shows them the change line by line', async () => {
  const changed = [...TEXT.slice(0, 2), '3. Penalty of 0.1 % a day'].join('\n');
  await must('ann', 'set_facts', { facts: { contract_text: changed } });
  await must('ann', 'resubmit', { ...SIGN, how: 'changed_only' });
  const { sales } = await steps();
  expect(sales).toMatchObject({ status: 'asked', asked: [{ person: 'mia' }] });
  expect(JSON.stringify(sales?.changes)).toContain('Penalty of 0.1');
  await approve('mia', 'sales');
  await approve('tom', 'delivery');
});

test('a price that changes in between voids exactly what looked at it; an answer to the old one is refused with the difference', async () => {
  const { finance } = await steps();
  await must('ops', 'set_facts', { facts: { amount: '50万 CNY' } });
  expect(await standing()).toMatchObject({ sales: 'asked mia', delivery: 'passed', finance: 'waits' });
  await approve('mia', 'sales');
  const late = await give('fay', 'approve', { ...SIGN, step: 'finance', digest: finance?.digest });
  expect(late.status).toBe(409);
  expect(late.body.reasons).toMatchObject([
    { code: 'approval-outdated', changes: [{ name: 'amount' }, { name: 'discount' }] },
  ]);
  await approve('fay', 'finance');
  expect((await give('ann', 'close', { as: 'won' })).status).toBe(409);
  await approve('leo', 'legal');
  expect(await standing()).toEqual({ sales: 'passed', delivery: 'passed', finance: 'passed', legal: 'passed' });
  expect((await shown()).approvals).toMatchObject([{ standing: 'approved' }]);
});

test('then, and only then, it is signed', async () => {
  const day = (await shown()).clock.entered_at.slice(0, 10);
  const signed = { signed_on: day, contract_no: 'HD-2026-031', amount: '50万 CNY', plan_agreed: true };
  await must('ann', 'submit_evidence', { evidence: 'contract-signed', fields: signed });
  await must('ops', 'accept_evidence', { evidence: 'contract-signed' });
  const offer = { offered_on: day, made_for_them: 'Roll-out plant by plant' };
  await must('ann', 'submit_evidence', { evidence: 'personal-offer', fields: offer });
  const soon = new Date(Date.now() + 240 * HOUR_MS).toISOString().slice(0, 10);
  await must('ann', 'set_facts', { facts: { signing_on: soon } });
  await must('ann', 'plan_task', { title: 'Kick-off', due_on: soon });
  await must('ann', 'close', { as: 'won' });
  expect((await shown()).status).toBe('won');
});

test('all of it stands in one file that is checked without the server', async () => {
  await makeCheckpoint(
    api.store,
    { keyFile: join(folder, 'key.pem'), folder: join(folder, 'checkpoints') },
    { at: new Date().toISOString() },
  );
  const { status, body } = await api.ask(`/v1/cases/${id}/dossier`, as('mia'));
  expect(status).toBe(200);
  const text = JSON.stringify(body);
  const check = verifyDossier(text);
  expect(check.findings).toEqual([]);
  expect(check).toMatchObject({
    case: id,
    entries: body.journal.length,
    sealed_by: body.seal.key,
  });
  const won = body.summary.verdicts.findLast(({ said }: { said: string }) => said === 'yes');
  // News of the child that the win has started may come after the checkpoint.
  expect(check.vouched?.entry).toBeGreaterThanOrEqual(won.entry);
  expect(won.command).toMatchObject({ command: 'close', as: 'won' });
  expect(won.criteria).toContainEqual(expect.objectContaining({ about: 'gate contract-reviewed', standing: 'met' }));
  expect(body.summary.approvals.length).toBeGreaterThan(10);
  expect(body.summary.clocks.map(({ what }: { what: { event: string } }) => what.event)).toContain('stage_entered');
  // By the key that was had from elsewhere it holds, and by any other it does not.
  const [own] = body.keys;
  expect(verifyDossier(text, [own]).findings).toEqual([]);
  const { publicKey } = generateKeyPairSync('ed25519');
  const stranger = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(verifyDossier(text, [stranger]).findings.map(({ place }) => place)).toContain('seal');
  // Somebody who may not see the case gets nothing of it.
  expect((await api.ask(`/v1/cases/${id}/dossier`, { as: 'liu' })).status).toBe(403);
});

test('whatever is changed in the file, by one character, is found', async () => {
  const { body } = await api.ask(`/v1/cases/${id}/dossier`, as('mia'));
  const next = seeded(20261126);
  const missed: string[] = [];
  const text = JSON.stringify(body);
  for (let attempt = 0; attempt < 25; attempt += 1) {
    const at = Math.floor(next() * text.length);
    const other = text[at] === '7' ? '8' : '7';
    if (verifyDossier(`${text.slice(0, at)}${other}${text.slice(at + 1)}`).findings.length === 0)
      missed.push(text.slice(Math.max(0, at - 30), at + 30));
  }
  for (let attempt = 0; attempt < 15; attempt += 1) {
    const copy = structuredClone(body);
    const place = tamper(copy, next);
    if (verifyDossier(JSON.stringify(copy)).findings.length === 0) missed.push(place);
  }
  expect(missed).toEqual([]);
}, 240_000);

/** Changes one text or number somewhere below. @returns where */
function tamper(root: object, next: () => number): string {
  let node: object = root;
  const path: string[] = [];
  for (;;) {
    const members = Object.keys(node);
    const name = pick(next, members);
    path.push(name);
    const value: unknown = Reflect.get(node, name);
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
      node = value;
      continue;
    }
    if (typeof value === 'string' && value !== '') {
      const at = Math.floor(next() * value.length);
      Reflect.set(node, name, `${value.slice(0, at)}${value[at] === 'x' ? 'y' : 'x'}${value.slice(at + 1)}`);
    } else if (typeof value === 'number') Reflect.set(node, name, value + 1);
    else if (typeof value === 'boolean') Reflect.set(node, name, !value);
    else Reflect.set(node, name, 'x');
    return path.join('.');
  }
}

async function eventsOf(): Promise<readonly { readonly event: string }[]> {
  const { body } = await api.ask(`/v1/cases/${id}/journal?limit=200`, as('gus'));
  return body.items.flatMap((entry: { events?: readonly { event: string }[] }) => entry.events ?? []);
}
