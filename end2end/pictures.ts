// Photographs every page, on a phone and on a desktop, light and dark: npm run pictures -- FOLDER [NAME...]

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, expect, type Browser, type BrowserContextOptions } from '@playwright/test';
import { browser } from './help/browser.ts';
import { Demo, type Who } from './help/demo.ts';
import { VIEWS, type View } from './help/views.ts';
import { Visitor } from './help/visitor.ts';

const SIZES: Record<string, BrowserContextOptions> = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 } },
};

async function photograph(chrome: Browser, demo: Demo, view: View, size: string, folder: string): Promise<void> {
  const house = await demo.copy();
  const opens = async (who?: Who) => {
    const context = await chrome.newContext({ ...SIZES[size], baseURL: house.url, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
    context.setDefaultTimeout(15_000);
    if (who) await context.addCookies([{ name: 'keyhouse', value: await house.signedIn(who), url: house.url }]);
    return new Visitor(await context.newPage(), house, 'wasm');
  };
  const visitor = await opens(view.who);
  await view.open(visitor, opens);
  await expect(visitor.page.locator('.skeleton')).toHaveCount(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await visitor.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await visitor.page.screenshot({ path: join(folder, `${view.name}-${size}-${colorScheme}.png`), fullPage: true });
    if (colorScheme === 'light') {
      await visitor.page.screenshot({ path: join(folder, `${view.name}-${size}-screen.png`) });
    }
  }
  await Promise.all(chrome.contexts().map((context) => context.close()));
  await house.close();
}

const [given, ...names] = process.argv.slice(2);
if (!given) throw new Error('npm run pictures -- FOLDER [NAME...]');
const folder = resolve(process.env['INIT_CWD'] ?? '.', given);
await mkdir(folder, { recursive: true });
const demo = await Demo.make();
const chrome = await chromium.launch(browser);
for (const view of VIEWS.filter(({ name }) => names.length === 0 || names.includes(name))) {
  for (const size of Object.keys(SIZES)) {
    await photograph(chrome, demo, view, size, folder).then(
      () => console.log(`${view.name} on a ${size}`),
      (error: Error) => console.error(`${view.name} on a ${size}: ${error.message}`),
    );
    await Promise.all(chrome.contexts().map((context) => context.close()));
  }
}
await chrome.close();
await demo.discard();
