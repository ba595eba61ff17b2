// O1, C3, C4: from the basket over the checkout to licenses, also where the credit is not enough at first.

import type { Visitor } from '../help/visitor.ts';
import { orderState, setLimit } from '../help/money.ts';
import { openAccount, row, said } from '../help/office.ts';
import { OPENCART, PRESTASHOP, PRIMARY, RESULT, enterPerson, giveAccess, keysOf } from '../help/stories.ts';
import { WAYS, expect, test } from '../help/test.ts';

/** Puts an option of the catalog into the basket. */
async function addToBasket(reseller: Visitor, product: string, option = PRIMARY): Promise<void> {
  await reseller.open('/catalog');
  const shelf = reseller.page.getByRole('region', { name: product, exact: true });
  const heading = reseller.page.getByRole('heading', { name: option, exact: true });
  await shelf.getByRole('listitem').filter({ has: heading }).getByRole('button', { name: 'Add to basket' }).click();
  await reseller.arrives('/basket');
}

/** From the basket to the checkout. */
async function checkout(reseller: Visitor): Promise<void> {
  await reseller.follow('Checkout');
  await reseller.arrives('/basket/checkout');
}

/** Places the order; its number, where it is held. */
async function placeHeld(reseller: Visitor): Promise<string> {
  await reseller.press('Place order');
  await reseller.arrives(RESULT);
  const title = reseller.heading(/^Order O-\d+ is held$/);
  await expect(title).toBeVisible();
  return /O-(\d+)/.exec(await title.innerText())?.[1] ?? '';
}

/** Opens an option of a product in the back office. */
async function openOption(staff: Visitor, product: string): Promise<void> {
  await staff.open('/office/products');
  await staff.follow(product);
  await staff.arrives(/^\/office\/products\/[0-9a-f-]+$/);
  await staff.follow(PRIMARY);
  await staff.arrives(/\/option\?option=[0-9a-f-]+$/);
}

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('C2 C3 C4: over the limit of 0 it is held, and executed by staff once the limit is raised', async ({ owner, globex }) => {
      await addToBasket(globex, PRESTASHOP);
      await expect(globex.page.getByText(/This exceeds your available credit of € 0\.00/)).toBeVisible();
      await expect(globex.page.getByText(/^Kept until /)).toBeVisible();
      await checkout(globex);
      await globex.choose('My own organisation');
      const number = await placeHeld(globex);
      // C6: what is missing can be topped up, also from the order's page.
      await expect(globex.page.getByRole('main').getByRole('link', { name: 'Top up credit' })).toHaveAttribute('href', '/billing/top-up');
      await globex.open(`/orders/${number}`);
      await globex.follow('Top up credit');
      await globex.arrives('/billing/top-up');

      await openAccount(owner, 'Globex Corporation');
      await owner.page.getByRole('navigation', { name: 'Parts of the account' }).getByRole('link', { name: 'Orders' }).click();
      await owner.arrives(/^\/office\/accounts\/[0-9a-f-]+\/orders$/);
      await expect(row(owner, `O-${number}`)).toContainText(/missing/);
      await owner.page.getByRole('group', { name: 'Quick filters' }).getByRole('link', { name: 'Held' }).click();
      await owner.arrives(/\/orders\?state=submitted$/);
      await expect(row(owner, `O-${number}`)).toContainText('Held');

      await owner.open('/office/orders');
      const held = owner.page.getByRole('region', { name: 'Held' }).locator('tbody tr').filter({ hasText: `O-${number}` });
      await expect(held).toContainText(/missing/);
      await setLimit(owner, 'Globex Corporation', '1000.00', /1,000\.00/);
      await owner.open('/office/orders');
      await expect(held).toContainText('Affordable now');
      await owner.follow(`O-${number}`);
      await owner.arrives(`/office/orders/${number}`);
      await owner.press('Execute');
      await expect(orderState(owner, 'Executed')).toBeVisible();

      await globex.open(`/orders/${number}`);
      await expect(globex.page.getByRole('heading', { name: '1 license', exact: true })).toBeVisible();
      await expect(globex.page.getByRole('region', { name: 'History' })).toContainText(/executed/i);
    });

    test('O1: a customer is created inside the checkout, which keeps what was typed', async ({ acme }) => {
      await addToBasket(acme, OPENCART);
      await checkout(acme);
      await acme.fill({ 'Reseller notes': 'PO 2026-118' });
      await acme.press('Create new customer');
      await acme.arrives(/^\/customers\/new\/[^/]+$/);
      await enterPerson(acme, { email: 'otto@northsea.example', firstName: 'Otto', lastName: 'Holm', company: 'South Sea Trading' });
      await giveAccess(acme);
      await acme.arrives('/basket/checkout');
      await expect(acme.field('South Sea Trading')).toBeChecked();
      await expect(acme.field('Reseller notes')).toHaveValue('PO 2026-118');
      await acme.press('Place order');
      await acme.arrives(RESULT);
      expect(await keysOf(acme)).toHaveLength(1);
    });

    test('O1: terms of use are accepted before the order, and kept with it', async ({ owner, acme }) => {
      await openOption(owner, OPENCART);
      await owner.fill({ 'Terms of use': 'One shop each.\nNo resale of used licenses.' });
      await owner.press('Save');
      await expect(said(owner, /saved/i)).toBeVisible();

      await addToBasket(acme, OPENCART);
      await checkout(acme);
      await acme.choose('My own organisation');
      await acme.press('Place order');
      await acme.sees('Accept the terms of use to go on.', 'I accept the terms of use');
      await acme.page.getByText(`${OPENCART}, ${PRIMARY}`, { exact: true }).first().click();
      await expect(acme.page.getByText('No resale of used licenses.')).toBeVisible();

      // Staff change them meanwhile: what was read is not what would be accepted.
      await openOption(owner, OPENCART);
      await owner.fill({ 'Terms of use': 'Two shops each.' });
      await owner.press('Save');
      await expect(said(owner, /saved/i)).toBeVisible();
      await acme.choose('I accept the terms of use');
      await acme.press('Place order');
      await expect(acme.page.getByText(/The terms of use have changed since you saw them/).first()).toBeVisible();
      await expect(acme.field('I accept the terms of use')).not.toBeChecked();
      await acme.choose('My own organisation');
      await acme.choose('I accept the terms of use');
      await acme.press('Place order');
      await acme.arrives(RESULT);
      await acme.page.getByRole('link', { name: /^O-\d+$/ }).click();
      await acme.arrives(/^\/orders\/\d+$/);
      const terms = acme.page.getByRole('region', { name: 'Terms of use' });
      await expect(terms).toContainText(/Accepted by .*Two shops each\./s);
    });

    test('P3: a price that changed since the basket was filled is told and confirmed', async ({ owner, acme }) => {
      await addToBasket(acme, OPENCART);
      await checkout(acme);
      await openOption(owner, OPENCART);
      await owner.fill({ 'List prices': 'EUR 200.00' });
      await owner.press('Save');
      await expect(said(owner, /saved/i)).toBeVisible();
      await acme.choose('My own organisation');
      await acme.press('Place order');
      await expect(acme.page.getByText(/costs € 140\.00 each now/).first()).toBeVisible();
      await acme.open('/basket');
      await acme.press('Confirm the changes');
      await expect(acme.link('Checkout')).toBeVisible();
      await checkout(acme);
      await acme.choose('My own organisation');
      await acme.press('Place order');
      await acme.arrives(RESULT);
      expect(await keysOf(acme)).toHaveLength(1);
    });

    test('X3: a wrong quantity stays at its line of the basket, and a right one is reckoned', async ({ acme }) => {
      await addToBasket(acme, OPENCART);
      await acme.field('Quantity').fill('a few');
      await acme.press('Change');
      await acme.sees('Enter a whole number from 0 to 1000.', 'Quantity', 'a few');
      await acme.field('Quantity').fill('2');
      await acme.press('Change');
      await expect(acme.page.getByText(`2 × ${OPENCART}, ${PRIMARY}`)).toBeVisible();
    });

    test('B4: an option says how a subscription of it is billed', async ({ owner }) => {
      await owner.open('/office/products');
      await owner.follow('Cloud Backup');
      await owner.arrives(/^\/office\/products\/[0-9a-f-]+$/);
      await owner.follow('Monthly subscription');
      await owner.arrives(/\/option\?option=[0-9a-f-]+$/);
      const option = owner.address;
      await owner.field('Charged').selectOption({ label: 'In arrears' });
      await owner.field('Part of a period').selectOption({ label: 'Whole period' });
      await owner.field('Billing day').selectOption({ label: 'Day 15 of month' });
      await owner.press('Save');
      await expect(said(owner, /saved/i)).toBeVisible();
      await owner.open(option);
      await expect(owner.field('Charged')).toHaveValue('arrears');
      await expect(owner.field('Billing day')).toHaveValue('15');
    });
  });
}
