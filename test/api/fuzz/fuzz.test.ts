/** Whatever is sent to it, the API answers as its document says: no 5xx, no hang, nothing undeclared. `npm run fuzz -- --requests 20000 --seed 7`. */

import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openapiDocument } from '../../../api/openapi.ts';
import { ROUTES } from '../../../api/routes.ts';
import { createKey } from '../../../store/keys.ts';
import { verifyJournal } from '../../../store/verify-journal.ts';
import { createAnswerChecker } from '../../openapi/check-answer.ts';
import { startApi, type TestApi, type Who } from '../start-api.ts';
import { type FuzzRequest, makeRequest, operationsOf } from './make-request.ts';
import { chanceFrom } from './random.ts';
import { type Heard, type Sent, send } from './send.ts';
import type { Pool } from './values.ts';

const REQUESTS = Number(process.env['PLAYRAIL_FUZZ_REQUESTS'] ?? 3_000);
const SEED = Number(process.env['PLAYRAIL_FUZZ_SEED'] ?? 1);
/** Several people beside each other, each with requests that follow from the seed. */
const PEOPLE: readonly Who[] = ['admin', 'zhang', 'liu', 'dustin', 'anna'];
const MOST_FAILURES = 10;

/** Things of the small set of playbooks and its people. */
const WORDS = [
  ...['deal', 'lead', 'offer', 'quiet', 'first-visit', 'amount', 'pain', 'visited_on', 'people_met', 'call', 'visit'],
  ...['followed-up', 'called-lately', 'rep', 'manager', 'admin', 'zhang', 'liu', 'anna', 'price', 'won', 'lost', 't1'],
  ...['2026-12-01', '50万 CNY', 'first', 'x', '1', '2', '50', 'true', 'playbooks', 'pipeline: deal', '客户要降价'],
];

const NO_LIMITS = {
  requestsPerMinute: 1e9,
  addressRequestsPerMinute: 1e9,
  badKeysPerMinute: 1e9,
  concurrentPerPerson: 1e9,
  concurrent: 1e9,
};

const document = openapiDocument(ROUTES);
const operations = operationsOf(document);
const check = createAnswerChecker(document);

let api: TestApi;
/** Cases that every lane begins with. */
let opened: readonly string[];

beforeAll(async () => {
  api = await startApi({ limits: NO_LIMITS });
  opened = [await api.open('liu'), await api.open('anna'), await api.open('liu')];
}, 60_000);

afterAll(() => api.stop());

interface Failure {
  readonly who: Who;
  readonly index: number;
  readonly why: readonly string[];
  readonly request: FuzzRequest;
}

/** Ids that later requests may name. */
function remember(pool: Pool, text: string): void {
  for (const [, id] of text.matchAll(/"(?:case|task|id|item|next_cursor)":\s*"?([\w-]{1,60})"?/g)) {
    if (id !== undefined && !pool.seen.includes(id)) pool.seen.push(id);
  }
  for (const [, id] of text.matchAll(/"outcome":"accepted","case":"(c-\w+)"/g)) {
    if (id !== undefined && pool.cases.length < 20) pool.cases.push(id);
  }
  if (pool.seen.length > 200) pool.seen.splice(0, 100);
}

function faultsOf(request: FuzzRequest, heard: Heard): readonly string[] {
  const fifth = heard.status >= 500 ? [`a ${heard.status}: ${heard.text.slice(0, 500)}`] : [];
  return [...fifth, ...check({ method: request.method, path: request.path, ...heard })];
}

/** On a machine with no time left a 503 may be its doing; one that the request brings about comes again. */
async function sendSettled(request: FuzzRequest, agent: Agent): Promise<Sent> {
  let sent = await send(new URL(api.url), request, agent);
  for (let more = 3; more > 0 && 'status' in sent && sent.status === 503; more -= 1) {
    sent = await send(new URL(api.url), request, agent);
  }
  return sent;
}

/** Everything that one person sends, one after another. @returns how many answers there were by status. */
async function sendAll(who: Who, lane: number, count: number, failures: Failure[]): Promise<Map<number, number>> {
  const chance = chanceFrom(SEED * 1_000 + lane);
  const pool: Pool = { words: WORDS, seen: [], cases: [...opened] };
  let secret = api.keyOf(who);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statuses = new Map<number, number>();
  for (let index = 0; index < count && failures.length < MOST_FAILURES; index += 1) {
    const request = makeRequest({ chance, pool, document, operations, secret });
    const sent = await sendSettled(request, agent);
    if ('refused' in sent) continue;
    if ('failed' in sent) {
      failures.push({ who, index, why: [sent.failed], request });
      continue;
    }
    statuses.set(sent.status, (statuses.get(sent.status) ?? 0) + 1);
    // Somebody has revoked it, as they may.
    if (sent.text.includes('api-key-unknown')) secret = await createKey(api.store, who, 'again');
    remember(pool, sent.text);
    const why = faultsOf(request, sent);
    if (why.length > 0) failures.push({ who, index, why, request });
  }
  agent.destroy();
  return statuses;
}

function shown({ who, index, why, request }: Failure): string {
  const body = request.body === undefined ? {} : { body: request.body.slice(0, 2_000) };
  return `request ${index} of ${who} (seed ${SEED}):\n${why.join('\n')}\n${JSON.stringify({ ...request, ...body })}`;
}

test(
  `${REQUESTS} requests from seed ${SEED}: every answer is declared, none is a 5xx, and the journal is whole after`,
  async () => {
    const failures: Failure[] = [];
    const share = Math.ceil(REQUESTS / PEOPLE.length);
    const counts = await Promise.all(PEOPLE.map((who, lane) => sendAll(who, lane, share, failures)));
    expect(failures.map(shown).join('\n\n')).toBe('');

    const statuses = new Map<number, number>();
    for (const [status, count] of counts.flatMap((one) => [...one]))
      statuses.set(status, (statuses.get(status) ?? 0) + count);
    const all = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    console.log(`fuzz: ${all} answers, seed ${SEED}: ${JSON.stringify(Object.fromEntries(statuses))}`);
    // A fuzzer that is only ever turned away at the door tests the door.
    expect(all).toBeGreaterThan(REQUESTS * 0.9);
    for (const status of [200, 201, 400, 401, 403, 404, 405, 409, 415, 422])
      expect(statuses.has(status), String(status)).toBe(true);
    expect((statuses.get(200) ?? 0) / all).toBeGreaterThan(0.1);
    const findings: unknown[] = [];
    const { entries } = await verifyJournal(api.store, { report: (finding) => findings.push(finding) });
    expect(findings).toEqual([]);
    expect(entries).toBeGreaterThan(REQUESTS / 20);
  },
  Math.max(120_000, REQUESTS * 100),
);
