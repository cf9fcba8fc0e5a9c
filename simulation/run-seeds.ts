/** Many seeds, spread over processes. */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Parameters } from './parameters.ts';
import type { SeedResult } from './run-seed.ts';

const SEED_PROCESS = fileURLToPath(new URL('./seed-process.js', import.meta.url));

/** MB: most of what a turn makes is gone after it; with more room it is not looked through so often. */
const ROOM_FOR_THE_YOUNG = '--max-semi-space-size=64';

export interface ManySeeds {
  readonly seeds: readonly number[];
  readonly cases: number;
  readonly days: number;
  /** How many processes. */
  readonly jobs: number;
  /** Called after each seed, whatever came of it. */
  readonly onResult: (result: SeedResult) => void;
}

/** Results in the order of the seeds. @throws Error when a process dies */
export async function runSeeds({ seeds, cases, days, jobs, onResult }: ManySeeds): Promise<readonly SeedResult[]> {
  const left = [...seeds];
  const results: SeedResult[] = [];
  const work = async (): Promise<void> => {
    const child = fork(SEED_PROCESS, { execArgv: ['--enable-source-maps', ROOM_FOR_THE_YOUNG] });
    try {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const result = await ask(child, { seed, cases, days });
        results.push(result);
        onResult(result);
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, seeds.length) }, work));
  return results.sort((one, other) => one.parameters.seed - other.parameters.seed);
}

function ask(child: ChildProcess, parameters: Parameters): Promise<SeedResult> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null): void =>
      reject(new Error(`the process of seed ${parameters.seed} ended: ${code}`));
    child.once('exit', died);
    // Sent by `seed-process.ts`.
    child.once('message', (result) => {
      child.off('exit', died);
      resolve(result as SeedResult);
    });
    child.send(parameters);
  });
}
