// What must not happen on any page, whatever the test is about.

import type { BrowserContext } from '@playwright/test';
import type { Script } from './visitor.ts';

/**
 * Notes what goes wrong in a browser: errors in the console, a broken policy, a program that falls over, an answer
 * of the server that means a bug, a file that is not there. An answer that refuses is none of these: tests ask for it.
 */
export function guard(context: BrowserContext, script: Script): string[] {
  const trouble: string[] = [];
  if (script === 'wasm') {
    context.on('weberror', (error) => trouble.push(`error: ${error.error().stack ?? error.error().message}`));
    context.on('console', (message) => {
      // The browser repeats each refused request in the console; those are looked at below, by what was asked for.
      const repeated = message.text().startsWith('Failed to load resource');
      // A part of the program that was on its way ahead when a test closed the house: it is fetched again when it is opened.
      const cutOff = message.text().startsWith('TypeError: Failed to fetch') && message.text().includes('__wasm_split');
      if (message.type() === 'error' && !repeated && !cutOff) trouble.push(`console: ${message.text()}`);
    });
  }
  context.on('response', (response) => {
    const request = response.request();
    const path = new URL(response.url()).pathname;
    const mayRefuse = request.isNavigationRequest() || path.startsWith('/api/') || path === '/events';
    if (response.status() >= 500 || (response.status() >= 400 && !mayRefuse)) {
      trouble.push(`${request.method()} ${path}: ${response.status()}`);
    }
  });
  return trouble;
}
