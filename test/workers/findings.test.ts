/** Diagnoses on real servers, by the shipped playbooks: what is found reaches an inbox and starts its response, whatever dies in between. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileSet } from '../../engine/language/compile-set.ts';
import { sha256 } from '../../store/hash.ts';
import { inboxOf } from '../../store/inbox.ts';
import { publish } from '../../store/publish.ts';
import { caseById } from '../../store/read-case.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import type { RunningWorker } from '../../workers/worker.ts';
import { SHIPPED_PLAYBOOKS } from '../mapping/shipped-mapping.ts';
import { eventually } from './eventually.ts';
import { journalOf } from './journal.ts';
import { makePlace, type Place } from './place.ts';
import { workerProcess } from './worker-process.ts';

let place: Place;
let worker: RunningWorker;

beforeAll(async () => {
  place = await makePlace();
  await publishShipped();
  worker = await place.startWorker();
}, 60_000);
afterAll(() => place.close());

const PLOTS = `territory: sales-territory
title: { zh: 井田, en: Plots }
applies_to: [ lead ]
account: customer
named: [ { account: Named Works, owner: bob } ]
plots:
  - { plot: east, title: { zh: 东, en: East }, when: { fact: place, is: east }, owner: ann }
  - { plot: rest, title: { zh: 其余, en: The rest }, when: { fact: place, in: [ central, west ] }, owner: boss }
`;

async function publishShipped(isKept: (path: string) => boolean = () => true): Promise<void> {
  const shipped = SHIPPED_PLAYBOOKS.filter(({ path }) => isKept(path) && !path.endsWith('.scenarios.yaml'));
  const files = shipped.map((file) => (file.path === 'sales-territory.yaml' ? { ...file, text: PLOTS } : file));
  const { set, diagnostics } = compileSet(files, { sha256 });
  if (set === undefined) throw new Error(JSON.stringify(diagnostics));
  await publish(place.store, set, Object.fromEntries(files.map((file) => [file.path, file.text])), 'boss');
}

let sent = 0;

async function must(id: string, actor: string, body: object, isNew = false): Promise<void> {
  sent += 1;
  const command = { id: `must-${sent}`, actor, body };
  const reply = await place.entities.send('case', id, command, { isNew });
  if (reply.outcome !== 'accepted') throw new Error(`${JSON.stringify(body)}: ${JSON.stringify(reply)}`);
}

const open = (id: string, facts: object = {}) =>
  must(
    id,
    'ann',
    {
      command: 'open',
      title: `Deal ${id}`,
      pipeline: 'large-deal',
      facts: { source: 'event', quality: 70, priority: 'high', amount: '50万 CNY', customer: 'Huadong', ...facts },
    },
    true,
  );
const stateOf = async (id: string) => (await caseById(place.store, id))?.state;
const findingOf = async (id: string, finding: string) => (await stateOf(id))?.findings?.[finding];
const isOpenIn = async (person: string, id: string) =>
  (await inboxOf(place.store, person, { limit: 100 })).some(
    ({ message, settled_at }) => message.kind === 'finding_to_answer' && message.case === id && settled_at === null,
  );
/** What each look at the case brought. */
const looks = async (id: string) =>
  (await journalOf(place.store, 'case', id))
    .map(({ events = [] }) => events.map(({ event }) => event))
    .filter((names) => names.some((name) => name === 'finding_found' || name === 'finding_gone'));

it('a fact leads to a question in the manager’s inbox, and the answer to a case of its own', async () => {
  await open('d-1');
  await must('d-1', 'ann', { command: 'set_facts', facts: { competition: 'sharper' } });
  await eventually('the manager is asked', () => isOpenIn('bob', 'd-1'));
  expect(await findingOf('d-1', 'competition-sharper')).toMatchObject({ facts: { competition: 'sharper' }, n: 1 });
  await must('d-1', 'bob', { command: 'answer_finding', finding: 'competition-sharper', answer: 'respond' });
  const child = 'd-1.risk-response.competition-sharper';
  await eventually('the response stands there', async () => (await stateOf(child))?.stage === 'assess');
  expect(await stateOf(child)).toMatchObject({
    owner: 'ann',
    facts: { class: { value: 'market' }, customer: { value: 'Huadong' } },
  });
  await eventually('the question is taken back', async () => !(await isOpenIn('bob', 'd-1')));
});

it('what holds no longer is taken back, and commands that find nothing leave no look behind', async () => {
  await open('d-2', { credit_score: 59 });
  await eventually('the manager is asked', () => isOpenIn('bob', 'd-2'));
  await must('d-2', 'ann', { command: 'set_facts', facts: { credit_score: 80 } });
  await eventually('it has gone', async () => (await findingOf('d-2', 'credit-weak'))?.gone_at !== undefined);
  await eventually('the question is taken back', async () => !(await isOpenIn('bob', 'd-2')));
  await must('d-2', 'ann', { command: 'log_activity', activity: 'call' });
  expect(await looks('d-2')).toEqual([['finding_found', 'child_started'], ['finding_gone']]);
});

it('three leads go to three owners, and a customer worked by two is the manager’s to settle', async () => {
  const lead = (id: string, facts: object) =>
    must(id, 'boss', { command: 'open', title: `Lead ${id}`, pipeline: 'lead', facts }, true);
  await lead('l-1', { customer: 'Acme', place: 'east' });
  await lead('l-2', { customer: 'Beta', place: 'west' });
  await lead('l-3', { customer: 'named  WORKS', place: 'east' });
  const owners = await Promise.all(['l-1', 'l-2', 'l-3'].map(async (id) => (await stateOf(id))?.owner));
  expect(owners).toEqual(['ann', 'boss', 'bob']);

  // Bob writes the same customer down, in other capitals: his is the later one, and his manager decides.
  await must(
    'l-4',
    'bob',
    { command: 'open', title: 'Again', pipeline: 'lead', owner: 'bob', facts: { customer: ' ACME' } },
    true,
  );
  await eventually('the later case is asked about', () => isOpenIn('boss', 'l-4'));
  expect(await findingOf('l-4', 'customer-shared')).toMatchObject({ facts: { customer_worked_by: 'ann l-1' } });
  expect(await findingOf('l-1', 'customer-shared')).toBeUndefined();
  // What it is about does not lie in the case: a change of the case alone takes nothing back, nor asks twice.
  await must('l-4', 'bob', { command: 'log_activity', activity: 'call' });
  await must('l-4', 'boss', { command: 'hand_over', to: 'ann' });
  await eventually('it is settled', async () => (await looks('l-4')).length === 2);
  // The word to the inbox goes out behind the decision.
  await eventually('nothing waits for the manager any more', async () => !(await isOpenIn('boss', 'l-4')));
  expect(await looks('l-4')).toEqual([['finding_found'], ['finding_gone']]);
});

it('what the manager lets stand is not asked again', async () => {
  const lead = (id: string, by: string) =>
    must(id, by, { command: 'open', title: id, pipeline: 'lead', owner: by, facts: { customer: 'Gamma' } }, true);
  await lead('g-1', 'ann');
  await lead('g-2', 'bob');
  await eventually('it is asked about', () => isOpenIn('boss', 'g-2'));
  await must('g-2', 'boss', {
    command: 'answer_finding',
    finding: 'customer-shared',
    answer: 'decline',
    reason: 'Two plants',
  });
  await must('g-2', 'bob', { command: 'set_facts', facts: { contact: 'Liu Wei' } });
  await worker.sweep();
  expect(await looks('g-2')).toEqual([['finding_found']]);
  await must('g-2', 'bob', { command: 'set_facts', facts: { customer: null } });
  await eventually('without a customer it has gone', async () => (await looks('g-2')).length === 2);
});

it('a worker killed between the fact and the look loses nothing and doubles nothing', async () => {
  await worker.stop();
  const ids = Array.from({ length: 12 }, (_, n) => `k-${n}`);
  let dying = await workerProcess(place);
  for (const id of ids) await open(id);
  const facts = { command: 'set_facts', facts: { demand: 'falling', conduct: ['false-promise'] } };
  const told = ids.map((id) => place.entities.send('case', id, { id: `fact-${id}`, actor: 'ann', body: facts }));
  await Promise.race(told);
  dying.kill('SIGKILL');
  dying = await workerProcess(place);
  const insist = async (id: string): Promise<void> => {
    const reply = await place.entities.send('case', id, { id: `fact-${id}`, actor: 'ann', body: facts });
    if (reply.outcome === 'fault') return insist(id);
    expect(reply.outcome).toBe('accepted');
  };
  await Promise.all(ids.map(insist));
  for (const id of ids) {
    await eventually(`${id} has its response`, async () => {
      const child = await stateOf(`${id}.risk-response.conduct-doubtful`);
      return child?.stage === 'assess' && (await findingOf(id, 'demand-falling')) !== undefined;
    });
    const found = (await journalOf(place.store, 'case', id)).flatMap(({ events = [] }) => events);
    const names = found.filter(({ event }) => event === 'finding_found').map((event) => JSON.stringify(event));
    expect(names).toHaveLength(2);
  }
  const damage: unknown[] = [];
  await verifyJournal(place.store, { report: (one) => damage.push(one) });
  expect(damage).toEqual([]);
  dying.kill('SIGTERM');
}, 90_000);

it('every case is looked at once a new diagnosis is published, and once only, however many workers look', async () => {
  worker = await place.startWorker();
  const other = await place.startWorker();
  await publishShipped((path) => path !== 'churn-risks.yaml');
  const facts = { segment: 'trade', last_bought_on: '2020-01-01' };
  await must('c-1', 'ann', { command: 'open', title: 'Huadong', pipeline: 'customer', facts }, true);
  await publishShipped();
  await Promise.all([worker.sweep(), other.sweep()]);
  await eventually('it was found', async () => (await findingOf('c-1', 'customer-leaving')) !== undefined);
  await Promise.all([worker.sweep(), other.sweep()]);
  expect(await looks('c-1')).toEqual([['finding_found']]);
});
