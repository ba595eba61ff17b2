// Somebody at a browser.

import { expect, type BrowserContext, type Locator, type Page, type Request, type Response } from '@playwright/test';
import type { House, Mail } from './house.ts';

/** What runs in the pages: everything, nothing because WebAssembly does not come through, or no script at all. */
export type Script = 'wasm' | 'blocked' | 'off';

export class Visitor {
  readonly page: Page;
  readonly house: House;
  readonly script: Script;
  /** What the program in the page has asked the server and has no answer to yet. */
  readonly #asked = new Set<Request>();

  constructor(page: Page, house: House, script: Script) {
    this.page = page;
    this.house = house;
    this.script = script;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.startsWith('/api/')) this.#asked.add(request);
    });
    page.on('requestfinished', (request) => this.#asked.delete(request));
    page.on('requestfailed', (request) => this.#asked.delete(request));
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** Opens a page, and waits until it is awake. */
  async open(path: string): Promise<Response> {
    await this.page.waitForLoadState();
    const answer = await this.page.goto(path);
    await this.awake();
    if (!answer) throw new Error(`${path} is the page that was open`);
    return answer;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.awake();
  }

  /** Waits until the program has arrived, where one is expected: a page for strangers comes without it. */
  async awake(): Promise<void> {
    if (this.script !== 'wasm') return;
    const whole = 'html[data-hydrated], html:not(:has(link[rel="modulepreload"]))';
    await this.page.locator(whole).first().waitFor({ state: 'attached' });
  }

  /** Waits until that page is open; `path` is the address without the host. */
  async arrives(path: string | RegExp): Promise<void> {
    const address = expect.poll(() => this.address, { message: 'the address' });
    await (typeof path === 'string' ? address.toBe(path) : address.toMatch(path));
    await this.page.waitForLoadState();
    await this.awake();
    await this.stands();
  }

  /**
   * Waits until the page is there whole. The program changes the address before the data of the page has come: till
   * then there is a sketch of it, or the page before, and what is typed into that is lost.
   */
  private async stands(): Promise<void> {
    if (this.script !== 'wasm') return;
    // When the program rests for the first time, it has asked for what the new address needs.
    const rests = () => this.page.locator('html').evaluate(() => new Promise((done) => setTimeout(done)));
    await rests();
    await expect.poll(() => this.#asked.size, { message: 'what the program waits for' }).toBe(0);
    await rests();
    await this.page.locator('main:not(:has(.skeleton)) h1').first().waitFor();
  }

  /** Where the visitor is: path and query. */
  get address(): string {
    const url = new URL(this.page.url());
    return url.pathname + url.search;
  }

  /** Another tab of the same browser. */
  async tab(): Promise<Visitor> {
    return new Visitor(await this.context.newPage(), this.house, this.script);
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name: string): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name, exact: true });
  }

  /** What is said at the top of a form when something is wrong with it. */
  get problems(): Locator {
    return this.page.locator('.error-summary');
  }

  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) await this.field(label).fill(text);
  }

  async press(name: string): Promise<void> {
    await this.button(name).click();
  }

  /** Ticks a box or chooses one of several; the whole line can be tapped, as its label covers it. */
  async choose(label: string): Promise<void> {
    const control = this.field(label);
    if (!(await control.isChecked())) await this.labelOf(control).then((words) => words.click());
    await expect(control).toBeChecked();
  }

  /** Takes the tick away. */
  async untick(label: string): Promise<void> {
    const control = this.field(label);
    if (await control.isChecked()) await this.labelOf(control).then((words) => words.click());
    await expect(control).not.toBeChecked();
  }

  private async labelOf(control: Locator): Promise<Locator> {
    return this.page.locator(`label[for="${await control.getAttribute('id')}"]`);
  }

  async follow(name: string): Promise<void> {
    await this.link(name).click();
  }

  /** Expects a message at a field, tied to it for those who do not see it, and what was typed still there. */
  async sees(message: string | RegExp, at: string, typed?: string): Promise<void> {
    await expect(this.field(at)).toHaveAttribute('aria-invalid', 'true');
    const [error] = ((await this.field(at).getAttribute('aria-describedby')) ?? '').split(' ');
    await expect(this.page.locator(`[id="${error}"]`)).toHaveText(message);
    if (typed !== undefined) await expect(this.field(at)).toHaveValue(typed);
  }

  async logsIn(login: string, password: string): Promise<void> {
    await this.open('/login');
    await this.fill({ 'E-mail or username': login, Password: password });
    await this.press('Log in');
  }

  async logsOut(): Promise<void> {
    await this.page.getByRole('banner').locator('summary').click();
    await this.press('Log out');
    await this.arrives('/login');
  }

  /** The newest mail to somebody, as soon as there is one. */
  async mail(to: string, subject: string): Promise<Mail> {
    let found: Mail | undefined;
    const look = async () => {
      const mails = await this.house.mails();
      found = mails.findLast((mail) => mail.to.includes(to) && mail.subject === subject);
      return found !== undefined;
    };
    await expect.poll(look, { message: `a mail to ${to}: ${subject}` }).toBe(true);
    if (!found) throw new Error('no mail');
    return found;
  }
}
