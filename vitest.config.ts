import { defineConfig } from 'vitest/config'

/** Unit tests beside their units, and every suite of test/ but the end-to-end one, which is Playwright's. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**'],
    environment: 'node',
    globalSetup: ['test/support/bundle-engine.ts'],
    pool: 'forks',
    // Most of a test is waiting for processes and disks.
    maxWorkers: 2,
    // Tests here start real processes and wait for real disks, on machines with two slow cores.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    allowOnly: false,
    passWithNoTests: false,
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/vitest.json' },
  },
})
