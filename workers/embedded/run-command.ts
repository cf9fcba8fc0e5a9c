/** Runs a program to its end with a deadline and keeps what it printed. */

import { type SpawnOptions, spawn } from 'node:child_process';

export interface Ran {
  /** Absent when it could not be started or was ended by a signal. */
  readonly code?: number;
  readonly out: string;
  /** What it printed on the error side; where it could not start, why. */
  readonly err: string;
}

/** Never throws: a program that is missing or takes longer than `deadlineMs` is an answer too. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'env' | 'cwd' | 'uid' | 'gid'> & { readonly deadlineMs: number },
): Promise<Ran> {
  const { deadlineMs, ...spawnOptions } = options;
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const deadline = setTimeout(() => {
      err += `no answer within ${deadlineMs / 1000} s`;
      child.kill('SIGKILL');
    }, deadlineMs);
    child.on('error', (error) => {
      clearTimeout(deadline);
      resolve({ out, err: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(deadline);
      resolve(code === null ? { out, err } : { code, out, err });
    });
  });
}
