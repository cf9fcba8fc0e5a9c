/** Cases that start others on real servers, by the shipped playbooks: from a lead to a deal, and from a signed contract to a breach. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileSet } from '../../engine/language/compile-set.ts';
import { sha256 } from '../../store/hash.ts';
import { inboxOf } from '../../store/inbox.ts';
import { listCases } from '../../store/list-cases.ts';
import { publish } from '../../store/publish.ts';
import { caseById } from '../../store/read-case.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import type { RunningWorker } from '../../workers/worker.ts';
import { SHIPPED_PLAYBOOKS } from '../mapping/shipped-mapping.ts';
import { eventually } from './eventually.ts';
import { eventsOf, journalOf } from './journal.ts';
import { makePlace, type Place } from './place.ts';
import { skipTime } from './skip-time.ts';

const DAY_MS = 86_400_000;

let place: Place;
let worker: RunningWorker;

beforeAll(async () => {
  place = await makePlace();
  await publishShipped();
  worker = await place.startWorker();
}, 60_000);
afterAll(() => place.close());

/** With the text of one file changed. */
async function publishShipped(path = '', change: (text: string) => string = (text) => text): Promise<void> {
  const files = SHIPPED_PLAYBOOKS.map((file) => ({
    ...file,
    text: file.path === path ? change(file.text) : file.text,
  }));
  const { set, diagnostics } = compileSet(files, { sha256 });
  if (set === undefined) throw new Error(JSON.stringify(diagnostics));
  await publish(place.store, set, Object.fromEntries(files.map((file) => [file.path, file.text])), 'boss');
}

const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const stateOf = async (id: string) => (await caseById(place.store, id))?.state;

let sent = 0;

async function must(id: string, actor: string, body: object, isNew = false): Promise<void> {
  sent += 1;
  const command = { id: `must-${sent}`, actor, body };
  const reply = await place.entities.send('case', id, command, { isNew });
  if (reply.outcome !== 'accepted') throw new Error(`${JSON.stringify(body)}: ${JSON.stringify(reply)}`);
}

const LEAD = {
  industry_fit: 'good',
  size: 'large',
  urgency: 'now',
  customer: 'Huadong',
  contact: 'Liu Wei',
  source: 'event',
  quality: 70,
  priority: 'high',
};

/** Through its stages, up to its conversion. */
async function convert(id: string, amount: string): Promise<void> {
  const facts = { ...LEAD, amount };
  await must(id, 'ann', { command: 'open', title: `Lead ${id}`, pipeline: 'lead', facts }, true);
  const need = { need: 'Stock in real time', learnt_by: 'interview' };
  const fields = { held_on: dayIn(-2), with_whom: 'Liu Wei', needs: [need, need, need] };
  await must(id, 'ann', { command: 'submit_evidence', evidence: 'first-conversation', fields });
  await must(id, 'ann', { command: 'plan_task', title: 'Call', due_on: dayIn(100) });
  await must(id, 'ann', { command: 'advance' });
  await must(id, 'ann', { command: 'advance' });
}

it('a lead becomes the deal its amount asks for, which opens by its own gates and tells the lead so', async () => {
  await convert('lead-1', '50万 CNY');
  const deal = await eventually('the deal is open', () => stateOf('lead-1.large-deal'));
  expect(deal).toMatchObject({
    title: 'Lead lead-1 · Large deal',
    pipeline: 'large-deal',
    stage: 'target',
    owner: 'ann',
    parent: { case: 'lead-1' },
  });
  const lead = await eventually('the lead knows', async () => {
    const state = await stateOf('lead-1');
    return state?.children?.['lead-1.large-deal']?.news === undefined ? undefined : state;
  });
  expect(lead).toMatchObject({ status: 'won', finished: true });
  const { cases } = await listCases(place.store, { parent: 'lead-1' }, 10);
  expect(cases.map(({ id, pipeline }) => [id, pipeline])).toEqual([['lead-1.large-deal', 'large-deal']]);
}, 60_000);

it('a deal that may not open is told to the lead’s owner, and opens when asked again', async () => {
  await publishShipped('lead-assessed.yaml', (text) =>
    text.replace('quality, is_known: true', 'quality, at_least: 80'),
  );
  await convert('lead-2', '10万 CNY');
  const refused = await eventually('the lead shows it', async () => {
    return (await stateOf('lead-2'))?.children?.['lead-2.small-deal']?.refused;
  });
  expect(refused).toMatchObject([{ code: 'gate-closed', about: 'gate lead-assessed' }]);
  expect(await stateOf('lead-2.small-deal')).toBeUndefined();
  await eventually('ann hears of it', async () => {
    const items = await inboxOf(place.store, 'ann', { limit: 100 });
    return items.some(({ message }) => message.text.en.includes('start_again lead-2.small-deal'));
  });
  await publishShipped();
  await must('lead-2', 'ann', { command: 'start_again', child: 'lead-2.small-deal' });
  await eventually('the deal is open', () => stateOf('lead-2.small-deal'));
  await eventually('what was told is taken back', async () => {
    const items = await inboxOf(place.store, 'ann', { limit: 100 });
    const item = items.find(({ message }) => message.text.en.includes('start_again lead-2.small-deal'));
    return item?.settled_how === 'done';
  });
}, 60_000);

it('from a contract over its obligations to a breach, in skipped time, past the death of the worker', async () => {
  const obligations = [
    { what: 'First instalment', kind: 'payment', due_on: dayIn(5), amount: '20万 CNY' },
    { what: 'Delivery', kind: 'delivery', due_on: dayIn(200), responsible: 'bob' },
  ];
  const facts = { customer: 'Huadong', contract_amount: '50万 CNY', obligations };
  await must('c-1', 'ann', { command: 'open', title: 'Huadong ERP', pipeline: 'performance', facts }, true);
  const fields = { checked_on: dayIn(-2) };
  await must('c-1', 'ann', { command: 'submit_evidence', evidence: 'obligations-listed', fields });
  await must('c-1', 'bob', { command: 'accept_evidence', evidence: 'obligations-listed' });
  await must('c-1', 'ann', { command: 'advance' });
  await worker.stop();
  worker = await place.startWorker();
  const [first, second] = [`c-1.obligation.${dayIn(5)}`, `c-1.obligation.${dayIn(200)}`];
  await eventually('both are open', async () => (await stateOf(first)) !== undefined && (await stateOf(second)));
  expect([(await stateOf(first))?.owner, (await stateOf(second))?.owner]).toEqual(['ann', 'bob']);
  await eventually('the contract knows', async () => {
    const children = Object.values((await stateOf('c-1'))?.children ?? {});
    return children.length === 2 && children.every(({ news }) => news !== undefined);
  });
  expect(await place.send('case', 'c-1', 'ann', { command: 'advance' })).toMatchObject({
    outcome: 'refused',
    reasons: [{ code: 'milestone-unmet', about: 'milestone obligations-met' }],
  });

  await skipTime(place.client, [`case/${first}`], 30 * DAY_MS);
  const breach = await eventually('the breach is open', () => stateOf(`${first}.breach`));
  expect(breach).toMatchObject({
    title: 'Huadong ERP · Breach',
    pipeline: 'breach',
    facts: { what: { value: 'First instalment' }, amount: { value: { minor: 20_000_000, currency: 'CNY' } } },
  });
  await eventually('the obligation knows', async () => {
    return (await stateOf(first))?.children?.[`${first}.breach`]?.news !== undefined;
  });
  await must(first, 'ann', {
    command: 'submit_evidence',
    evidence: 'fulfilled',
    fields: { fulfilled_on: dayIn(-2), proof: 'Transfer 4711' },
  });
  await must(first, 'bob', { command: 'accept_evidence', evidence: 'fulfilled' });
  await must(first, 'ann', { command: 'set_facts', facts: { received: '20万 CNY' } });
  expect(await place.send('case', first, 'ann', { command: 'advance' })).toMatchObject({
    outcome: 'refused',
    reasons: [{ unmet: [{ leaf: { kind: 'child', pipeline: 'breach' } }], can_meet: ['ann'] }],
  });
  await must(`${first}.breach`, 'ann', { command: 'close', as: 'lost', reason: 'not-a-breach' });
  await eventually('the obligation knows that it is over', async () => {
    return (await stateOf(first))?.children?.[`${first}.breach`]?.news?.finished;
  });
  await must(first, 'ann', { command: 'advance' });
  const news = await eventually('the contract knows that it is met', async () => {
    const told = (await stateOf('c-1'))?.children?.[first]?.news;
    return told?.finished === true ? told : undefined;
  });

  // Everything that the child said arrived, once and in its order.
  const said = (await eventsOf(place.store, 'case', first)).flatMap((one) =>
    one.event === 'parent_told' ? [one.news] : [],
  );
  const heard = (await eventsOf(place.store, 'case', 'c-1')).flatMap((one) =>
    one.event === 'child_changed' && one.child === first ? [one.news] : [],
  );
  expect(heard).toEqual(said);
  expect(news).toEqual(said.at(-1));
  const opened = (await journalOf(place.store, 'case', first)).filter(({ outcome }) => outcome === 'accepted');
  expect(opened.flatMap(({ events = [] }) => events).filter(({ event }) => event === 'case_opened')).toHaveLength(1);

  await must('c-1', 'ann', { command: 'close', as: 'lost', reason: 'contract-ended' });
  await eventually('what is open is closed with it', async () => (await stateOf(second))?.finished);
  expect(await stateOf(second)).toMatchObject({ status: 'lost', finish_reason: 'contract-ended' });
  expect(await stateOf(first)).toMatchObject({ status: 'won' });
  const findings: unknown[] = [];
  await verifyJournal(place.store, { report: (finding) => findings.push(finding) });
  expect(findings).toEqual([]);
}, 120_000);
