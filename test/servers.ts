/** Starts the servers that tests share: one embedded PostgreSQL and one Temporal server for the whole run. */

import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../workers/embedded/start-embedded.ts';
import { workflowBundle } from '../workers/workflow-bundle.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a database that no test uses itself; `freshDatabase` makes empty ones beside it. */
    readonly databaseUrl: string;
    readonly temporalAddress: string;
  }
}

/** @returns the way to stop everything again. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await build();
  await workflowBundle();
  const dir = await mkdtemp(join(tmpdir(), 'playrail-test-'));
  // As root, PostgreSQL runs as another user, who must be able to pass.
  await chmod(dir, 0o711);
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env } = process.env;
  const servers = await startEmbedded({ dataDir: dir, env, say: (line) => process.stderr.write(`${line.en}\n`) });
  project.provide('databaseUrl', servers.databaseUrl);
  project.provide('temporalAddress', servers.temporalAddress);
  return async () => {
    await servers.stop();
    await rm(dir, { recursive: true, force: true });
  };
}

/** Programs that tests start run from `dist/`; so one test file alone can be run without building first. */
async function build(): Promise<void> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '--project', 'tsconfig.build.json'],
    { cwd: root },
  ).catch(
    // Type errors do not keep files from being written; `npm test` reports them by themselves.
    () => undefined,
  );
}
