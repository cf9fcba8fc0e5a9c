/** How much heap a cached idle workflow takes, beside a bare one: both kinds are begun in turns, and the heap is read after each. */

import { startBare } from './bare.ts';
import type { Bench } from './bench.ts';
import { begin, OPEN, startPlace } from './place.ts';
import { ratios, spread } from './statistics.ts';

const BATCH = 100;

export const heap: Bench = {
  name: 'heap',
  about: 'heap of a cached idle workflow, against a bare one',
  minutes: 6,
  execArgv: ['--expose-gc'],
  // Workflows then run in this thread, where their heap can be read; they share one context as they do in theirs.
  env: { TEMPORAL_DEBUG: '1' },
  run: async ({ dir, quick, say }) => {
    const place = await startPlace(dir);
    const bare = await startBare(place.servers.temporalAddress, place.client);
    try {
      const batches = quick ? 2 : 6;
      const grown: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
      for (let batch = 0; batch <= batches; batch += 1) {
        const start = await heapUsed();
        for (let one = 0; one < BATCH; one += 1) await begin(place, 'case', `idle-${batch}-${one}`, OPEN);
        const between = await heapUsed();
        await bare.start(BATCH);
        for (let one = 0; one < BATCH; one += 1) await bare.send(batch * BATCH + one);
        const end = await heapUsed();
        say(
          `ours ${Math.round((between - start) / BATCH / 1024)} kB, bare ${Math.round((end - between) / BATCH / 1024)} kB`,
        );
        // The first batch pays for code that all share.
        if (batch === 0) continue;
        grown.ours.push((between - start) / BATCH);
        grown.bare.push((end - between) / BATCH);
      }
      return [
        { figure: 'heap.ratio', ...spread(ratios(grown.ours, grown.bare)) },
        { figure: 'heap.ours', ...spread(grown.ours.map((bytes) => bytes / 1024)) },
      ];
    } finally {
      await bare.stop();
      await place.stop();
    }
  },
};

/** Bytes, once garbage is gone. */
async function heapUsed(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}
