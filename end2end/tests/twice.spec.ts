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
