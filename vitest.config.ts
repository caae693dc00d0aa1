import { availableParallelism } from 'node:os'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** Two kinds of test: those that import the code, and those that run the built roles as processes. */
export default defineConfig({
  plugins: [svelte()],
  test: {
    testTimeout: 60_000,
    hookTimeout: 240_000,
    // most files wait for processes of their own for more than half of their time
    maxWorkers: Math.min(availableParallelism() + 1, 8),
    // no module keeps state of its own, so files may share them: loading each anew takes longer than most tests do
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/{pipeline,browser,faults}/**'] },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/{pipeline,browser}/**/*.test.ts'],
          globalSetup: ['test/support/build.ts'],
          testTimeout: 240_000,
        },
      },
    ],
  },
})
