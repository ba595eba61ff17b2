// A Keyhouse that nobody changes: one for all tests of a worker that only read, with one browser context for each person.

import { expect, type Browser, type BrowserContext } from '@playwright/test';
import type { Demo, Who } from './demo.ts';
import { guard } from './guard.ts';
import type { House } from './house.ts';
import { Visitor } from './visitor.ts';

interface Reader {
  context: BrowserContext;
  trouble: string[];
}

export class ReadingRoom {
  readonly #house: House;
  readonly #readers = new Map<Who | undefined, Reader>();

  private constructor(house: House) {
    this.#house = house;
  }

  static async open(demo: Demo): Promise<ReadingRoom> {
    return new ReadingRoom(await demo.copy());
  }

  /** Lets somebody read in a page of its own, and looks at what went wrong meanwhile. */
  async reads(browser: Browser, who: Who | undefined, story: (visitor: Visitor) => Promise<void>): Promise<void> {
    const { context, trouble } = await this.#reader(browser, who);
    const page = await context.newPage();
    await story(new Visitor(page, this.#house, 'wasm'));
    await page.close();
    expect(trouble.splice(0)).toEqual([]);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#readers.values()].map(({ context }) => context.close()));
    await this.#house.end();
  }

  async #reader(browser: Browser, who: Who | undefined): Promise<Reader> {
    const known = this.#readers.get(who);
    if (known) return known;
    const house = this.#house;
    const context = await browser.newContext({ baseURL: house.url });
    if (who) await context.addCookies([{ name: 'keyhouse', value: await house.signedIn(who), url: house.url }]);
    const reader = { context, trouble: guard(context, 'wasm') };
    this.#readers.set(who, reader);
    return reader;
  }
}
