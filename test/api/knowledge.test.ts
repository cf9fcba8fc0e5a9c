/** Notes over the API and the command line: listed, read, and named wherever they help. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { PLAYBOOKS } from './playbooks.ts';
import { startApi, type TestApi } from './start-api.ts';

const NOTES = [
  {
    path: 'visit-guide.yaml',
    text: `knowledge: visit-guide
title: { zh: 初访, en: A good visit }
category: skill
tags: [ visit ]
attached_to: [ { evidence: first-visit } ]
text: { zh: 多听少说, en: Listen more than you talk }
`,
  },
  {
    path: 'kept-guide.yaml',
    text: `knowledge: kept-guide
title: { zh: 跟进, en: Keep going }
category: talk_track
attached_to: [ { gate: followed-up }, { stage: offer } ]
text: { zh: 定下一步, en: Set a next step }
`,
  },
];

let api: TestApi;
let id: string;

beforeAll(async () => {
  api = await startApi({ playbooks: [...PLAYBOOKS, ...NOTES] });
  id = await api.open();
}, 60_000);

afterAll(() => api.stop());

const visit = { knowledge: 'visit-guide', title: { zh: '初访', en: 'A good visit' } };
const kept = { knowledge: 'kept-guide', title: { zh: '跟进', en: 'Keep going' } };

it('are listed, narrowed down, and read one by one, by everybody', async () => {
  const listed = async (query = '') => (await api.ask(`/v1/knowledge${query}`, { as: 'anna' })).body.items;
  const row = { ...visit, category: 'skill', tags: ['visit'], attached_to: { deal: ['evidence first-visit'] } };
  expect(await listed()).toHaveLength(2);
  expect(await listed('?tag=visit')).toEqual([row]);
  expect(await listed('?category=talk_track')).toMatchObject([kept]);
  expect(await listed('?pipeline=other')).toEqual([]);
  const note = await api.ask('/v1/knowledge/visit-guide', { as: 'anna' });
  expect(note.body).toEqual({ ...row, text: { zh: '多听少说', en: 'Listen more than you talk' } });
  for (const name of ['nothing', 'constructor']) expect((await api.ask(`/v1/knowledge/${name}`)).status).toBe(404);
});

it('a refusal names those that help with each unmet rule, and the journal holds none of them', async () => {
  const refused = await api.command(id, { command: 'advance' });
  expect(refused.status).toBe(409);
  const notes = refused.body.reasons.map((one: { about: string; notes?: unknown }) => [one.about, one.notes]);
  expect(notes).toEqual([
    ['milestone pain-found', [visit]],
    ['gate followed-up', [kept]],
  ]);
  expect(JSON.stringify((await api.ask(`/v1/cases/${id}/journal`)).body)).not.toContain('visit-guide');
});

it('the case and what explains it name them too, as long as they help', async () => {
  expect((await api.ask(`/v1/cases/${id}`)).body.notes).toEqual([visit]);
  const explained = (await api.ask(`/v1/cases/${id}/explain`)).body.unmet;
  expect(explained.flatMap((one: { notes?: unknown[] }) => one.notes ?? [])).toEqual([visit, kept]);
  const other = await api.open();
  await api.command(other, {
    command: 'submit_evidence',
    evidence: 'first-visit',
    fields: { visited_on: '2026-10-01' },
  });
  await api.command(other, { command: 'accept_evidence', evidence: 'first-visit' }, 'zhang');
  expect((await api.ask(`/v1/cases/${other}`)).body.notes).toEqual([]);
});

it('the command line prints them', async () => {
  const cli = (...args: string[]) => runCli(args, { env: { PLAYRAIL_URL: api.url, PLAYRAIL_KEY: api.keyOf('liu') } });
  expect((await cli('note')).out).toMatch(/visit-guide +A good visit +skill +visit/);
  expect((await cli('note', 'visit-guide')).out).toBe('A good visit\n\nListen more than you talk\n');
  expect((await cli('note', 'visit-guide', '--lang', 'zh')).out).toContain('多听少说');
  expect((await cli('case', id)).out).toContain('A good visit  [playrail note visit-guide]');
  expect((await cli('do', id, 'advance')).err).toContain('helps: Keep going  [playrail note kept-guide]');
  expect((await cli('note', 'nothing')).code).not.toBe(0);
});
