/** Golden pairs: playbooks with a mistake, and what `playrail check` prints of them. `npx vitest run test/language -u` writes them anew. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileInThread } from '../../api/compile-in-thread.ts';
import { type CheckOptions, runCheck } from '../../cli/run-check.ts';
import { type CompiledSet, compileSet } from '../../engine/language/compile-set.ts';
import { CODES } from '../../engine/language/diagnostics/codes.ts';
import type { Diagnostic } from '../../engine/language/diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../../engine/language/diagnostics/render.ts';
import { sha256 } from '../../store/hash.ts';
import { errorPage } from './error-page.ts';
import { GOLDEN, goldenCodes, whyOf } from './golden.ts';
import { filesIn } from './read-set.ts';

/** Files too large, or too odd, to lie in a repository. */
const GENERATED: Readonly<Record<string, string | Buffer>> = {
  'file-too-large': `# ${'x'.repeat(512 * 1024)}\n`,
  'too-many-tokens': `gate: many\nwhen: [${'x,'.repeat(20_000)}]\n`,
  'bad-character': 'gate: odd\ntitle: od\0d\n',
  'not-utf8': Buffer.concat([Buffer.from('gate: odd\ntitle: '), Buffer.from([0xb9, 0xd8, 0xbf, 0xda])]),
};

/** What no folder that lies in a repository can hold. */
const ELSEWHERE: Readonly<Record<string, () => Promise<CompiledSet>>> = {
  'unreadable-file': async () =>
    compileSet([...filesIn(join(GOLDEN, 'base')), { path: 'secret.yaml', text: '', fault: 'unreadable-file' }], {
      sha256,
    }),
  'too-heavy': () => compileInThread(filesIn(join(GOLDEN, 'base')), { ms: 0, msPerKb: 0, heapMb: 256 }),
};

/** What only the people of an installation show: here there is a manager and nobody else, or not even that. */
const WITH_PEOPLE: Readonly<
  Record<string, readonly { readonly person: string; readonly role: string; readonly active: boolean }[]>
> = {
  'nobody-holds': [{ person: 'mia', role: 'manager', active: false }],
  'fallback-answers': [{ person: 'mia', role: 'manager', active: true }],
  'plot-owner-gone': [{ person: 'bob', role: 'rep', active: true }],
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
    cpSync(folder, 'playbooks', { recursive: true, filter: (path) => !/(\.out|\.alone|why\.txt)$/.test(path) });
  }
  const generated = GENERATED[code];
  if (generated !== undefined) writeFileSync('playbooks/generated.yaml', generated);
}

async function printed(options: CheckOptions): Promise<[number, string]> {
  let text = '';
  const exitCode = await runCheck(['playbooks'], options, { write: (part) => (text += part) });
  return [exitCode, text];
}

describe('every code has a golden pair', () => {
  const folders = goldenCodes();
  /** What is found in the golden of each code, as the tests below go along. */
  const foundIn = new Map<string, readonly Diagnostic[]>();

  test('and every golden pair a code', () => {
    expect([...folders].sort()).toEqual(Object.keys(CODES).sort());
  });

  test('the playbooks they are made of are clean', async () => {
    layOut('base');
    expect(await printed({ lang: 'en' })).toEqual([0, 'no findings in 9 files\n']);
  });

  for (const [code, found] of Object.entries(ELSEWHERE)) {
    test(code, async () => {
      const { diagnostics } = await found();
      foundIn.set(code, diagnostics);
      const shown = (['en', 'zh'] as const).map((lang) => renderDiagnostics(diagnostics, [], lang));
      await expect(shown.join('\n')).toMatchFileSnapshot(join(GOLDEN, code, 'check.out'));
      expect(diagnostics.map((one) => one.code)).toEqual([code]);
    });
  }

  for (const [code, { severity }] of Object.entries(CODES).filter(([code]) => !(code in ELSEWHERE))) {
    test(code, async () => {
      layOut(code);
      const people = WITH_PEOPLE[code];
      const known = people === undefined ? {} : { people };
      const [exitCode, english] = await printed({ lang: 'en', ...known });
      const [, chinese] = await printed({ lang: 'zh', ...known });
      const [, json] = await printed({ json: true, ...known });
      await expect(`${english}\n${chinese}`).toMatchFileSnapshot(join(GOLDEN, code, 'check.out'));
      const found: readonly Diagnostic[] = JSON.parse(json);
      const inFolder = found.map((one) => ({
        ...one,
        at: { ...one.at, file: one.at.file.replace(/^playbooks\//, '') },
      }));
      foundIn.set(code, inFolder);
      // One mistake is one finding: nothing else is said because of it.
      expect(new Set(found.map((one) => one.code))).toEqual(new Set([code]));
      expect(exitCode).toBe(severity === 'error' ? 1 : 0);
    });
  }

  test.each(Object.keys(CODES))('%s says why, in both languages', (code) => {
    const { zh, en } = whyOf(code);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^\S.{10,}[^.]$/);
  });

  test.each(['en', 'zh'] as const)('the pages of errors are current (%s)', async (lang) => {
    expect([...foundIn.keys()].sort()).toEqual(Object.keys(CODES).sort());
    await expect(errorPage(foundIn, lang)).toMatchFileSnapshot(
      join(home, 'docs', lang === 'en' ? 'errors.md' : 'errors.zh.md'),
    );
  });
});
