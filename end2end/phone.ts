// How long a phone waits, on a slow line: npm run phone [RUNS]. Five pages, cold and then once more with a warm cache; medians.
//
//   painted     the first words or lines are there
//   usable      the page is whole: it reads, and its forms can be sent
//   hydrated    the program is awake in all of it; none for a page that comes without the program
//   kB, files   what was fetched by then over the line, and .wasm of it

import { chromium, type Browser } from '@playwright/test';
import { browser } from './help/browser.ts';
import { Demo, type Who } from './help/demo.ts';
import type { House } from './help/house.ts';

const PAGES: readonly { path: string; who?: Who }[] = [
  { path: '/login' },
  { path: '/', who: 'acme' },
  { path: '/licenses', who: 'acme' },
  { path: '/licenses/new', who: 'acme' },
  { path: '/office', who: 'owner' },
];

const LINE = { offline: false, latency: 150, downloadThroughput: 1_440_000 / 8, uploadThroughput: 675_000 / 8 };
const CPU_SLOWER = 4;
/** Nothing waits longer for a program that does not come. */
const LONGEST_MS = 60_000;

interface Visit {
  painted: number;
  usable: number;
  hydrated: number | undefined;
  kB: number;
  files: number;
  wasm: number;
}

async function visits(chrome: Browser, house: House, path: string, who?: Who): Promise<{ cold: Visit; warm: Visit }> {
  const context = await chrome.newContext({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 3,
    isMobile: true,
    hasTouch: true,
    baseURL: house.url,
  });
  if (who) await context.addCookies([{ name: 'keyhouse', value: await house.signedIn(who), url: house.url }]);
  const page = await context.newPage();
  const phone = await context.newCDPSession(page);
  await phone.send('Network.enable');
  await phone.send('Network.emulateNetworkConditions', LINE);
  await phone.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER });
  const asked = new Map<string, string>();
  let fetched: { url: string; bytes: number }[] = [];
  phone.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, request.url));
  phone.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const url = asked.get(requestId);
    if (url && encodedDataLength > 0) fetched.push({ url, bytes: encodedDataLength });
  });
  await page.addInitScript(() => {
    const look = new MutationObserver(() => {
      if (!document.documentElement?.hasAttribute('data-hydrated')) return;
      performance.mark('hydrated');
      look.disconnect();
    });
    look.observe(document, { attributes: true, attributeFilter: ['data-hydrated'], childList: true, subtree: true });
  });
  const visit = async (): Promise<Visit> => {
    fetched = [];
    await page.goto(path, { timeout: LONGEST_MS });
    const comes = await page.locator('link[rel="modulepreload"]').count();
    if (comes > 0) await page.locator('html[data-hydrated]').waitFor({ state: 'attached', timeout: LONGEST_MS });
    const then = [...fetched];
    const times = await page.evaluate(() => {
      const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime;
      const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return {
        painted: at('first-contentful-paint') ?? 0,
        usable: page?.domContentLoadedEventEnd ?? 0,
        hydrated: at('hydrated'),
      };
    });
    const wasm = then.filter(({ url }) => url.endsWith('.wasm')).length;
    // What is fetched ahead comes before the next visit, as for whoever reads the page.
    await page.waitForLoadState('networkidle', { timeout: LONGEST_MS });
    return { ...times, kB: then.reduce((sum, { bytes }) => sum + bytes, 0) / 1000, files: then.length, wasm };
  };
  const cold = await visit();
  const warm = await visit();
  await context.close();
  return { cold, warm };
}

function median(of: readonly number[]): number {
  return [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
}

function row(path: string, all: readonly { cold: Visit; warm: Visit }[]): string {
  const of = (which: 'cold' | 'warm', what: keyof Visit) => {
    const values = all.map((both) => both[which][what]).filter((value) => value !== undefined);
    return values.length === 0 ? 'none' : Math.round(median(values)).toString();
  };
  const cells = (which: 'cold' | 'warm') => (['painted', 'usable', 'hydrated'] as const).map((what) => of(which, what));
  const line = [path, ...cells('cold'), of('cold', 'kB'), of('cold', 'files'), of('cold', 'wasm'), ...cells('warm')];
  return `| ${line.join(' | ')} |`;
}

const runs = Number(process.argv[2] ?? 5);
const demo = await Demo.make();
const house = await demo.copy();
const chrome = await chromium.launch(browser);
console.log('| page | painted | usable | hydrated | kB | files | wasm | warm: painted | usable | hydrated |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const { path, who } of PAGES) {
  const all = [];
  for (let run = 0; run < runs; run += 1) all.push(await visits(chrome, house, path, who));
  console.log(row(path, all));
}
await chrome.close();
await house.close();
await demo.discard();
