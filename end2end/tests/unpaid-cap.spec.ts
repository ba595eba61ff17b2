// L7: at most 10 unpaid licenses; the demo's reseller has taken 4 of the slots.

import { ACME } from '../help/demo.ts';
import { countLicenses, create, createLicenses, enterDetails, pickProduct, pickUser, reviewLicenses } from '../help/stories.ts';
import { SCRIPTS, expect, test } from '../help/test.ts';

for (const script of SCRIPTS) {
  test.describe(`script ${script}`, { tag: '@desktop' }, () => {
    test.use({ script });

    test('L7: more licenses than slots are refused whole, with the numbers and the way out', async ({ acme }) => {
      await pickProduct(acme);
      await pickUser(acme, 'Northwind Traders');
      await enterDetails(acme, { quantity: '7', notes: 'stays' });
      await acme.press('Review');
      await expect(acme.problems).toBeFocused();
      await expect(acme.problems).toContainText('6 of 10 unpaid slots left, 7 asked for.');
      await expect(acme.field('Quantity')).toHaveValue('7');
      await expect(acme.field('Reseller notes')).toHaveValue('stays');
      expect(await countLicenses(acme)).toBe(ACME.licenses);

      await acme.field('Quantity').fill('6');
      await acme.press('Review');
      await acme.arrives(/\/review$/);
      expect(await create(acme)).toHaveLength(6);

      await acme.open('/');
      await expect(acme.page.getByRole('meter', { name: '10 of 10 unpaid licenses' })).toBeVisible();
      await expect(acme.page.getByText('0 slots left')).toBeVisible();
    });

    test('L7: slots that are taken while one reads the review are missed there, and fewer can be created', async ({ acme }) => {
      await reviewLicenses(acme, { user: 'Northwind Traders', quantity: '6', notes: 'kept' });
      const colleague = await acme.tab();
      await createLicenses(colleague, { user: 'Fabrikam GmbH', quantity: '2' });

      await acme.press('Create license(s)');
      await expect(acme.page.getByText('4 of 10 unpaid slots left, 6 asked for.').first()).toBeVisible();
      await acme.press('Lower the quantity to 4');
      await expect(acme.page.getByText('4 licenses', { exact: true }).first()).toBeVisible();
      await expect(acme.page.getByText('kept')).toBeVisible();
      expect(await create(acme)).toHaveLength(4);
      expect(await countLicenses(acme)).toBe(ACME.licenses + 6);
    });
  });
}

test('L7 P3: slots, price and the day a trial ends are shown while typing', async ({ acme }) => {
  await pickProduct(acme);
  await pickUser(acme, 'Contoso Retail');
  await expect(acme.page.getByText('1 × € 139.30')).toBeVisible();
  await expect(acme.page.getByText('6 of 10 unpaid slots left', { exact: true })).toBeVisible();

  await acme.field('Quantity').fill('6');
  await expect(acme.page.getByText('6 × € 139.30')).toBeVisible();
  await expect(acme.page.locator('.action-note')).toContainText('€ 835.80');

  // From 10 on the price list says half; and more than the slots is said at once.
  await acme.field('Quantity').fill('12');
  await expect(acme.page.getByText('12 × € 99.50')).toBeVisible();
  await expect(acme.page.getByText('6 of 10 unpaid slots left, 6 too many')).toBeVisible();
  await expect(acme.page.getByRole('alert').filter({ hasText: '12 licenses are more than the 6 slots left' })).toBeVisible();

  await acme.field('Quantity').fill('1');
  await acme.choose('Trial');
  await expect(acme.page.getByText(/^30 days, free, until \d+ \w+ \d{4}$/)).toBeVisible();
  await expect(acme.page.locator('.action-note')).toContainText('€ 0.00');
  await expect(acme.page.getByRole('alert')).toHaveCount(0);
});

test('L4 L6: what a customer may not have is said before anything is sent', { tag: '@desktop' }, async ({ acme }) => {
  await pickProduct(acme, undefined, 'Additional license');
  await pickUser(acme, 'Contoso Retail');
  await expect(acme.page.getByRole('alert')).toContainText('A primary license comes first');
  await acme.press('Review');
  await expect(acme.problems).toContainText('An additional license works only beside a primary one.');

  await pickProduct(acme, 'Store Manager for OpenCart');
  await pickUser(acme, 'Contoso Retail');
  await acme.choose('Trial');
  await expect(acme.page.getByRole('alert')).toContainText('The trial is used up');
  await acme.press('Review');
  await expect(acme.problems).toContainText('This customer has had a trial of Store Manager for OpenCart before.');

  await acme.field('Quantity').fill('2');
  await acme.press('Review');
  await acme.sees('A trial is one license: there is one per product and customer.', 'Quantity', '2');
});
