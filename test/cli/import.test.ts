/** `playrail import` as somebody at a terminal sees it. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../store/keys.ts';
import { startApi, type TestApi } from '../api/start-api.ts';
import { exportOf, SHIPPED_PLAYBOOKS, sampleLines } from '../mapping/shipped-mapping.ts';
import { type CliResult, runCli } from './run-cli.ts';

let api: TestApi;
let key: string;
let folder: string;

beforeAll(async () => {
  api = await startApi({ playbooks: SHIPPED_PLAYBOOKS });
  key = await createKey(api.store, 'admin', 'cli');
  folder = await mkdtemp(join(tmpdir(), 'playrail-export-'));
}, 60_000);
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

async function write(lines: readonly string[]): Promise<void> {
  const files = {
    ...exportOf(lines),
    'sales_teams.csv': 'sales_agent,manager,regional_office\nAnna Snelling,Dustin Brinkmann,Central\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

function importing(path: string, ...more: readonly string[]): Promise<CliResult> {
  return runCli(['import', path, '--mapping', 'crm-sample', '--url', api.url, '--key', key, ...more]);
}

const [old = ''] = sampleLines(5000, 'Engaging').filter((line) => line.includes('Anna Snelling'));
const WON = 'W1,Anna Snelling,GTX Pro,Acme,Won,10/20/2016,12/31/2017,100';

test('it says what would happen, does it, and says that nothing is left to do', async () => {
  await write([WON, old]);
  const dry = await importing(folder, '--dry-run');
  expect(dry.out.split('\n').filter((line) => !line.includes('dates moved'))).toEqual([
    'dry run: 2 rows, nothing written',
    '       1 people who join',
    '       1 running cases',
    '       1 finished cases (marked ungated)',
    '       1 rows with an estimated value, marked so',
    '       1 cases late already, starting at rung 4',
    '',
  ]);
  const done = await importing(folder);
  expect(done.code).toBe(0);
  expect(done.out).toContain('import 1: 2 rows\n');
  expect(done.out).toMatch(/\d people got one digest each/);
  expect(done.err).toContain('people join…');
  const again = await importing(join(folder, 'sales_pipeline.csv'), '--lang', 'zh');
  expect(again.out).toContain('       2 行与上次导入相同\n');
});

test('it tells bad rows with line, column and reason, and exits with 1', async () => {
  await write([WON, 'B1,Anna Snelling,GTX Pro,,Lost,never,12/1/2017,']);
  const result = await importing(folder);
  expect(result.code).toBe(1);
  expect(result.out).toContain('       1 bad rows, not imported\n');
  expect(result.out).toContain('    sales_pipeline.csv:3 engage_date: `never` is not a date of the form M/d/yyyy\n');
  const json = await importing(folder, '--json');
  expect(JSON.parse(json.out)).toMatchObject({ status: 'done', bad: 1, unchanged: 1 });
});

test('it says what is wrong with a path, a file or a mapping', async () => {
  const nowhere = await importing(join(folder, 'nowhere'));
  expect(nowhere).toMatchObject({ code: 2, err: `there is no ${join(folder, 'nowhere')}\n` });
  await writeFile(join(folder, 'products.csv'), 'product\nGTX Pro\n');
  const unfit = await importing(folder);
  expect(unfit.code).toBe(2);
  expect(unfit.err).toContain('products.csv:1 sales_price: there is no column `sales_price`');
  await writeFile(join(folder, 'products.csv'), Buffer.from([0x70, 0xff, 0xfe, 0x0a]));
  expect((await importing(folder)).err).toContain('products.csv:1: the file is not UTF-8 text; say its encoding');
  // A page that the CRM sent in the place of the file, whichever way it is read.
  const page = '<!doctype html><html><title>Log in</title></html>';
  await writeFile(join(folder, 'products.csv'), page);
  const said = 'the file is really a web page (HTML); open it in Excel and save it as .xlsx; if it is a login page';
  expect(await importing(folder)).toMatchObject({ code: 2, err: expect.stringContaining(`products.csv:1: ${said}`) });
  const guessed = await runCli(['import', join(folder, 'products.csv'), '--suggest', '--playbooks', 'playbooks']);
  expect(guessed).toMatchObject({ code: 1, out: '', err: expect.stringContaining(`products.csv: ${said}`) });
  const unknown = await runCli(['import', folder, '--mapping', 'nope', '--url', api.url, '--key', key]);
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('there is no mapping `nope`; published are: crm-sample');
});
