// A running subscription: licenses are added in mid-term, fewer are renewed, it is canceled, and goes on after all; staff change its
// price (B1, B2, P3).

import { openAccount, said } from '../help/office.ts';
import { RESULT, keysOf, pickProduct, pickUser, review } from '../help/stories.ts';
import { WAYS, expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

const BACKUP = 'Cloud Backup';

/** Orders two licenses by the month and opens the page of the first. */
async function subscribe(reseller: Visitor): Promise<void> {
  await pickProduct(reseller, BACKUP, 'Monthly subscription');
  await pickUser(reseller, 'Northwind Traders');
  await review(reseller, { quantity: '2' });
  await reseller.press('Create license(s)');
  await reseller.arrives(RESULT);
  await reseller.open('/licenses');
  await reseller.page.getByRole('link', { name: BACKUP }).first().click();
  await reseller.arrives(/^\/licenses\/[0-9a-f-]+$/);
}

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('B2: licenses are added for the days that are left, and follow the others', async ({ acme }) => {
      await subscribe(acme);
      await expect(acme.page.getByText('2 licenses', { exact: true })).toBeVisible();
      await acme.follow('Add licenses');
      await acme.arrives(/\/add$/);
      await acme.field('Quantity').fill('a few');
      await acme.press('Show the price');
      await acme.arrives(/\/add\?quantity=a\+few$/);
      await acme.sees('Enter a whole number from 1 to 1000.', 'Quantity', 'a few');
      await expect(acme.page.getByRole('button', { name: /^Add \d/ })).toHaveCount(0);
      await acme.field('Quantity').fill('3');
      await acme.press('Show the price');
      await acme.arrives(/\/add\?quantity=3$/);
      await expect(acme.page.getByText(/^3 × € /)).toBeVisible();
      await acme.press('Add 3 licenses');
      await acme.arrives(RESULT);
      expect(await keysOf(acme)).toHaveLength(3);
    });

    test('P3 B1: fewer are renewed, then none, and then all goes on', async ({ acme }) => {
      await subscribe(acme);
      await acme.field('Licenses to renew').fill('3');
      await acme.press('Change');
      await acme.sees('Enter a whole number from 1 to 2.', 'Licenses to renew', '3');
      await acme.field('Licenses to renew').fill('1');
      await acme.press('Change');
      await expect(acme.page.getByText('1 license', { exact: true })).toBeVisible();

      await acme.page.getByText('Cancel the subscription').click();
      await acme.press('Cancel at the end of the period');
      await expect(acme.page.getByText(/^It was canceled and ends on \d+ \w+ \d{4}\./)).toBeVisible();
      await acme.press('Take the cancellation back');
      await expect(acme.page.getByText(/^It was canceled/)).toHaveCount(0);
    });

    test('P3: staff change the price of what runs, and the reseller sees from when on', async ({ acme, owner }) => {
      await subscribe(acme);
      const license = new URL(acme.page.url()).pathname;
      const account = await openAccount(owner, 'ACME Ltd');
      await owner.open(`${account}/licenses`);
      await owner.page.getByRole('main').getByRole('link', { name: BACKUP }).first().click();
      await owner.arrives(/^\/office\/licenses\/[0-9a-f-]+\/refund$/);
      await owner.follow('Change price');
      await owner.arrives(/\/price$/);
      await owner.field('Price of one').fill('cheap');
      await owner.press('Show what it does');
      await owner.sees(/^Enter an amount like/, 'Price of one', 'cheap');
      await owner.field('Price of one').fill('11.00');
      await owner.choose('From today on');
      await owner.press('Show what it does');
      await owner.arrives(/\/price\?price=11(\.|%2E)00&from=today$/);
      const main = owner.page.getByRole('main');
      await expect(main).toContainText(/Credited: 2 × € [\d.]+/);
      await expect(main).toContainText('Charged: 2 × € 11.00');
      await owner.press('Change price');
      await expect(owner.problems).toContainText('Enter why the price changes; the reseller reads it.');
      await owner.field('Reason').fill('Agreed by phone');
      await owner.press('Change price');
      await owner.arrives(/\/price\?done=changed$/);
      await expect(said(owner, 'Changed. The reseller was told by e-mail.')).toBeVisible();

      await owner.field('Price of one').fill('12.00');
      await owner.choose('From the next period on');
      await owner.press('Show what it does');
      await owner.field('Reason').fill('Agreed by phone');
      await owner.press('Change price');
      await owner.arrives(/\/price\?done=changed$/);
      await acme.open(license);
      await expect(acme.page.getByRole('main')).toContainText(/€ 11\.00 per month\s*Since \d+ \w+ \d{4}\./);
      await expect(acme.page.getByRole('main')).toContainText(/€ 12\.00 per month from \d+ \w+ \d{4} on/);
    });
  });
}
