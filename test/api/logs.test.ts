/** What is logged: enough to follow a request, and not a word of what people wrote, are called or are reached by. */

import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { safeError } from '../../store/safe-error.ts';
import { startApi, type TestApi } from './start-api.ts';

/** In every text that a person could have written. */
const MARK = '机密Marker';

const lines: string[] = [];
const log = pino(
  { level: 'debug' },
  new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  }),
);

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ log });
}, 60_000);

afterAll(() => api.stop());

interface Line {
  readonly msg: string;
  readonly request?: string;
  readonly route?: string;
  readonly status?: number;
  readonly person?: string;
  readonly command?: string;
  readonly problem?: string;
}

function requests(): readonly Line[] {
  // Our own lines.
  return lines.map((line) => JSON.parse(line) as Line).filter(({ msg }) => msg === 'request');
}

test('a whole flow full of marked texts leaves none of them in the log', async () => {
  const facts = { amount: '50万 CNY' };
  const opened = await api.ask('/v1/cases', { body: { title: `${MARK} 公司`, pipeline: 'deal', facts } });
  expect(opened.status).toBe(201);
  const id = opened.body.case;
  await api.command(id, { command: 'log_activity', activity: 'call', note: `${MARK} 说价格太高` });
  await api.command(id, { command: 'plan_task', title: `${MARK} 回电`, due_on: '2030-01-01' });
  await api.command(id, { command: 'submit_evidence', evidence: 'first-visit', fields: { visited_on: MARK } });
  await api.command(id, { command: 'advance' });
  await api.command(id, { command: 'set_facts', facts: { [MARK]: MARK } });
  const person = { person: 'mark', name: MARK, role: 'rep', manager: 'zhang', email: `${MARK}@example.com` };
  await api.ask('/v1/people', { as: 'admin', body: person });
  await api.ask('/v1/keys', { as: 'admin', body: { person: 'mark', label: MARK } });
  await api.ask(`/v1/cases?q=${encodeURIComponent(MARK)}`);
  await api.ask(`/v1/cases?owner=${encodeURIComponent(MARK)}`);
  await api.ask(`/v1/cases/${encodeURIComponent(MARK)}`);
  await api.ask(`/${encodeURIComponent(MARK)}/x`);
  await api.ask('/v1/cases', { raw: `{"title": "${MARK}", ` });
  await api.ask('/v1/cases', { raw: MARK, headers: { 'content-type': 'text/plain' } });
  await api.ask('/v1/people', { headers: { authorization: 'Bearer pr_secret-key' } });
  await api.ask('/v1/people', { headers: { 'x-request-id': 'Marker!' } });
  await api.ask('/v1/playbooks/check', { body: { files: [{ path: 'a.yaml', text: `${MARK}: 1` }] } });

  const text = lines.join('');
  expect(text).not.toMatch(/Marker|机密/);
  // Nor keys, nor the names and addresses of the people of the installation.
  expect(text).not.toMatch(/pr_|Bearer|刘伟|张敏|Brinkmann|@example/);
  expect(requests().length).toBeGreaterThan(15);
});

test('a request is told by number, route, status, who asked, which command and how it ended', async () => {
  const id = await api.open();
  const request = randomUUID();
  const answer = await api.ask(`/v1/cases/${id}/commands`, {
    body: { command: 'advance' },
    headers: { 'x-request-id': request },
  });
  expect(answer.status).toBe(409);
  expect(answer.headers.get('x-request-id')).toBe(request);
  const told = requests().find((line) => line.request === request);
  expect(told).toMatchObject({
    route: '/v1/cases/{id}/commands',
    status: 409,
    person: 'liu',
    command: 'advance',
    problem: 'refused',
    ms: expect.any(Number),
  });
});

test('an error is told by its name, code and place; its message only where it cannot quote anybody', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  expect(safeError(refused)).toMatchObject({ name: 'Error', code: 'ECONNREFUSED', message: refused.message });
  expect(safeError(refused).at?.length).toBeGreaterThan(0);
  const row = Object.assign(new Error(`invalid input: "${MARK}"`), { code: '22P02' });
  const json = new SyntaxError(`Unexpected token in "${MARK}"`);
  const mail = new Error(`550 <${MARK}@example.com> is full`);
  for (const error of [row, json, mail, new Error('outer', { cause: row })]) {
    expect(JSON.stringify(safeError(error))).not.toContain(MARK);
  }
});
