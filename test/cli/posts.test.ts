/** `playrail posts` as somebody at a terminal sees it. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../store/keys.ts';
import { startApi, type TestApi } from '../api/start-api.ts';
import { type CliResult, runCli } from './run-cli.ts';

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startApi();
  key = await createKey(api.store, 'anna', 'cli');
}, 60_000);
afterAll(() => api.stop());

const posts = (...words: readonly string[]): Promise<CliResult> =>
  runCli(['posts', ...words, '--url', api.url, '--key', key]);

test('every post is listed with its layer and how far it may approve', async () => {
  const { code, out } = await posts();
  expect(code).toBe(0);
  expect(out).toMatch(/^POST +TITLE +LAYER +MANAGES +MAY APPROVE\n/);
  expect(out).toMatch(/\nmanager +Manager +Manager layer +rep +Amount no limit\n/);
  expect(JSON.parse((await posts('--json')).out).items).toHaveLength(3);
});

test('one post is shown whole, in both languages', async () => {
  const { out } = await posts('manager');
  expect(out.split('\n')).toEqual([
    'manager  Manager  [Manager layer]',
    'manages rep',
    '',
    'Duties',
    '  - Coach the reps',
    '',
    'Process',
    '  1. Inspect',
    '  2. Correct',
    '',
    'Rights (on the cases of their team)',
    '  see, open, set_facts, accept_evidence, reject_evidence, advance, resolve, hand_over, waive, inspect',
    '',
    'May approve',
    '  Amount: no limit',
    '',
  ]);
  expect((await posts('manager', '--lang', 'zh')).out).toContain('审批权限\n  金额: 不限\n');
});

test('a post that is not there is said so', async () => {
  const { code, err } = await posts('pope');
  expect([code, err]).toEqual([2, expect.stringContaining('there is no post pope')]);
});
