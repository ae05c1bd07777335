import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

/**
 * Long enough for two cores at a sixth of their usual speed, which has been seen: what is waited for is that something happens at all.
 * How soon it does is for the benches. So a test names a shorter time only where the time is what it is about.
 */
const patience = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 90_000 } } }

export default defineConfig({
  test: {
    pool: 'forks',
    // One more than the cores that are promised to be enough: a third of a test's time it waits for a disk, a clock or a browser.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    execArgv: ['--import', new URL('server/quick-start.js', import.meta.url).href],
    projects: [
      {
        test: {
          name: 'product',
          include: ['test/**/*.test.ts'],
          exclude: ['test/journeys/**', '**/node_modules/**'],
          globalSetup: ['test/start-postgres.ts'],
          // A process for all files and not for each: five small ones took 8 s and not 11, most of it loading what they share. So a file leaves its process as it found it.
          isolate: false,
          // Real processes on a machine that others use, too: a second try there, which the report names. At home a test that fails has failed.
          retry: process.env['CI'] === undefined ? 0 : 1,
          ...patience,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['test/start-postgres.ts', 'test/journeys/build-web.ts'],
          // A browser on a busy machine: a second try everywhere.
          retry: 1,
          ...patience,
        },
      },
    ],
  },
})
