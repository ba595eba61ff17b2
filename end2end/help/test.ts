// The test of this house: each has a Keyhouse of its own, and visitors who are signed in already.

import { test as base, expect, type BrowserContext } from '@playwright/test';
import { Demo, type Who } from './demo.ts';
import { guard } from './guard.ts';
import type { House, Mail } from './house.ts';
import { MailServer } from './mail-server.ts';
import { ReadingRoom } from './reading-room.ts';
import { Visitor, type Script } from './visitor.ts';

export { expect };

/** With the program, and without script: what must work in each is tried in each. */
export const SCRIPTS: readonly Script[] = ['wasm', 'off'];

/** And where a script runs, but the program does not arrive: tried where loading matters, since the forms are those of `off`. */
export const LOADING: readonly Script[] = ['wasm', 'blocked', 'off'];

/** The two ways that differ most, and the tags with which each is tried: with the program at both sizes. */
export const WAYS: readonly { script: Script; tag: string[] }[] = [
  { script: 'wasm', tag: [] },
  { script: 'off', tag: ['@phone'] },
];

/** What a browser opens with: somebody's session, or none. */
type Opens = (who?: Who) => Promise<Visitor>;

interface Fixtures {
  script: Script;
  /** Whether the browser saves data: then nothing is fetched that the page in front does not need. */
  savesData: boolean;
  /** The name in the addresses. */
  hostName: string;
  /** Whether mails go to a mail server instead of into files. */
  byMailServer: boolean;
  mailServer: MailServer | undefined;
  /** What has arrived at the mail server. */
  letters: Mail[];
  house: House;
  /** Opens one more browser. */
  opens: Opens;
  /** Somebody who is not signed in. */
  stranger: Visitor;
  /** The reseller ACME. */
  acme: Visitor;
  /** The reseller Globex, who has no customers. */
  globex: Visitor;
  /** A customer of ACME. */
  client: Visitor;
  /** The owner of the back office. */
  owner: Visitor;
}

/** A browser that was told to save data: so are all, but where that matters. Written into each of its pages. */
export const saveData = () => {
  Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
};

export const test = base.extend<Fixtures, { demo: Demo; readingRoom: ReadingRoom }>({
  demo: [
    async ({}, use) => {
      const demo = await Demo.make();
      await use(demo);
      await demo.discard();
    },
    { scope: 'worker' },
  ],
  readingRoom: [
    async ({ demo }, use) => {
      const room = await ReadingRoom.open(demo);
      await use(room);
      await room.close();
    },
    { scope: 'worker' },
  ],

  script: ['wasm', { option: true }],
  savesData: [true, { option: true }],
  hostName: ['127.0.0.1', { option: true }],
  byMailServer: [false, { option: true }],
  mailServer: async ({ byMailServer }, use) => {
    const server = byMailServer ? new MailServer() : undefined;
    await server?.open();
    await use(server);
    await server?.close();
  },
  letters: async ({ mailServer }, use) => use(mailServer?.letters ?? []),
  javaScriptEnabled: async ({ script }, use) => use(script !== 'off'),

  house: async ({ demo, hostName, mailServer }, use, test) => {
    const house = await demo.copy(hostName, mailServer?.url);
    await use(house);
    if (test.status !== test.expectedStatus) await test.attach('keyhouse.log', { body: house.log });
    await house.end();
  },

  opens: async ({ browser, house, script, savesData }, use) => {
    const opened: { context: BrowserContext; trouble: string[] }[] = [];
    await use(async (who) => {
      const context = await browser.newContext({ baseURL: house.url });
      if (who) await context.addCookies([{ name: 'keyhouse', value: await house.signedIn(who), url: house.url }]);
      if (savesData) await context.addInitScript(saveData);
      if (script === 'blocked') await context.route('**/*.wasm', (route) => route.abort());
      opened.push({ context, trouble: guard(context, script) });
      return new Visitor(await context.newPage(), house, script);
    });
    await Promise.all(opened.map(({ context }) => context.close()));
    expect(opened.flatMap(({ trouble }) => trouble)).toEqual([]);
  },
  stranger: async ({ opens }, use) => use(await opens()),
  acme: async ({ opens }, use) => use(await opens('acme')),
  globex: async ({ opens }, use) => use(await opens('globex')),
  client: async ({ opens }, use) => use(await opens('client')),
  owner: async ({ opens }, use) => use(await opens('owner')),
});
