import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** Of the store and the API: each leaves nothing behind in its process, so that they may share what is imported. */
const sharing = ['test/{store,api}/**/*.test.ts'];
/** These start processes, workers and servers of their own, and end some of them hard. */
const withServers = ['test/{workers,cli,faults}/**/*.test.ts'];

// Forks, not threads: native Temporal workers crash beside worker threads.
const common = { pool: 'forks', testTimeout: 180_000, hookTimeout: 120_000, env: { TZ: 'UTC' } } as const;

export default defineConfig({
  test: {
    // By itself vitest leaves one core free, which on two cores means one file at a time.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      // Pure tests leave nothing behind, so they may share what was imported: a third of their time.
      {
        test: {
          ...common,
          isolate: false,
          name: 'pure',
          include: ['test/**/*.test.ts'],
          exclude: [...sharing, ...withServers],
        },
      },
      {
        test: { ...common, isolate: false, name: 'store and api', include: sharing, globalSetup: ['test/servers.ts'] },
      },
      { test: { ...common, name: 'servers', include: withServers, globalSetup: ['test/servers.ts'] } },
    ],
  },
});
