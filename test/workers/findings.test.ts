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

async function publishShipped(isKept: (path: string) => boolean = () => true): Promise<void> {
  const files = SHIPPED_PLAYBOOKS.filter(({ path }) => isKept(path) && !path.endsWith('.scenarios.yaml'));
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
