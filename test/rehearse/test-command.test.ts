/** `playrail test` from its arguments to what it prints and returns. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runTests, type TestOptions } from '../../cli/run-tests.ts';
import { SAMPLE_FILES } from './sample-playbooks.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'playrail-test-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const scenarios = (day: number): string => `scenarios: walk
list:
  - scenario: a quiet case climbs
    given: { owner: ann, at: 2026-03-02 09:00 }
    timeline:
      - { at: ${day} business days, expect: [ remind ann ] }
`;

async function ran(
  paths: readonly string[],
  options: TestOptions = { lang: 'en' },
): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await runTests(paths, options, { write: (more) => (text += more) });
  return { code, text };
}

describe('playrail test', () => {
  it('prints nothing but the count when all promises are kept', async () => {
    const { code, text } = await ran([folderWith({ ...SAMPLE_FILES, 'walk.scenarios.yaml': scenarios(5) })]);
    expect(code).toBe(0);
    expect(text).toMatch(/^1 scenario: 1 kept \(\d+\.\d\d s\)\n$/);
  });

  it('prints what differed with the time line around it', async () => {
    const folder = folderWith({ ...SAMPLE_FILES, 'walk.scenarios.yaml': scenarios(4) });
    const { code, text } = await ran([folder]);
    expect(code).toBe(1);
    expect(text.split('\n').slice(0, 5)).toEqual([
      `${folder}/walk.scenarios.yaml:6:11: a quiet case climbs`,
      '  2026-03-02 09:00    given first, owner ann',
      '                      expected remind ann',
      '                      got      nothing',
      '',
    ]);
    expect(text).toMatch(/1 scenario: 0 kept, 1 differed/);
  });

  it('prints the time line of what is kept where it is asked for', async () => {
    const folder = folderWith({ ...SAMPLE_FILES, 'walk.scenarios.yaml': scenarios(5) });
    const { code, text } = await ran([folder], { lang: 'en', trace: true });
    expect(code).toBe(0);
    expect(text.split('\n').slice(0, 4)).toEqual([
      `${folder}/walk.scenarios.yaml:3:5: a quiet case climbs`,
      '  2026-03-02 09:00    given first, owner ann',
      '  2026-03-09 09:00    remind ann',
      '',
    ]);
    const json = JSON.parse((await ran([folder], { json: true, trace: true })).text);
    expect(json.results[0].trace).toHaveLength(2);
  });

  it('speaks Chinese', async () => {
    const { text } = await ran([folderWith({ ...SAMPLE_FILES, 'walk.scenarios.yaml': scenarios(4) })], { lang: 'zh' });
    expect(text).toContain('应为 remind ann');
    expect(text).toContain('1 个场景：0 个相符，1 个不符');
  });

  it('prints JSON with the time line of what differed', async () => {
    const folder = folderWith({ ...SAMPLE_FILES, 'walk.scenarios.yaml': scenarios(4) });
    const { code, text } = await ran([folder], { lang: 'en', json: true });
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      scenarios: 1,
      kept: 0,
      differed: 1,
      results: [
        {
          scenario: 'a quiet case climbs',
          passed: false,
          differences: [{ expected: ['remind ann'], got: [] }],
          trace: [{ kind: 'given', local: '2026-03-02 09:00' }],
        },
      ],
      diagnostics: [],
    });
  });

  it('shows the errors of playbooks that cannot be rehearsed', async () => {
    const walk = SAMPLE_FILES['walk.yaml']?.replace('open_at: [ first ]', 'open_at: [ frist ]') ?? '';
    const folder = folderWith({ ...SAMPLE_FILES, 'walk.yaml': walk, 'walk.scenarios.yaml': scenarios(5) });
    const { code, text } = await ran([folder]);
    expect(code).toBe(1);
    expect(text).toContain(`${folder}/walk.yaml:10:`);
    expect(text).toContain('frist');
  });

  it('runs what single files are about', async () => {
    const folder = folderWith({ ...SAMPLE_FILES, 'walk.scenarios.yaml': scenarios(5) });
    for (const name of ['walk.scenarios.yaml', 'walk.yaml', 'slow.yaml']) {
      expect(await ran([join(folder, name)])).toMatchObject({ code: 0 });
    }
  });

  it('says so where there is nothing to run', async () => {
    const folder = folderWith(SAMPLE_FILES);
    await expect(ran([folder])).rejects.toMatchObject({
      exitCode: 2,
      message: `there are no scenarios in \`${folder}\``,
    });
    await expect(ran([join(folder, 'not-there')])).rejects.toMatchObject({ exitCode: 2 });
  });

  it('keeps every promise of the shipped playbooks', async () => {
    const { code, text } = await ran(['playbooks']);
    expect(text).toMatch(/^\d+ scenarios: \d+ kept \(/);
    expect(code).toBe(0);
  });
});
