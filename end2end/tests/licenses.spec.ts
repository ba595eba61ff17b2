// L9, L14, L15: the license list and the license page.

import { ACME } from '../help/demo.ts';
import { KEY, createLicenses, keysOf } from '../help/stories.ts';
import { SCRIPTS, expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

const rows = (visitor: Visitor) => visitor.page.locator('tbody tr');

/** What the address says of the view. */
const view = (visitor: Visitor) => Object.fromEntries(new URL(visitor.page.url()).searchParams);

async function search(visitor: Visitor, words: string): Promise<void> {
  await visitor.field('Search licenses').fill(words);
  await visitor.press('Search');
}

for (const script of SCRIPTS) {
  test.describe(`script ${script}`, () => {
    test.use({ script });

    test('L14: found by customer, note and order; the address holds the view', async ({ acme }) => {
      await acme.open('/licenses');
      await expect(rows(acme)).toHaveCount(ACME.licenses);
      for (const [words, count] of [['northw', 3], ['anna@northwind.example', 3], ['PO 2026', 4], ['5512', 1]] as const) {
        await search(acme, words);
        await expect(rows(acme)).toHaveCount(count);
        await expect.poll(() => view(acme)).toEqual({ q: words });
        await acme.reload();
        await expect(rows(acme)).toHaveCount(count);
        await expect(acme.field('Search licenses')).toHaveValue(words);
      }
      await search(acme, 'nothing of the kind');
      await expect(acme.page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
      await acme.page.getByRole('link', { name: 'Clear filters' }).last().click();
      await acme.arrives('/licenses');
      await expect(rows(acme)).toHaveCount(ACME.licenses);
    });

    test('L14: a key is found by its beginning, and a whole one never stands in the address', async ({ acme }) => {
      const [key = ''] = await createLicenses(acme, { user: 'Northwind Traders' });
      const addresses: string[] = [];
      acme.page.on('request', (request) => addresses.push(request.url()));
      await acme.open('/licenses');
      for (const typed of [key.slice(0, 5), key, key.toLowerCase().replaceAll('-', ' '), key.replaceAll('-', '')]) {
        await search(acme, typed);
        await acme.arrives(/^\/licenses\?q=/);
        await expect(rows(acme)).toHaveCount(1);
        await expect(rows(acme)).toContainText(key.slice(0, 5));
        const told = decodeURIComponent(acme.address.split('q=')[1] ?? '').replaceAll(/[^0-9a-z]/gi, '');
        expect(told.length).toBeLessThanOrEqual(10);
      }
      const bare = key.replaceAll('-', '');
      const seen = addresses.map((address) => decodeURIComponent(address).toUpperCase().replaceAll(/[^0-9A-Z]/g, ''));
      expect(seen.filter((address) => address.includes(bare))).toEqual([]);
    });

    test('L14: filters and order stand in the address and survive a reload', async ({ acme }) => {
      await acme.open('/licenses');
      await acme.follow('Trials');
      await acme.arrives('/licenses?type=trial');
      await expect(rows(acme)).toHaveCount(3);
      await acme.open('/licenses');
      await acme.page.getByRole('main').locator('summary').click();
      await acme.field('Payment status').selectOption('pending');
      await acme.field('Product').selectOption('Store Manager for PrestaShop');
      await acme.field('Order').selectOption('Oldest first');
      await acme.press('Apply');
      await acme.arrives(/^\/licenses\?/);
      await expect(rows(acme)).toHaveCount(2);
      expect(view(acme)).toEqual({ payment: 'pending', product: expect.any(String), sort: 'oldest' });
      const shown = await rows(acme).allInnerTexts();
      await acme.reload();
      expect(await rows(acme).allInnerTexts()).toEqual(shown);
      await expect(acme.field('Payment status')).toHaveValue('pending');
      await expect(acme.field('Order')).toHaveValue('oldest');
    });

    test('L8 L15: notes, details and customer paid are changed, and the details sent again', async ({ acme }) => {
      await acme.open('/licenses?q=2026-131');
      await acme.link('Store Manager for PrestaShop').click();
      await acme.arrives(/^\/licenses\/[0-9a-f-]+$/);
      const [key = ''] = await keysOf(acme);
      expect(key).toMatch(KEY);
      const payment = acme.page.locator('.lede');
      await expect(payment).toContainText('Payment Pending');

      await acme.field('Reseller notes').fill('Paid in cash');
      await acme.field('Customer details').fill('Call us first.');
      await acme.choose('Customer paid');
      await acme.field('Customer paid date').fill('2026-01-31');
      await acme.press('Save');
      await expect(acme.page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
      await acme.awake();
      await acme.reload();
      await expect(acme.field('Reseller notes')).toHaveValue('Paid in cash');
      await expect(acme.field('Customer details')).toHaveValue('Call us first.');
      await expect(acme.field('Customer paid')).toBeChecked();
      await expect(acme.field('Customer paid date')).toHaveValue('2026-01-31');
      await expect(payment, 'customer paid changes nothing that is owed').toContainText('Payment Pending');

      await acme.press('Resend details');
      await expect(acme.page.getByRole('status').filter({ hasText: 'Sent.' })).toBeVisible();
      const mail = await acme.mail('customer@client.example', 'Your license key');
      expect(mail.text).toContain(key);
      expect(mail.text).toContain('Call us first.');
      expect(mail.text).not.toContain('Paid in cash');
    });

    test('L1 L15: the keys of an order are downloaded and sent, and another can be created', async ({ acme }) => {
      const keys = await createLicenses(acme, { user: 'Fabrikam GmbH', quantity: '3' });
      await expect(acme.button('Copy all'), 'where a script can copy').toBeVisible({ visible: acme.script !== 'off' });
      const file = await acme.page.request.get(`${acme.page.url()}/keys.txt`);
      const downloaded = acme.page.waitForEvent('download');
      await acme.follow('Download');
      expect((await downloaded).suggestedFilename()).toMatch(/^keys-O-\d+\.txt$/);
      expect((await file.text()).trim().split('\n').slice(-3)).toEqual(keys);

      await acme.press('Send to customer');
      await expect(acme.page.getByRole('status').filter({ hasText: 'Sent' })).toBeVisible();
      const mail = await acme.mail('buero@fabrikam.example', 'Your license keys');
      for (const key of keys) expect(mail.text).toContain(key);

      await acme.press('Create another');
      await acme.arrives(/^\/licenses\/new\/[^/]+\/details$/);
      await expect(acme.page.getByRole('main')).toContainText('Fabrikam GmbH');
    });
  });
}

test('L1: keys are copied one by one and all together', { tag: '@desktop' }, async ({ acme }) => {
  await acme.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const keys = await createLicenses(acme, { user: 'Fabrikam GmbH', quantity: '2' });
  const copied = () => acme.page.evaluate(() => navigator.clipboard.readText());
  await acme.button('Copy all').click();
  await expect.poll(copied).toBe(keys.join('\n'));
  await acme.button('Copy').first().click();
  await expect.poll(copied).toBe(keys[0]);
  await expect(acme.button('Copied').first()).toBeVisible();
});

test('L14: a customer is searched for while typing, in the list and in the wizard', { tag: '@desktop' }, async ({ acme }) => {
  await acme.open('/customers');
  await acme.field('Search customers').fill('fabri');
  await acme.press('Search');
  await acme.arrives('/customers?q=fabri');
  await expect(rows(acme)).toHaveCount(1);
  await acme.open('/licenses/new');
  await acme.button('Create license').first().click();
  await acme.arrives(/\/user$/);
  await acme.field('Search customers').fill('vogel');
  await expect(acme.page.getByRole('radio', { name: 'Northwind Traders', exact: true })).toHaveCount(0);
  await expect(acme.page.getByRole('radio', { name: 'Fabrikam GmbH', exact: true })).toBeVisible();
});
