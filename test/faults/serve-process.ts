/** `playrail serve` in a process of its own, and a way to talk to it, for tests that harm it. */

import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { freePort } from '../../workers/embedded/free-port.ts';
import { PLAYBOOKS } from '../api/playbooks.ts';
import { spawnCli } from '../cli/run-cli.ts';
import { eventually } from '../workers/eventually.ts';

export interface ServeProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it has said so far. */
  out(): string;
  /** Shown at the first start on a folder. */
  adminKey(): string;
}

/** Resolves when it is ready. `folder` holds `data` and `playbooks`, which are made where they are missing. */
export async function serveIn(folder: string): Promise<ServeProcess> {
  await mkdir(join(folder, 'playbooks'), { recursive: true });
  for (const { path, text } of PLAYBOOKS) await writeFile(join(folder, 'playbooks', path), text);
  const port = await freePort();
  const args = ['--data', join(folder, 'data'), '--playbooks', join(folder, 'playbooks'), '--port', String(port)];
  const child = spawnCli(['serve', ...args], { cwd: folder });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
  const ended = new Promise((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  await eventually('serve is ready', () => out.includes('Ctrl-C stops it') || child.exitCode !== null, 90_000);
  expect(out).toContain('Ctrl-C stops it');
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    out: () => out,
    adminKey: () => /(pr_[\w-]{43})/.exec(out)?.[1] ?? '',
  };
}

export interface ServeAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what is being tested
  readonly body: any;
}

/** Status 0: nobody answered, or the connection broke. POSTs where there is a body. */
export async function askServe(
  url: string,
  adminKey: string,
  path: string,
  sent?: { readonly body: object; readonly key: string },
): Promise<ServeAnswer> {
  try {
    const response = await fetch(url + path, {
      ...(sent !== undefined && { method: 'POST', body: JSON.stringify(sent.body) }),
      headers: {
        authorization: `Bearer ${adminKey}`,
        ...(sent !== undefined && { 'content-type': 'application/json', 'idempotency-key': sent.key }),
      },
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, body: await response.json() };
  } catch {
    return { status: 0, body: undefined };
  }
}
