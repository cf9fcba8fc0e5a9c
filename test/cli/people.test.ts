/** `playrail people` as somebody at a terminal sees it. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../store/keys.ts';
import { startApi, type TestApi } from '../api/start-api.ts';
import { type CliResult, runCli } from './run-cli.ts';

let api: TestApi;
let key: string;
let folder: string;

beforeAll(async () => {
  api = await startApi();
  key = await createKey(api.store, 'admin', 'cli');
  folder = await mkdtemp(join(tmpdir(), 'playrail-people-'));
}, 60_000);
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

const people = (...words: readonly string[]): Promise<CliResult> =>
  runCli(['people', ...words, '--url', api.url, '--key', key]);

test('a table of people is tried, brought in, and changes nothing when it is run again', async () => {
  const file = join(folder, 'team.csv');
  await writeFile(file, '姓名,岗位,直属上级,鞋码\nTina Qi,rep,Uwe Ro,38\nUwe Ro,manager,,44\nPia Xu,pope,,40\n');
  const dry = await people('import', file, '--dry-run');
  expect(dry.code).toBe(1);
  expect(dry.out.split('\n')).toEqual([
    'team.csv:3: join  uwe-ro  Uwe Ro',
    'team.csv:2: join  tina-qi  Tina Qi',
    'team.csv:4 role: there is no post `pope`',
    'columns not used: 鞋码',
    'dry run: 2 would change, 0 stay as they are, 1 problems',
    '',
  ]);
  const done = await people('import', file);
  expect(done.out).toContain('2 changed, 0 stayed as they are, 1 problems\n');
  const again = await people('import', file, '--json');
  expect(JSON.parse(again.out)).toMatchObject({ dry_run: false, steps: [], unchanged: 2 });
  expect((await people('import', join(folder, 'none.csv'))).code).toBe(2);
});

test('who is away says until when and who steps in, and comes back', async () => {
  const absent = await people('absent', 'liu', '--to', '2199-01-04', '--substitutes', 'anna', '--reason', 'sea air');
  expect([absent.code, absent.out]).toEqual([0, expect.stringMatching(/^liu is away from .* to 2199-01-04\n$/)]);
  const shown = await people('show', 'liu');
  expect(shown.out).toMatch(/^liu {2}刘伟 {2}\[away\]\n/);
  expect(shown.out).toMatch(/a1 .* to 2199-01-04, substitutes anna \(since .*\): sea air/);
  expect(shown.out).toContain('stands in now: anna\n');
  expect((await people('show', 'anna')).out).toContain('stands in for: liu\n');
  expect((await people('list')).out).toMatch(/liu .*2199-01-04/);
  const wrong = await people('absent', 'liu', '--from', '2199-01-04', '--to', '2199-01-01');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('are the days the wrong way round?')]);
  expect((await people('back', 'liu')).out).toBe('刘伟 is back\n');
  expect((await people('show', 'liu')).out).toContain('[at work]');
});

test('who changes place, leaves and returns stands in the history', async () => {
  expect((await people('change', 'anna', '--manager', 'zhang')).code).toBe(0);
  expect((await people('change', 'anna', '--manager', 'none')).code).toBe(0);
  expect((await people('leave', 'anna', '--successor', 'liu')).out).toBe('anna has left\n');
  expect((await people('list', '--left')).out).toContain('anna');
  expect((await people('back', 'anna')).out).toBe('Anna Snelling is back\n');
  const { items } = JSON.parse((await people('history', 'anna', '--json')).out);
  expect(items.map((one: { active: boolean; manager?: string }) => [one.active, one.manager])).toEqual([
    [true, undefined],
    [false, undefined],
    [true, undefined],
    [true, 'zhang'],
    [true, 'dustin'],
  ]);
});
