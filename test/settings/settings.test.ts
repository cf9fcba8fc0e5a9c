/** The settings: one table, which the code reads and the operations guide shows. `npm run generate` writes the guide's. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { SETTINGS, settingNumber, settingsTable } from '../../cli/settings.ts';

const GUIDE = resolve('docs/operations.md');

/** The system's own, and npm's. */
const NOT_OURS = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'LC_MESSAGES', 'TZ', 'XDG_CACHE_HOME', 'npm_lifecycle_event'];

function sources(): string {
  const files = ['api', 'cli', 'store', 'workers', 'engine'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && name !== 'settings.ts')
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  return files.join('\n');
}

test('the guide shows the table as it is', () => {
  const text = readFileSync(GUIDE, 'utf8');
  expect(text).toContain('<!-- settings -->');
  const current = text.replace(
    /<!-- settings -->[\s\S]*?<!-- \/settings -->/,
    `<!-- settings -->\n${settingsTable()}\n<!-- /settings -->`,
  );
  return expect(current).toMatchFileSnapshot(GUIDE);
});

test('what the code reads stands in the table, and what stands there is read', () => {
  const text = sources();
  const byIndex = [...text.matchAll(/env\[['"](\w+)['"]\]/g)].map(([, name]) => name);
  const byName = [...text.matchAll(/(?:settingText|settingNumber|neededSetting)\(\s*[\w.]+,\s*'(\w+)'/g)].map(
    ([, name]) => name,
  );
  const read = new Set([...byIndex, ...byName].filter((name) => name !== undefined && !NOT_OURS.includes(name)));
  expect([...read].sort()).toEqual(Object.keys(SETTINGS).sort());
});

test('a number that is none is refused, and the variable named', () => {
  const env = { PLAYRAIL_DB_CONNECTIONS: 'many' };
  expect(() => settingNumber(env, 'PLAYRAIL_DB_CONNECTIONS', 2)).toThrow('PLAYRAIL_DB_CONNECTIONS');
  expect(() => settingNumber({ PLAYRAIL_DB_CONNECTIONS: '1' }, 'PLAYRAIL_DB_CONNECTIONS', 2)).toThrow('from 2 on');
  expect(settingNumber({ PLAYRAIL_DB_CONNECTIONS: '' }, 'PLAYRAIL_DB_CONNECTIONS', 2)).toBeUndefined();
  expect(settingNumber({ PLAYRAIL_DB_CONNECTIONS: '20' }, 'PLAYRAIL_DB_CONNECTIONS', 2)).toBe(20);
});
