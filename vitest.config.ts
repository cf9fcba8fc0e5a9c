import { defineConfig } from 'vitest/config';

// Forks, not threads: native Temporal workers crash beside worker threads.
export default defineConfig({
  test: {
    pool: 'forks',
    include: ['test/**/*.test.ts'],
    globalSetup: [],
    testTimeout: 30_000,
    env: { TZ: 'UTC' },
  },
});
