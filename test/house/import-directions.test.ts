/** Holds the architecture: who may import whom, and that the engine stays pure. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Folder → the folders of ours it may import, beside itself. `contract` is `workers/contract.ts` alone. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  store: ['engine'],
  workers: ['engine', 'store'],
  api: ['engine', 'store', 'contract'],
  cli: ['engine', 'store', 'workers', 'api', 'contract'],
  simulation: ['engine', 'store'],
};

/** Packages that compute and do nothing else. */
const PURE_PACKAGES = new Set([
  'ajv',
  'ajv-formats',
  'ajv-formats/dist/limit.js',
  'csv-parse/sync',
  'fast-sha256',
  'json-rules-engine',
  'luxon',
  're2js',
  'yaml',
  'zod',
]);
/** What would let the world into the engine: clocks, chance, the process. */
const IMPURE = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bsetTimeout\(|\bfetch\(|\bperformance\./;

interface Import {
  readonly from: string;
  readonly to: string;
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const named = [...text.matchAll(/^(?:import|export|\}) .*?from '([^'\n]+)';$|\bimport\('([^'\n]+)'\)/gm)].flatMap(
    (match) => match[1] ?? match[2] ?? [],
  );
  return named.map((to) => ({
    from: file,
    to: to.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), to)) : to,
  }));
}

const folderOf = (file: string): string => (file === 'workers/contract.ts' ? 'contract' : (file.split('/')[0] ?? ''));
const isOurs = (to: string): boolean => /^[a-z]+\/.*\.ts$/.test(to) && !to.startsWith('node:');

describe('imports', () => {
  for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
    it(`of ${folder} lead only to ${[folder, ...allowed].join(', ')}`, () => {
      const all = filesIn(folder)
        .flatMap(importsOf)
        .filter((one) => isOurs(one.to));
      expect(all.length).toBeGreaterThan(0);
      const wrong = all.filter(
        ({ to }) =>
          ![folder, ...allowed].includes(folderOf(to)) && !(folder === 'workers' && folderOf(to) === 'contract'),
      );
      expect(wrong).toEqual([]);
    });
  }

  it('of workflow code lead to the contract and Temporal, and nowhere else', () => {
    const workflows = filesIn('workers').filter(
      (file) => file.endsWith('workflow.ts') || file.endsWith('workflows.ts'),
    );
    expect(workflows).toEqual(expect.arrayContaining(['workers/workflows.ts', 'workers/import-workflow.ts']));
    const led = new Set(workflows.flatMap(importsOf).map((one) => one.to));
    expect([...led].sort()).toEqual(['@temporalio/workflow', 'workers/contract.ts', 'workers/import-workflow.ts']);
  });

  it('of the contract are types alone, so that nothing else is bundled with the workflows', () => {
    const text = readFileSync(join(ROOT, 'workers/contract.ts'), 'utf8');
    const imports = text.match(/^import .*$/gm) ?? [];
    expect(imports.filter((line) => !line.startsWith('import type '))).toEqual([]);
  });
});

describe('the engine', () => {
  it('takes only packages that compute', () => {
    const foreign = filesIn('engine')
      .flatMap(importsOf)
      .filter((one) => !isOurs(one.to));
    expect(foreign.filter((one) => !PURE_PACKAGES.has(one.to))).toEqual([]);
  });

  it('asks neither clock nor chance nor the process', () => {
    const impure = filesIn('engine').filter((file) => IMPURE.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(impure).toEqual([]);
  });
});

/** What a start of `file` loads before it does anything: imports of values at its top, and theirs. */
function packagesLoadedBy(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(ROOT, file), 'utf8');
  for (const [, names = '', to = ''] of text.matchAll(/^(?:import|export) (?!type )([^;']*?)from '([^']+)';$/gm)) {
    const isOfTypes = /^\{(\s*type \w+,?\s*)+\}\s*$/.test(names);
    if (isOfTypes || to.startsWith('node:')) continue;
    if (to.startsWith('.')) packagesLoadedBy(relative(ROOT, join(ROOT, dirname(file), to)), seen);
    else seen.add(to);
  }
  return seen;
}

describe('the command line', () => {
  it('loads what a command needs when that command runs: each start is waited for', () => {
    const foreign = [...packagesLoadedBy('cli/main.ts')].filter((one) => !isOurs(one));
    expect(foreign.sort()).toEqual(['commander', 'zod']);
  });
});

describe('files', () => {
  it('open with a sentence that says what they are for', () => {
    const silent = Object.keys(MAY_IMPORT)
      .flatMap(filesIn)
      .filter((file) => !/^(#!.*\n)?\/\*\*/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(silent).toEqual([]);
  });
});
