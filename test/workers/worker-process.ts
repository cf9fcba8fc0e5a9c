/** A worker in a process of its own, to be killed or stopped. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Resolves when it takes work, at the servers of a place; killed at the end of the test. */
export async function workerProcess(where: {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
}): Promise<ChildProcess> {
  const built = fileURLToPath(new URL('../../dist/', import.meta.url));
  const program = `const [built, databaseUrl, temporalAddress, namespace] = process.argv.slice(1);
    const { openStore } = await import(built + 'store/open-store.js');
    const { startWorker } = await import(built + 'workers/worker.js');
    const store = openStore({ databaseUrl, allowTimeTravel: true });
    const log = { info() {}, warn() {}, error() {} };
    await startWorker({ store, temporalAddress, namespace, destinations: { webhooks: {} }, log });
    console.log('up');`;
  const { databaseUrl, temporalAddress, namespace } = where;
  const args = ['--input-type=module', '-e', program, built, databaseUrl, temporalAddress, namespace];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', resolve);
    child.on('exit', () => reject(new Error('the worker ended before it took work')));
  });
  return child;
}
