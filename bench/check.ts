/** How long `check` takes over the shipped playbooks, after start. */

import type { Bench } from './bench.ts';
import { shippedPlaybooks } from './shipped-playbooks.ts';
import { spread } from './statistics.ts';

const AGAIN = 20;

export const check: Bench = {
  name: 'check',
  about: 'check of the shipped playbooks',
  minutes: 2,
  run: async () => {
    const { ms, files } = checkOnce();
    const warm = Array.from({ length: AGAIN }, () => checkOnce().ms);
    return [
      // Reading the files included: what somebody at a terminal waits for.
      { figure: 'check.cold', value: ms, beside: `${files} files` },
      { figure: 'check.warm', ...spread(warm) },
    ];
  },
};

function checkOnce(): { readonly ms: number; readonly files: number } {
  const start = performance.now();
  const { files } = shippedPlaybooks();
  return { ms: performance.now() - start, files: files.length };
}
