/** The disk of the data folder fills up: it is said, survived, and over when there is room again. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import type { ServerRecord } from '../../workers/embedded/guardian-plan.ts';
import { codeOf } from '../../workers/embedded/setup-error.ts';
import { runCli } from '../cli/run-cli.ts';
import { eventually } from '../workers/eventually.ts';
import { temporaryFolder } from '../workers/temporary-folder.ts';
import { askServe, serveIn } from './serve-process.ts';

const SIZE = '230m';

/** A folder on a disk of its own, so small that a test can fill it. Mounting needs root, or fails here and says so. */
async function smallDisk(): Promise<string> {
  const folder = await temporaryFolder();
  await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=711`, 'tmpfs', folder]);
  onTestFinished(async () => void (await promisify(execFile)('umount', ['-l', folder])));
  return folder;
}

/** Writes until nothing more fits, as another program would. @returns the way to make room again. */
async function fill(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'somebody-elses-file');
  const file = await open(path, 'w');
  try {
    for (let size = 1 << 20; size >= 512; ) {
      try {
        await file.write(Buffer.alloc(size));
      } catch (error) {
        if (codeOf(error) !== 'ENOSPC') throw error;
        size >>= 1;
      }
    }
  } finally {
    await file.close();
  }
  return () => rm(path);
}

it('a full disk is named in answers, health and doctor; with room again everything goes on, nothing lost', async () => {
  const folder = await smallDisk();
  const serve = await serveIn(folder);
  const key = serve.adminKey();
  const ask = (path: string, body?: object, id: string = randomUUID()) =>
    askServe(serve.url, key, path, body && { body, key: id });
  const deal = { title: '东方公司', pipeline: 'deal', facts: { amount: '50万 CNY' } };
  const opened = await ask('/v1/cases', deal);
  expect(opened.status).toBe(201);
  const commands = `/v1/cases/${opened.body.case}/commands`;
  const call = { command: 'log_activity', activity: 'call' };
  expect((await ask(commands, call, 'k-1')).status).toBe(200);

  const free = await fill(folder);
  await eventually('it is said where serve runs', () => serve.out().includes('the disk is full'));
  const met = await ask(commands, call, 'k-2');
  expect(met.status).toBe(503);
  expect(met.body).toMatchObject({ kind: 'fault', cause: 'disk-full', retry_with: 'k-2' });
  expect(met.body.detail).toContain('the disk is full');
  expect((await ask('/v1/cases', deal, 'k-3')).body).toMatchObject({ cause: 'disk-full' });
  expect((await ask('/readyz')).body).toMatchObject({ status: 503, cause: 'disk-full' });
  const doctor = await runCli(['doctor', '--data', join(folder, 'data'), '--json'], { cwd: folder });
  expect(doctor.code).toBe(1);
  const { checks } = JSON.parse(doctor.out);
  expect(checks.find((check: { what: string }) => check.what === 'disk')).toMatchObject({ state: 'ill' });
  // Reading goes on while PostgreSQL does; and where it dies of it, it is started until it can.
  const record: ServerRecord = JSON.parse(await readFile(join(folder, 'data', 'servers.json'), 'utf8'));
  for (const { pid } of record.servers) process.kill(pid, 'SIGKILL');
  await eventually('both have been started again', () => (serve.out().match(/starting it again/g) ?? []).length >= 2);

  await free();
  await eventually('commands are taken again', async () => (await ask(commands, call, 'k-2')).status === 200, 90_000);
  await eventually('the case is opened', async () => (await ask('/v1/cases', deal, 'k-3')).status === 201, 60_000);
  await eventually('it is ready', async () => (await ask('/readyz')).status === 200);
  const { body } = await ask(`/v1/cases/${opened.body.case}/journal`);
  const accepted = body.items.filter((entry: { outcome: string }) => entry.outcome === 'accepted').slice(1);
  expect(accepted.map((entry: { command_id: string }) => entry.command_id)).toEqual(['k-1', 'k-2']);
  expect((await ask('/v1/audit/verify')).body.ok).toBe(true);
  expect(serve.child.exitCode).toBeNull();
}, 240_000);
