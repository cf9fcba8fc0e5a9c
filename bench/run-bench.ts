/** Runs one bench in a process and a folder of its own, for no longer than it may take, and clears up after it. */

import { type ChildProcess, fork } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench, BenchMessage } from './bench.ts';

/** Its own servers get this long to stop before the process is killed. */
const GRACE_MS = 20_000;

export async function runBench(bench: Bench, quick: boolean, signal: AbortSignal): Promise<BenchMessage> {
  const dir = await mkdtemp(join(tmpdir(), 'playrail-bench-'));
  // As root, PostgreSQL runs as another user, who must be able to pass.
  await chmod(dir, 0o711);
  try {
    return await inChild(bench, [bench.name, dir, quick ? 'quick' : 'full'], signal);
  } finally {
    // Servers of a bench that was killed end by themselves a moment later.
    await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  }
}

function inChild(bench: Bench, args: readonly string[], signal: AbortSignal): Promise<BenchMessage> {
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env } = process.env;
  const child = fork(fileURLToPath(import.meta.resolve('./child.js')), [...args], {
    execArgv: ['--enable-source-maps', ...(bench.execArgv ?? [])],
    env: { ...env, TZ: 'UTC', ...bench.env },
    // What a bench's parts print is no figure.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  let message: BenchMessage | undefined;
  child.on('message', (said: BenchMessage) => {
    message = said;
  });
  const late = setTimeout(() => {
    message ??= { failed: `not done within ${bench.minutes} minutes` };
    end(child);
  }, bench.minutes * 60_000);
  const onAbort = () => end(child);
  signal.addEventListener('abort', onAbort);
  return new Promise((resolve) => {
    child.once('exit', (code, by) => {
      clearTimeout(late);
      signal.removeEventListener('abort', onAbort);
      resolve(message ?? { failed: `its process ended with ${by ?? `code ${code}`} before it had measured` });
    });
  });
}

function end(child: ChildProcess): void {
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.once('exit', () => clearTimeout(hard));
}
