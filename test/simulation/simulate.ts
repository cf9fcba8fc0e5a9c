/** Runs the built `npm run simulate` as a maintainer would. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/simulation/main.js', import.meta.url));

export interface Simulated {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export function simulate(...args: readonly string[]): Promise<Simulated> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--enable-source-maps', MAIN, ...args], { maxBuffer: 2 ** 26 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}
