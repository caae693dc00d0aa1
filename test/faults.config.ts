import { defineConfig } from 'vitest/config'

/** The long fault runs: `npm run test:faults`. They end processes at random and want the machine for themselves. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 30 * 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
