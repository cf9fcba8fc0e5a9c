/** The sample's export as it is, and as a larger company would have it. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../cli/package-root.ts';
import type { ImportFiles } from '../store/imports/import-job.ts';

const MAIN = 'sales_pipeline.csv';
const NAMES = [MAIN, 'products.csv', 'accounts.csv', 'sales_teams.csv'];

export async function sampleFiles(): Promise<Record<string, string>> {
  const folder = join(packageRoot(), 'samples', 'crm');
  const entries = NAMES.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** The sample's rows over and over, each time under other ids, until there are so many. */
export async function largeExport(rows: number): Promise<ImportFiles> {
  const files = await sampleFiles();
  const [header = '', ...lines] = (files[MAIN] ?? '').split(/\r?\n/).filter((line) => line !== '');
  const made = Array.from({ length: rows }, (_, index) => {
    const line = lines[index % lines.length] ?? '';
    const time = Math.floor(index / lines.length);
    // The id is the first column.
    return time === 0 ? line : line.replace(',', `-${time},`);
  });
  return { ...files, [MAIN]: `${[header, ...made].join('\n')}\n` };
}
