/** `playrail check`, as built and as a process, over hostile documents, file names and folders. */

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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

async function check(paths: readonly string[] = []) {
  const { code, out, err } = await runCli(['check', '--json', ...paths], { cwd: home });
  expect(err).toBe('');
  const found: readonly Diagnostic[] = JSON.parse(out);
  return { code, found, codesAt: (path: string) => found.filter(({ at }) => at.file === path).map((one) => one.code) };
}

test('a folder of all hostile documents is told of each, and ends with 1', async () => {
  for (const [i, one] of HOSTILE.entries()) put(nameOf(one, i), one.bytes);
  const { code, found } = await check();
  expect(code).toBe(1);
  for (const [i, one] of HOSTILE.entries()) {
    const own = found.filter(({ at, severity }) => at.file === `playbooks/${nameOf(one, i)}` && severity === 'error');
    expect(own, one.what).not.toEqual([]);
  }
}, 120_000);

test.each(['en', 'zh'])('nothing of them steers the terminal or shows our insides (%s)', async (lang) => {
  for (const [i, one] of HOSTILE.entries()) put(nameOf(one, i), one.bytes);
  const { out, err } = await runCli(['check', '--lang', lang], { cwd: home });
  expect(err).toBe('');
  expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(out).not.toMatch(/at \w+ \(|node:internal|\[object/);
}, 120_000);

test.each(['half a million empty lines', 'a hundred thousand quotes', 'ten thousand keys'])(
  'alone too: %s',
  async (what) => {
    const one = HOSTILE.find((other) => other.what === what);
    put('hostile.yaml', one?.bytes ?? '');
    const { code, codesAt } = await check(['playbooks/hostile.yaml']);
    expect(code).toBe(1);
    expect(codesAt('playbooks/hostile.yaml')).toContain(one?.code);
  },
  60_000,
);

test('what is named like a playbook and is none is told, never passed over', async () => {
  writeFileSync(join(home, 'elsewhere.yaml'), 'calendar: elsewhere\n');
  symlinkSync('../elsewhere.yaml', join(home, 'playbooks', 'elsewhere.yaml'));
  symlinkSync('nowhere', join(home, 'playbooks', 'nowhere.yaml'));
  mkdirSync(join(home, 'playbooks', 'folder.yaml'));
  const { code, found } = await check();
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
  const { code, codesAt, found } = await check();
  expect(code).toBe(1);
  expect(codesAt('playbooks/大项目.yaml')).toEqual(['file-name']);
  expect(codesAt('playbooks/Kept.yaml')).toEqual(['duplicate-playbook']);
  expect(codesAt('playbooks/a\u001b[31m\nb.yaml')).toEqual(['file-name']);
  expect(codesAt(`playbooks/${long}.yaml`)).toEqual(['file-name']);
  expect(found).toHaveLength(4);
  const { out } = await runCli(['check', '--lang', 'en'], { cwd: home });
  expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('line feeds with carriage returns and a byte order mark are read, at the columns an editor shows', async () => {
  put('deal.yaml', '\ufeffpipelin: deal\r\n');
  const { found } = await check(['playbooks/deal.yaml']);
  expect(found).toMatchObject([{ code: 'unknown-kind', at: { line: 1, col: 1 }, end_col: 8 }]);
});

test('two thousand files in a folder are all looked at', async () => {
  for (let i = 0; i < 2_000; i++) put(`gates/g${i}.yaml`, `gate: g${i}\ntitle: X\napplies_to: [ deal ]\nat: open\n`);
  const { code, found } = await check();
  expect(code).toBe(1);
  expect(new Set(found.filter((one) => one.code === 'missing-key').map((one) => one.at.file)).size).toBe(2_000);
}, 120_000);

test('a folder without playbooks is wrong usage', async () => {
  mkdirSync(join(home, 'empty'));
  const { code, out, err } = await runCli(['check', 'empty', '--lang', 'en'], { cwd: home });
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: 'there are no playbooks (*.yaml) in `empty`\n' });
});
