/** `playrail check`, as built and as a process, over hostile documents, file names and folders. */

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCheck } from '../../cli/run-check.ts';
import type { Diagnostic } from '../../engine/language/diagnostics/diagnostic.ts';
import { runCli } from '../cli/run-cli.ts';
import { HOSTILE, nameOf } from './documents.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'playrail-hostile-'));
  cpSync('test/golden/check/base', join(home, 'playbooks'), { recursive: true });
});

afterEach(() => rmSync(home, { recursive: true }));

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(home, 'playbooks', path)), { recursive: true });
  writeFileSync(join(home, 'playbooks', path), content);
}

/** As a process of its own: `playrail check --json`. */
async function check(paths: readonly string[] = []) {
  const { code, out, err } = await runCli(['check', '--json', ...paths], { cwd: home });
  expect(err).toBe('');
  return findings(code, out);
}

/** In this process, which is as good where nothing is hostile to it. */
async function checkHere(path = 'playbooks') {
  let out = '';
  const code = await runCheck([join(home, path)], { json: true }, { write: (part) => (out += part) });
  return findings(code, out.replaceAll(`${home}/`, ''));
}

function findings(code: number | null, out: string) {
  const found: readonly Diagnostic[] = JSON.parse(out);
  return { code, found, codesAt: (path: string) => found.filter(({ at }) => at.file === path).map((one) => one.code) };
}

test('a folder of all hostile documents is told of each, and ends with 1', async () => {
  for (const [i, one] of HOSTILE.entries()) put(nameOf(one, i), one.bytes);
  const { code, found } = await check();
  expect(code).toBe(1);
  for (const [i, one] of HOSTILE.entries()) {
    const file = `playbooks/${nameOf(one, i)}`;
    const own = found.filter(({ at, severity }) => at.file === file && severity === 'error');
    expect(own.length, one.what).toBeGreaterThan(0);
  }
}, 120_000);

test('nothing of them steers the terminal, floods it, or shows our insides', async () => {
  for (const [i, one] of HOSTILE.entries()) put(nameOf(one, i), one.bytes);
  const { out, err } = await runCli(['check', '--lang', 'zh'], { cwd: home });
  expect(err).toBe('');
  expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(out).not.toMatch(/at \w+ \(|node:internal|\[object/);
  expect(out.split('\n').length).toBeLessThan(2_000);
}, 120_000);

test('alone too', async () => {
  const one = HOSTILE.find((other) => other.what === 'a hundred thousand quotes');
  put('hostile.yaml', one?.bytes ?? '');
  const { code, codesAt } = await check(['playbooks/hostile.yaml']);
  expect(code).toBe(1);
  expect(codesAt('playbooks/hostile.yaml')).toContain(one?.code);
}, 60_000);

test('what is named like a playbook and is none is told, never passed over', async () => {
  writeFileSync(join(home, 'elsewhere.yaml'), 'calendar: elsewhere\n');
  symlinkSync('../elsewhere.yaml', join(home, 'playbooks', 'elsewhere.yaml'));
  symlinkSync('nowhere', join(home, 'playbooks', 'nowhere.yaml'));
  mkdirSync(join(home, 'playbooks', 'folder.yaml'));
  const { code, found } = await checkHere();
  expect(code).toBe(1);
  expect(found.map((one) => `${one.at.file} ${one.code}`)).toEqual([
    'playbooks/elsewhere.yaml not-a-file',
    'playbooks/folder.yaml not-a-file',
    'playbooks/nowhere.yaml not-a-file',
  ]);
});

test('odd file names are told at the file, once', async () => {
  const gate = (id: string) =>
    `gate: ${id}\ntitle: X\napplies_to: [ deal ]\nat: open\nwhen: { task: dated }\notherwise: X\n`;
  const long = 'x'.repeat(240);
  put('大项目.yaml', gate('big'));
  put('Kept.yaml', gate('kept'));
  put('a\u001b[31m\nb.yaml', gate('odd'));
  put(`${long}.yaml`, gate('long'));
  const { code, codesAt, found } = await checkHere();
  expect(code).toBe(1);
  expect(codesAt('playbooks/大项目.yaml')).toEqual(['file-name']);
  expect(codesAt('playbooks/Kept.yaml')).toEqual(['duplicate-playbook']);
  expect(codesAt('playbooks/a\u001b[31m\nb.yaml')).toEqual(['file-name']);
  expect(codesAt(`playbooks/${long}.yaml`)).toEqual(['file-name']);
  expect(found).toHaveLength(4);
  let out = '';
  await runCheck([join(home, 'playbooks')], { lang: 'en' }, { write: (part) => (out += part) });
  expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('line feeds with carriage returns and a byte order mark are read, at the columns an editor shows', async () => {
  put('deal.yaml', '\ufeffpipelin: deal\r\n');
  const { found } = await checkHere('playbooks/deal.yaml');
  expect(found).toMatchObject([{ code: 'unknown-kind', at: { line: 1, col: 1 }, end_col: 8 }]);
});

test('two thousand files in a folder are all looked at', async () => {
  for (let i = 0; i < 2_000; i++) put(`gates/g${i}.yaml`, `gate: g${i}\ntitle: X\napplies_to: [ deal ]\nat: open\n`);
  const { code, found } = await check();
  expect(code).toBe(1);
  expect(new Set(found.filter((one) => one.code === 'missing-key').map((one) => one.at.file)).size).toBe(2_000);
}, 120_000);
