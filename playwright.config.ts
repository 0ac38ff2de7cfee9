import { defineConfig } from '@playwright/test'

/** `scripts/test.mjs` finds or installs a Chromium and names it here. */
const chromium = process.env['PENSTOCK_CHROMIUM'] ?? '/usr/bin/chromium'
const isRoot = process.getuid?.() === 0

/** End to end: the built program in a real browser. One at a time; each test starts its own server. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  snapshotPathTemplate: 'test/e2e/pictures/{arg}{ext}',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // What is waited for are processes that start, also where the machine is away for seconds.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    headless: true,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      // Chromium refuses its sandbox to root; nothing but our own pages is opened.
      chromiumSandbox: !isRoot,
      args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    },
  },
})
