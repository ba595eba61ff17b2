// O2: whatever is sent twice is done once: by a finger that taps twice, and by a browser that sends a form anew.

import type { Locator } from '@playwright/test';
import { addPriceList, openAccount, row } from '../help/office.ts';
import { expect, test } from '../help/test.ts';
import type { Script, Visitor } from '../help/visitor.ts';

/** Taps twice, and then sends what was sent once more, as a browser does that reloads the answer to a form. */
async function sendTwice(visitor: Visitor, button: string, done: RegExp | Locator): Promise<void> {
  const sent = visitor.page.waitForRequest((request) => request.method() === 'POST');
  await visitor.button(button).dblclick();
  const form = await sent;
  await (done instanceof RegExp ? visitor.arrives(done) : expect(done).toBeVisible());
  const page = new URL(visitor.page.url());
  const again = await visitor.page.request.post(form.url(), {
    data: form.postData() ?? '',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html', Referer: page.href },
  });
  expect(again.status()).toBe(200);
  expect(new URL(again.url()).pathname, 'both lead to the same page').toBe(page.pathname);
}

const ways: [Script, string][] = [['wasm', '@desktop'], ['off', '@phone']];
for (const [script, tag] of ways) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('O2: an account, its contact, a product and a price list are each made once', async ({ owner, house }) => {
      await owner.open('/office/accounts/new');
      await owner.fill({ Organisation: 'Twice Ltd' });
      await sendTwice(owner, 'Save', /^\/office\/accounts\/[0-9a-f-]+\?done=added$/);
      await owner.open('/office/accounts?q=twice');
      await expect(row(owner, 'Twice Ltd')).toHaveCount(1);

      const account = await openAccount(owner, 'Twice Ltd');
      await owner.open(`${account}/contacts/new`);
      await owner.fill({ 'First name': 'Tess', 'Last name': 'Twice', 'E-mail address': 'tess@twice.example' });
      await sendTwice(owner, 'Save', /^\/office\/contacts\/[0-9a-f-]+\?done=added$/);
      await owner.open(`${account}/contacts`);
      await expect(row(owner, 'Tess Twice')).toHaveCount(1);
      await owner.mail('tess@twice.example', 'Activate your sign-in');
      expect((await house.mails()).filter(({ to }) => to.includes('tess@twice.example'))).toHaveLength(1);

      await owner.open('/office/products/new');
      await owner.fill({ Name: 'Twice Product' });
      await sendTwice(owner, 'Add', /^\/office\/products\/[0-9a-f-]+\?done=added$/);
      await owner.open('/office/products');
      await expect(row(owner, 'Twice Product')).toHaveCount(1);

      await owner.open('/office/price-lists/new');
      await owner.fill({ Name: 'Twice List', Currency: 'EUR', Start: '2026-01-01' });
      await sendTwice(owner, 'Add', /^\/office\/price-lists\/[0-9a-f-]+\?done=added$/);
      await addPriceList(owner, 'Once List');
      await owner.open('/office/price-lists');
      await expect(row(owner, /(Twice|Once) List/)).toHaveCount(2);
    });

    test('O2 A3: an application is sent once, and says so once', async ({ stranger, owner, house }) => {
      await stranger.open('/apply');
      await stranger.fill({
        Organisation: 'Umbrella Ltd',
        'First name': 'Uma',
        'Last name': 'Brella',
        'E-mail address': 'uma@umbrella.example',
        Phone: '+49 30 123456',
        Country: 'Germany',
      });
      await sendTwice(stranger, 'Send application', stranger.heading('Your application has arrived'));
      await owner.open('/office/applications');
      await expect(row(owner, 'Umbrella Ltd')).toHaveCount(1);
      await owner.mail('uma@umbrella.example', 'We have received your application');
      expect((await house.mails()).filter(({ to }) => to.includes('uma@umbrella.example'))).toHaveLength(1);
    });
  });
}

test('A11: whose it is not finds nothing, at any address of it', { tag: '@desktop' }, async ({
  acme,
  globex,
  client,
  owner,
}) => {
  /** Where the first link to something of this kind leads on a page. */
  const found = async (visitor: Visitor, page: string, below: string) => {
    await visitor.open(page);
    const link = visitor.page.getByRole('main').locator(`a[href^="${below}"]`);
    const addresses = await Promise.all((await link.all()).map((one) => one.getAttribute('href')));
    const address = addresses.find((one) => /\/[0-9a-f-]{36}$/.test(one ?? ''));
    if (!address) throw new Error(`nothing on ${page}`);
    return address;
  };
  const status = async (visitor: Visitor, path: string) => {
    const headers = { Accept: 'text/html' };
    return (await visitor.page.request.get(`${visitor.house.url}${path}`, { headers, maxRedirects: 0 })).status();
  };
  const nothing = async (visitors: Visitor[], paths: string[]) => {
    for (const path of paths) {
      for (const visitor of visitors) expect(await status(visitor, path), path).toBe(404);
    }
  };

  const account = await found(owner, '/office/accounts?q=acme', '/office/accounts/');
  const office = [
    account,
    ...['contacts', 'contacts/new', 'price-list', 'customers', 'licenses', 'history', 'seen-as'].map((part) => `${account}/${part}`),
    await found(owner, `${account}/contacts`, '/office/contacts/'),
    await found(owner, '/office/products', '/office/products/'),
    await found(owner, '/office/price-lists', '/office/price-lists/'),
    await found(owner, '/office/applications', '/office/applications/'),
  ];
  for (const path of office) expect(await status(owner, path), path).toBe(200);
  await nothing([acme, globex, client], office);

  await acme.open('/customers/import');
  await acme.field('Or paste the lines').fill('E-mail address,First name,Last name\nann@broom.example,Ann,Broom');
  await acme.press('Check');
  await acme.arrives(/^\/customers\/import\/[0-9a-f-]+$/);
  const draft = acme.address;
  const acmes = [
    await found(acme, '/customers', '/customers/'),
    await found(acme, '/team', '/team/'),
    await found(acme, '/licenses', '/licenses/'),
  ];
  const order = await found(acme, acmes.at(-1) ?? '', '/licenses/created/');
  acmes.push(order, `${order}/keys.txt`);
  for (const path of acmes) expect(await status(acme, path), path).toBe(200);
  await nothing([globex, client, owner], acmes);
  const nobodys = draft.replace(/[^/]+$/, '01935f6e-7b1c-7000-8000-00000badcafe');
  expect(await status(globex, draft), 'a draft of others is like none').toBe(await status(globex, nobodys));
  expect(await status(acme, draft)).toBe(200);
});
