// How the journeys run: a phone and a desktop, in the machine's own Chromium, never tried twice.

import { defineConfig } from '@playwright/test';
import { browser } from './help/browser.ts';

export default defineConfig({
  testDir: 'tests',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // The longest stories have a dozen pages; a machine that is busy with other things takes its time.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: process.env['CI'] ? 'dot' : 'list',
  use: {
    launchOptions: browser,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    // A trace of each test would take as long again as the test: --trace on records one where something has failed.
    screenshot: 'only-on-failure',
  },
  // What has nothing to do with the size of the screen is tried at one of them: @phone or @desktop in its tag.
  projects: [
    {
      name: 'phone',
      grepInvert: /@desktop/,
      use: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
    },
    { name: 'desktop', grepInvert: /@phone/, use: { viewport: { width: 1280, height: 800 } } },
  ],
});
