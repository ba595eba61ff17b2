// B9, L5, P4: licenses are given back, trials are upgraded, and resellers record what they take themselves.

import { said } from '../help/office.ts';
import { OPENCART, PRIMARY, createButton, createLicenses } from '../help/stories.ts';
import { WAYS, expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

/** Creates one license and opens its page. */
async function buy(reseller: Visitor, type?: 'Trial'): Promise<void> {
  const wish = { product: OPENCART, option: PRIMARY, user: 'My own organisation', quantity: '1' };
  const [key] = await createLicenses(reseller, type ? { ...wish, type } : wish);
  await reseller.open(`/licenses?q=${(key ?? '').slice(0, 11)}`);
  await reseller.page.getByRole('main').locator('tbody tr a').first().click();
  await reseller.arrives(/^\/licenses\/[0-9a-f-]+$/);
}

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('B9: a license is given back with a reason, and its key is dead', async ({ acme }) => {
      await buy(acme);
      const card = acme.page.getByRole('region', { name: 'Give back' });
      await expect(card).toContainText('its unpaid slot is free');
      await acme.press('Give license back');
      await expect(acme.problems).toContainText('Enter why it is given back; it stands on the credit note.');
      await acme.field('Reason').fill('Bought by mistake');
      await acme.press('Give license back');
      await expect(said(acme, 'License refunded. Its key no longer works, and a credit note was issued.')).toBeVisible();
      await expect(acme.page.getByRole('main')).toContainText('Revoked');
      await expect(acme.page.getByRole('main')).toContainText('Refunded');
      await expect(card).toHaveCount(0);
    });

    test('L5: a trial becomes permanent under the same key', async ({ acme }) => {
      await buy(acme, 'Trial');
      const key = await acme.page.locator('#key').innerText();
      await acme.follow('Upgrade');
      await acme.arrives(/^\/licenses\/[0-9a-f-]+\/upgrade$/);
      const offer = acme.page.getByRole('region', { name: `${OPENCART}, ${PRIMARY}` });
      await expect(offer).toContainText('Permanent, with updates for six months');
      await offer.getByRole('button', { name: 'Upgrade' }).click();
      await acme.arrives(/^\/licenses\/[0-9a-f-]+\?done=upgraded$/);
      await expect(said(acme, 'Upgraded. The key is the same as before.')).toBeVisible();
      await expect(acme.page.locator('#key')).toHaveText(key);
      await expect(acme.page.getByRole('main')).toContainText('Permanent');
      await expect(acme.link('Upgrade')).toHaveCount(0);
    });

    test('P4: a resale price is recorded, with a warning below the floor', async ({ acme }) => {
      await acme.open('/catalog');
      const shelf = acme.page.getByRole('region', { name: OPENCART, exact: true });
      await expect(createButton(acme, OPENCART, PRIMARY)).toBeVisible();
      await shelf.getByRole('link', { name: 'Set resale price' }).first().click();
      await acme.arrives(/^\/catalog\/[0-9a-f-]+\/resale-price$/);
      await acme.field('Resale price').fill('cheap');
      await acme.press('Save');
      await acme.sees(/^Enter an amount like/, 'Resale price', 'cheap');
      await acme.field('Resale price').fill('100.00');
      await acme.press('Save');
      await acme.arrives('/catalog');
      await expect(shelf).toContainText('Your resale price: € 100.00.');
      await expect(shelf).toContainText('90 % of the list price. You can keep it.');
    });
  });
}
