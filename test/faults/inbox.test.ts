/** One person hears from 500 cases at once: each message arrives once, and in the order in which its case sent it. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertNewCases } from '../../store/insert-new-cases.ts';
import { type Answer, startApi, type TestApi } from '../api/start-api.ts';
import { eventually } from '../workers/eventually.ts';
import { journalOf } from '../workers/journal.ts';

const CASES = 500;
/** These of the cases have more to say, and say it at once. */
const TALKATIVE = 30;
const CALLERS = 25;

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ limits: { requestsPerMinute: 100_000 } });
}, 60_000);
afterAll(() => api.stop());

/** Until the command is taken, under one key. */
async function insist(id: string, body: object, key: string): Promise<Answer> {
  for (;;) {
    const answer = await api.command(id, body, 'liu', key);
    if (answer.status !== 503) return answer;
  }
}

async function handIn(id: string): Promise<void> {
  const submit = { command: 'submit_evidence', evidence: 'first-visit', fields: { visited_on: '2026-11-02' } };
  expect((await insist(id, submit, `${id}-1`)).status).toBe(200);
  if (Number(id.slice(2)) >= TALKATIVE) return;
  const withdraw = { command: 'withdraw_evidence', evidence: 'first-visit', reason: 'the wrong file' };
  for (const n of [2, 4]) {
    expect((await insist(id, withdraw, `${id}-${n}`)).status).toBe(200);
    expect((await insist(id, submit, `${id}-${n + 1}`)).status).toBe(200);
  }
}

/** Sender → keys of its messages to the manager, in the order they were sent in. */
async function sentByCase(): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await api.store.db
    .selectFrom('outbox')
    .select(['entity', 'key'])
    .where('target', '=', 'person/zhang')
    .orderBy('id')
    .execute();
  return grouped(rows.map((row) => [row.entity, row.key]));
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}

it(`a manager told by ${CASES} cases at once has each message once, in order for each case`, async () => {
  const ids = Array.from({ length: CASES }, (_, n) => `c-${n}`);
  for (let from = 0; from < CASES; from += 100) {
    const newcomers = ids.slice(from, from + 100).map((id) => ({
      id,
      envelope: {
        id: `open-${id}`,
        actor: 'liu',
        body: { command: 'open' as const, title: `Deal ${id}`, pipeline: 'deal', facts: { amount: '50万 CNY' } },
      },
    }));
    const made = await insertNewCases(api.store, new Date().toISOString(), newcomers);
    expect(made.filter(({ created }) => !created)).toEqual([]);
  }
  const rest = ids.values();
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      for (const id of rest) await handIn(id);
    }),
  );
  const sent = await sentByCase();
  expect(sent.size).toBe(CASES);
  const all = [...sent.values()].flat();
  expect(all.length).toBeGreaterThanOrEqual(CASES + 2 * TALKATIVE);
  const received = async () =>
    (await journalOf(api.store, 'person', 'zhang')).filter((entry) => entry.outcome === 'accepted' && entry.seq > 1);
  await eventually('all has arrived', async () => (await received()).length >= all.length, 150_000);

  const entries = await received();
  const keys = entries.map((entry) => entry.command_id);
  expect(keys).toHaveLength(all.length);
  expect(new Set(keys)).toEqual(new Set(all));
  const senderOf = new Map([...sent].flatMap(([id, own]) => own.map((key) => [key, id] as const)));
  expect(new Map(grouped(keys.map((key) => [senderOf.get(key) ?? '', key])))).toEqual(new Map(sent));
  const run = await api.client.workflow.getHandle('person/zhang').describe();
  expect(run.status.name).toBe('RUNNING');
}, 240_000);
