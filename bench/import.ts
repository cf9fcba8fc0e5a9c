/** How long the sample's rows take to become cases with running workflows, and how long 100,000 rows do. */

import type { Bench } from './bench.ts';
import { timeImport } from './importing.ts';
import { largeExport, sampleFiles } from './sample-files.ts';

export const importSample: Bench = {
  name: 'import',
  about: 'import of the sample, 8,800 rows',
  minutes: 8,
  run: async ({ dir, quick, say }) => {
    const files = quick ? await largeExport(400) : await sampleFiles();
    const { seconds, cases_seconds, workflows } = await timeImport(dir, files, { longestMs: 7 * 60_000, say });
    const beside = `cases ${cases_seconds.toFixed(0)} s, then ${workflows} workflows and the digests`;
    return [{ figure: 'import.seconds', value: seconds, beside }];
  },
};

export const importLarge: Bench = {
  name: 'import-large',
  about: 'import of 100,000 rows',
  minutes: 25,
  run: async ({ dir, quick, say }) => {
    const files = await largeExport(quick ? 1000 : 100_000);
    let most = 0;
    const look = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 250);
    const time = await timeImport(dir, files, { longestMs: 24 * 60_000, say }).finally(() => clearInterval(look));
    const { seconds, cases_seconds, workflows } = time;
    const beside = `cases ${cases_seconds.toFixed(0)} s, then ${workflows} workflows and the digests`;
    return [
      { figure: 'import_large.seconds', value: seconds, beside },
      { figure: 'import_large.memory', value: most / 2 ** 20 },
    ];
  },
};
