/** `playrail check`: exit codes, JSON, single files. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { explainCode } from '../../cli/explain-code.ts';
import { runCheck } from '../../cli/run-check.ts';
import { CODES } from '../../engine/language/diagnostics/codes.ts';

const folder = mkdtempSync(join(tmpdir(), 'playrail-check-'));
cpSync('test/golden/check/base', folder, { recursive: true });
const gate = join(folder, 'kept.yaml');
const ladder = join(folder, 'stall.yaml');

afterAll(() => rmSync(folder, { recursive: true }));

async function check(paths: readonly string[], options: { json?: boolean; lang?: 'zh' | 'en' } = { lang: 'en' }) {
  let text = '';
  const exitCode = await runCheck(paths, options, { write: (part) => (text += part) });
  return { exitCode, text };
}

function edit(path: string, from: string, to: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}

describe('playrail check', () => {
  test('ends with 0 for clean playbooks', async () => {
    expect(await check([folder])).toEqual({ exitCode: 0, text: 'no findings in 9 files\n' });
  });

  test('ends with 0 for warnings', async () => {
    edit(join(folder, 'deal.yaml'), 'success_rate: 50%', 'success_rate: 5%');
    const { exitCode, text } = await check([folder]);
    edit(join(folder, 'deal.yaml'), 'success_rate: 5%', 'success_rate: 50%');
    expect(exitCode).toBe(0);
    expect(text).toContain('1 warning in 9 files');
  });

  test('ends with 1 for errors, each at a path that can be opened from here', async () => {
    edit(gate, 'task: dated', 'task: soon');
    const { exitCode, text } = await check([folder]);
    expect(exitCode).toBe(1);
    expect(text).toContain(`${gate}:5:24: error: \`soon\` is none of open, dated, overdue [unknown-word]`);
  });

  test('of one file shows what is wrong there, in the light of its folder', async () => {
    edit(ladder, 'notify: manager', 'notify: chief');
    const { exitCode, text } = await check([ladder]);
    expect(exitCode).toBe(1);
    expect(text).toContain('unknown-who');
    expect(text).not.toContain('unknown-word');
    expect(text).toContain('1 error in 1 file');
  });

  test('prints the same findings as data', async () => {
    const { exitCode, text } = await check([folder], { json: true });
    const found: readonly { code: string; at: { file: string } }[] = JSON.parse(text);
    expect(exitCode).toBe(1);
    expect(found.map((one) => [one.code, one.at.file])).toEqual([
      ['unknown-word', gate],
      ['unknown-who', ladder],
    ]);
  });

  test('refuses a path that is not there, as wrong usage', async () => {
    await expect(check([join(folder, 'nowhere')])).rejects.toMatchObject({ exitCode: 2 });
  });

  test('refuses a folder without playbooks, as wrong usage', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'playrail-empty-'));
    await expect(check([empty])).rejects.toMatchObject({ exitCode: 2 });
    rmSync(empty, { recursive: true });
  });
});

describe('--explain', () => {
  test('shows every code in both languages, with what to write instead', () => {
    for (const code of Object.keys(CODES)) {
      expect(explainCode(code, 'en').split('\n')[0]).toBe(code);
      expect(explainCode(code, 'zh')).toMatch(/\p{Script=Han}/u);
    }
    expect(explainCode('bad-duration', 'en')).toContain('Prefer:\n\n    timebox: 20 business days');
  });

  test('refuses a code there is none of, and says which is near', () => {
    expect(() => explainCode('unknown-kee', 'en')).toThrow(
      'there is no code `unknown-kee`: did you mean `unknown-key`',
    );
  });
});
