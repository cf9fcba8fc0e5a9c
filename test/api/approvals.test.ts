/** Approvals through the front door: eight people at once, and a journal that a small model agrees with, entry by entry. */

import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../../engine/parts/approval/content.ts';
import { stuckApprovals } from '../../store/stuck-approvals.ts';
import { TASK_QUEUE } from '../../workers/contract.ts';
import { nightlyPeopleCheck } from '../../workers/nightly-people-check.ts';
import { filesWith, step } from '../case/approval-fixture.ts';
import { ApprovalModel, type ModelVoice } from '../case/approval-model.ts';
import { seeded } from '../seeded.ts';
import { eventually } from '../workers/eventually.ts';
import { startApi, type TestApi } from './start-api.ts';

const SEED = Number(process.env['PLAYRAIL_SEED'] ?? 20261126);
/** Each of eight people sends so many. */
const COMMANDS = Number(process.env['PLAYRAIL_COMMANDS'] ?? 250);

const STAFF = {
  gus: { role: 'general-manager' },
  dan: { role: 'director', manager: 'gus' },
  mia: { role: 'manager', manager: 'dan' },
  ann: { role: 'rep', manager: 'mia' },
  bob: { role: 'rep', manager: 'mia' },
  fay: { role: 'finance' },
  fox: { role: 'finance' },
  leo: { role: 'legal' },
} as const;
const NAMES = Object.keys(STAFF);
/** On a busy machine a step is late now and then. */
const MOST_RETRIES = 5;

let api: TestApi;
const secrets = new Map<string, string>();

beforeAll(async () => {
  const steps = step(
    's',
    'ask: [ finance, legal, director ]',
    'quorum: 2',
    'binds: [ amount ]',
    'fallback: general-manager',
  );
  api = await startApi({ playbooks: filesWith(steps) });
  for (const [person, profile] of Object.entries(STAFF)) {
    const joined = await api.ask('/v1/people', { as: 'admin', body: { person, name: person, ...profile } });
    expect(joined.status).toBe(201);
    const key = await api.ask('/v1/keys', { as: 'admin', body: { person } });
    secrets.set(person, key.body.key);
  }
}, 120_000);

afterAll(() => api.stop());

function as(person: string) {
  return { as: 'nobody', headers: { authorization: `Bearer ${secrets.get(person)}` } } as const;
}

const give = (id: string, person: string, body: object, key?: string) =>
  api.ask(`/v1/cases/${id}/commands`, { ...as(person), body, ...(key !== undefined && { key }) });

async function openDeal(): Promise<string> {
  const facts = { amount: AMOUNTS[0], discount: '10%', text: 'one' };
  const opened = await api.ask('/v1/cases', { ...as('ann'), body: { title: 'Deal', pipeline: 'deal', facts } });
  expect(opened.status).toBe(201);
  return opened.body.case;
}

const AMOUNTS = ['50万 CNY', '40万 CNY', '30万 CNY'] as const;
const MINOR: Readonly<Record<string, number>> = {
  '50万 CNY': 50_000_000,
  '40万 CNY': 40_000_000,
  '30万 CNY': 30_000_000,
};
const digestFor = (amount: string) => digestOf({ amount: { minor: MINOR[amount] ?? 0, currency: 'CNY' } });

function randomBody(next: () => number): object {
  const amount = AMOUNTS[Math.floor(next() * AMOUNTS.length)] ?? AMOUNTS[0];
  const approval = 'sign';
  const bodies = [
    { command: 'request_approval', approval },
    { command: 'request_approval', approval },
    { command: 'approve', approval, digest: digestFor(amount) },
    { command: 'approve', approval, digest: digestFor(amount) },
    { command: 'approve', approval, digest: digestFor(amount).slice(0, 12) },
    { command: 'reject', approval, reason: 'no' },
    { command: 'send_back', approval, reason: 'again' },
    { command: 'recall', approval },
    { command: 'set_facts', facts: { amount } },
    { command: 'hand_over', to: next() < 0.5 ? 'ann' : 'bob' },
  ];
  return bodies[Math.floor(next() * bodies.length)] ?? {};
}

const VOICES: readonly ModelVoice[] = [
  { voice: 'finance', people: ['fay', 'fox'] },
  { voice: 'legal', people: ['leo'] },
  { voice: 'director', people: ['dan'] },
];

interface Entry {
  readonly actor: string;
  readonly outcome: string;
  readonly command: Readonly<Record<string, string>> & { readonly facts?: Readonly<Record<string, string>> };
  readonly reasons?: readonly { readonly code: string }[];
}

test(`eight people at once: the journal is what the model says (PLAYRAIL_SEED=${SEED})`, async () => {
  const id = await openDeal();
  const sent = await Promise.all(
    NAMES.map(async (person, index) => {
      const next = seeded(SEED + index);
      const statuses: number[] = [];
      for (let count = 0; count < COMMANDS; count += 1) {
        const key = `${person}-${count}`;
        const body = randomBody(next);
        let answer = await give(id, person, body, key);
        // As callers are told: what became of it is not known, so the same is sent again.
        for (let again = 0; answer.status === 503 && again < MOST_RETRIES; again += 1)
          answer = await give(id, person, body, key);
        statuses.push(answer.status);
        // None is lost, and none counts twice: the same key gets the same answer.
        expect([200, 403, 409]).toContain(answer.status);
      }
      return statuses;
    }),
  );
  const entries = await journalOf(id);
  const statuses = sent.flat();
  const counted = (outcome: string) =>
    entries.filter((one) => one.outcome === outcome && one.actor !== 'system').length;
  expect(counted('accepted') - 1).toBe(statuses.filter((one) => one === 200).length);
  expect(counted('refused')).toBe(statuses.filter((one) => one === 409).length);

  const model = new ApprovalModel('ann', VOICES, 2, ['gus']);
  let amount: string = AMOUNTS[0];
  for (const [index, { actor, command, outcome, reasons = [] }] of entries.slice(1).entries()) {
    if (actor === 'system') continue;
    const isCurrent = command['digest'] === undefined || digestFor(amount).startsWith(command['digest']);
    const said = verdict(model, actor, command, { isCurrent, before: amount });
    if (command.facts?.['amount'] !== undefined && outcome === 'accepted') amount = command.facts['amount'];
    const where = `entry ${index + 2}: ${command['command']} by ${actor} (${reasons.map(({ code }) => code).join(', ')})`;
    expect(`${where}: ${outcome === 'accepted' ? 'accepted' : 'no'}`).toBe(`${where}: ${said}`);
  }
  // Whoever owns it by now, gus sees it.
  const shown = await api.ask(`/v1/cases/${id}`, as('gus'));
  const [approval] = shown.body.approvals;
  const standing = { none: 'missing', 'under review': 'under_review' }[model.outcome as string] ?? model.outcome;
  expect(approval.standing).toBe(standing);
}, 300_000);

function verdict(
  model: ApprovalModel,
  by: string,
  command: Entry['command'],
  { isCurrent, before }: { readonly isCurrent: boolean; readonly before: string },
): string {
  switch (command['command']) {
    case 'request_approval':
      return model.request(by);
    case 'approve':
      return isCurrent ? model.answer(by, true) : 'no';
    case 'reject':
      return model.answer(by, false);
    case 'send_back':
      return model.sendBack(by);
    case 'recall':
      return model.recall();
    case 'set_facts':
      return command.facts?.['amount'] === before ? 'accepted' : model.change(by);
    case 'hand_over':
      return model.handOver(command['to'] ?? '');
    default:
      throw new Error(`not sent: ${command['command']}`);
  }
}

async function journalOf(id: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let cursor: string | undefined = '0'; cursor !== undefined; ) {
    const page = await api.ask(`/v1/cases/${id}/journal?limit=200&cursor=${cursor}`, as('gus'));
    entries.push(...page.body.items);
    cursor = page.body.next_cursor === undefined ? undefined : String(page.body.next_cursor);
  }
  return entries;
}

test('the reviewer is shown what is reviewed, and an answer to something older is refused with the difference', async () => {
  const id = await openDeal();
  await give(id, 'ann', { command: 'request_approval', approval: 'sign' });
  const [shown] = (await api.ask(`/v1/cases/${id}`, as('fay'))).body.approvals;
  expect(shown).toMatchObject({
    standing: 'under_review',
    submitted_by: { person: 'ann' },
    steps: [
      {
        step: 's',
        status: 'asked',
        digest: digestFor(AMOUNTS[0]),
        content: [{ name: 'amount', shown: { zh: '50万 CNY' } }],
      },
    ],
  });
  await give(id, 'mia', { command: 'set_facts', facts: { amount: AMOUNTS[1] } });
  const late = await give(id, 'fay', { command: 'approve', approval: 'sign', digest: shown.steps[0].digest });
  expect(late.status).toBe(409);
  expect(late.body.reasons[0]).toMatchObject({
    code: 'approval-outdated',
    about: 'approval sign',
    changes: [{ name: 'amount', text: { en: expect.stringContaining('→') } }],
  });
  const inbox = await api.ask('/v1/inbox', as('fay'));
  expect(JSON.stringify(inbox.body)).toContain(`approve sign --digest ${digestFor(AMOUNTS[1]).slice(0, 12)}`);
});

test('a recall that races with the last approval: one of them counts, and the other is told so', async () => {
  const lonely = { amount: AMOUNTS[0], discount: '10%', text: 'one' };
  const outcomes = new Set<string>();
  for (let round = 0; round < 12; round += 1) {
    const opened = await api.ask('/v1/cases', {
      ...as('ann'),
      body: { title: 'Race', pipeline: 'deal', facts: lonely },
    });
    const id: string = opened.body.case;
    const sign = { approval: 'sign' };
    const yes = { command: 'approve', ...sign, digest: digestFor(AMOUNTS[0]) };
    expect((await give(id, 'ann', { command: 'request_approval', ...sign })).status).toBe(200);
    expect((await give(id, 'leo', yes)).status).toBe(200);
    const recall = () => give(id, 'ann', { command: 'recall', ...sign });
    const last = () => give(id, 'dan', yes);
    const both = round % 2 === 0 ? [recall(), last()] : [last(), recall()].reverse();
    const [recalled, approved] = await Promise.all(both);
    expect([recalled?.status, approved?.status].sort()).toEqual([200, 409]);
    const refused = recalled?.status === 409 ? recalled : approved;
    expect(refused?.body.reasons[0].code).toBe('approval-not-open');
    const { body } = await api.ask(`/v1/cases/${id}`, as('gus'));
    const status: string = body.approvals[0].standing;
    expect(status).toBe(recalled?.status === 200 ? 'recalled' : 'approved');
    outcomes.add(status);
  }
  // Each was sent first every second time.
  expect([...outcomes].sort()).toEqual(['approved', 'recalled']);
});

test('explain says who answers next, and the way through the approval', async () => {
  const id = await openDeal();
  const asked = await api.ask(`/v1/cases/${id}/explain`, as('ann'));
  expect(asked.body.acts.map((act: { command: string }) => act.command)).toEqual([
    'request_approval sign',
    'approve sign --digest …',
    'approve sign --digest …',
  ]);
  await give(id, 'ann', { command: 'request_approval', approval: 'sign' });
  const waits = await api.ask(`/v1/cases/${id}/explain`, as('ann'));
  const [reason] = waits.body.unmet;
  expect(reason.can_meet).toEqual(expect.arrayContaining(['fay', 'fox', 'leo', 'dan']));
  expect(reason.under_way[0].en).toContain('`sign` waits for');
});

test('what waits for nobody is told to somebody by name, found at night, and asked when somebody is there', async () => {
  const lonely = await startApi({ playbooks: filesWith(step('s', 'ask: delivery', 'binds: [ amount ]')) });
  try {
    const id = await lonely.open('liu');
    await lonely.command(id, { command: 'request_approval', approval: 'sign' });
    expect(await stuckApprovals(lonely.store, 10)).toEqual([
      { case: id, title: '东方公司', approval: 'sign', step: 's' },
    ]);
    await eventually('the manager hears of it', async () => {
      const inbox = await lonely.ask('/v1/inbox', { as: 'zhang' });
      return JSON.stringify(inbox.body).includes('Nobody can answer');
    });
    await lonely.ask('/v1/people', { as: 'admin', body: { person: 'deng', name: '邓', role: 'delivery' } });
    const log = pino({ level: 'silent' });
    await nightlyPeopleCheck({ store: lonely.store, client: lonely.client, taskQueue: TASK_QUEUE, log })();
    await eventually('the case asks them', async () => {
      const shown = await lonely.ask(`/v1/cases/${id}`, { as: 'zhang' });
      return shown.body.approvals[0].steps[0].asked[0]?.person === 'deng';
    });
    await eventually('the administrator hears of it', async () => {
      const inbox = await lonely.ask('/v1/inbox', { as: 'admin' });
      return JSON.stringify(inbox.body).includes('nobody can answer s of approval sign');
    });
  } finally {
    await lonely.stop();
  }
}, 120_000);
