/** Files of another major version of PostgreSQL are left alone, and the way over is said. */

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SetupError } from '../../workers/embedded/setup-error.ts';
import { startEmbedded } from '../../workers/embedded/start-embedded.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { DATABASE_URL: _database, ...env } = process.env;

async function refusalOf(version: string): Promise<SetupError> {
  const dataDir = await temporaryFolder();
  await mkdir(join(dataDir, 'postgres'));
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), `${version}\n`);
  await writeFile(join(dataDir, 'postgres-password'), 'secret\n');
  const started = startEmbedded({ dataDir, env: { ...env, TEMPORAL_ADDRESS: 'none' }, say: () => undefined });
  const error = await started.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SetupError)) throw new Error(`it was not refused: ${String(error)}`);
  expect(await readdir(join(dataDir, 'postgres'))).toEqual(['PG_VERSION']);
  return error;
}

it('older files are refused: back up with the old program, restore with the new', async () => {
  const { text, hint } = await refusalOf('15');
  expect(text.en).toContain('was written by PostgreSQL 15');
  expect(hint.en).toContain('playrail backup');
  expect(hint.zh).toContain('playrail restore');
});

it('newer files are refused: they want the newer program', async () => {
  const { text, hint } = await refusalOf('99');
  expect(text.en).toContain('PostgreSQL 99');
  expect(hint.en).toContain('start the newer Playrail');
});
