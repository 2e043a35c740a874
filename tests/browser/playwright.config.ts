import { defineConfig } from '@playwright/test';
import { launchOptions } from './chromium.mjs';

// `make test-browser` runs the stories, `make screenshots` the screens, `make bench-client` the stopwatch. Both serve client/dist as it was built.
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  globalSetup: './demo.ts',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: launchOptions(),
    viewport: { width: 820, height: 1180 },
    hasTouch: true,
    locale: 'en-GB',
    timezoneId: 'America/Los_Angeles',
    screenshot: 'only-on-failure',
    // No film: half a core goes into pictures that nobody looks at.
    trace: { mode: 'retain-on-failure', screenshots: false },
    actionTimeout: 15_000,
  },
  projects: [
    { name: 'stories', testMatch: '**/*.spec.ts' },
    { name: 'screens', testMatch: '**/screens.ts', timeout: 600_000 },
    { name: 'bench', testMatch: '**/bench.ts' },
  ],
});
