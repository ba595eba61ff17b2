// The machine's Chromium, told to keep to itself: without these switches it looks for updates and its maker's hosts.

import type { LaunchOptions } from '@playwright/test';

export const browser: LaunchOptions = {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  // Chromium refuses its sandbox to root.
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-domain-reliability',
  ],
};
