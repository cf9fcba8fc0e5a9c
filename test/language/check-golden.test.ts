/** Golden pairs: playbooks with a mistake, and what `playrail check` prints of them. `npx vitest run test/language -u` writes them anew. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCheck } from '../../cli/commands/check.ts';
import { CODES } from '../../engine/language/diagnostics/codes.ts';

const GOLDEN = resolve('test/golden/check');

/** Files too large, or too odd, to lie in a repository. */
const GENERATED: Readonly<Record<string, string>> = {
  'file-too-large': `# ${'x'.repeat(512 * 1024)}\n`,
  'too-many-tokens': `gate: many\nwhen: [${'x,'.repeat(20_000)}]\n`,
  'bad-character': 'gate: odd\ntitle: od\0d\n',
};

const root = mkdtempSync(join(tmpdir(), 'playrail-golden-'));
const home = process.cwd();

beforeAll(() => process.chdir(root));
afterAll(() => {
  process.chdir(home);
  rmSync(root, { recursive: true });
});

/** The base playbooks with the files of a golden laid over them; `.alone` leaves the base out. */
function layOut(code: string): void {
  rmSync('playbooks', { recursive: true, force: true });
  mkdirSync('playbooks');
  const folder = join(GOLDEN, code);
  if (!existsSync(join(folder, '.alone'))) cpSync(join(GOLDEN, 'base'), 'playbooks', { recursive: true });
  if (existsSync(folder)) {
    cpSync(folder, 'playbooks', { recursive: true, filter: (path) => !/(\.out|\.alone)$/.test(path) });
  }
  const generated = GENERATED[code];
  if (generated !== undefined) writeFileSync('playbooks/generated.yaml', generated);
}

async function printed(options: { readonly lang?: 'zh' | 'en'; readonly json?: boolean }): Promise<[number, string]> {
  let text = '';
  const exitCode = await runCheck(['playbooks'], options, { write: (part) => (text += part) });
  return [exitCode, text];
}

describe('every code has a golden pair', () => {
  const folders = readdirSync(GOLDEN).filter((name) => name !== 'base');

  test('and every golden pair a code', () => {
    expect([...folders].sort()).toEqual(Object.keys(CODES).sort());
  });

  test('the playbooks they are made of are clean', async () => {
    layOut('base');
    expect(await printed({ lang: 'en' })).toEqual([0, 'no findings in 7 files\n']);
  });

  for (const [code, { severity }] of Object.entries(CODES)) {
    test(code, async () => {
      layOut(code);
      const [exitCode, english] = await printed({ lang: 'en' });
      const [, chinese] = await printed({ lang: 'zh' });
      const [, json] = await printed({ json: true });
      await expect(`${english}\n${chinese}`).toMatchFileSnapshot(join(GOLDEN, code, 'check.out'));
      const found: readonly { readonly code: string }[] = JSON.parse(json);
      // One mistake is one finding: nothing else is said because of it.
      expect(new Set(found.map((one) => one.code))).toEqual(new Set([code]));
      expect(exitCode).toBe(severity === 'error' ? 1 : 0);
    });
  }
});
