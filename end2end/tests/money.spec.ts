// The money side on a phone and on a desktop, with the program, without it, and without script: what is over the credit is
// held, staff decide on it, and who may owe nothing gets what is free.

import { SIGN_INS } from '../help/demo.ts';
import { addToBasket, checkout, heldNumber, openHeld, orderPath, orderState, setLimit } from '../help/money.ts';
import { KEY, PRESTASHOP, PRIMARY, countLicenses, create, createLicenses, keysOf, pickProduct, pickUser, review } from '../help/stories.ts';
import { SCRIPTS, WAYS, expect, test } from '../help/test.ts';

const OWN = 'My own organisation';
const NOTHING = /^€ 0\.00$/;

for (const script of SCRIPTS) {
  test.describe(`script ${script}`, () => {
    test.use({ script });

    test('O1 C3 C4: a basket over the limit is held, and executed by staff once the limit is higher', async ({ acme, owner }) => {
      const before = await countLicenses(acme);
      await setLimit(owner, 'ACME Ltd', '0', NOTHING);

      await addToBasket(acme, PRESTASHOP, PRIMARY, '2');
      await expect(acme.page.getByText('€ 278.60').first()).toBeVisible();
      await expect(acme.page.getByText('The order will be accepted and held')).toBeVisible();
      await checkout(acme, 'Northwind Traders', 'PO 2026-901');
      const number = await heldNumber(acme);
      await expect(acme.page.getByText('exceeds your available credit of').first()).toBeVisible();
      await acme.mail(SIGN_INS.acme, `Order ${number} is held`);
      expect(await countLicenses(acme)).toBe(before);

      await openHeld(owner, number);
      await expect(orderState(owner, 'Held')).toBeVisible();
      await expect(owner.page.getByText('exceeds the available credit of').first()).toBeVisible();
      await owner.press('Execute');
      await expect(owner.problems).toBeVisible();
      await expect(orderState(owner, 'Held')).toBeVisible();

      await setLimit(owner, 'ACME Ltd', '4000', /^€ 4,000\.00$/);
      await openHeld(owner, number);
      await expect(owner.page.getByText('Affordable now: it is within the available credit.')).toBeVisible();
      await owner.press('Execute');
      await expect(orderState(owner, 'Executed')).toBeVisible();
      await expect(owner.button('Execute')).toHaveCount(0);

      await acme.mail(SIGN_INS.acme, `Order ${number} has been executed`);
      await acme.open(orderPath(number));
      await expect(orderState(acme, 'Executed')).toBeVisible();
      await expect(acme.page.getByText('PO 2026-901')).toBeVisible();
      await expect(acme.page.getByRole('heading', { name: '2 licenses', exact: true })).toBeVisible();
      const keys = await acme.page.getByRole('main').locator('.rows .key').allInnerTexts();
      expect(new Set(keys).size).toBe(2);
      expect(await countLicenses(acme)).toBe(before + 2);
    });

    test('C2: who may owe nothing gets a trial at once, and anything with a price is held', async ({ globex }) => {
      await globex.open('/');
      await expect(globex.page.getByText('Limit € 0.00, less a balance of € 0.00')).toBeVisible();

      await pickProduct(globex);
      await pickUser(globex, OWN);
      await review(globex, { type: 'Permanent' });
      await globex.press('Create license(s)');
      await globex.arrives(/^\/licenses\/created\/[0-9a-f-]+$/);
      const number = await heldNumber(globex);
      await expect(globex.page.getByText('Pay € 159.20 to make it affordable').first()).toBeVisible();

      const [key] = await createLicenses(globex, { user: OWN, type: 'Trial' });
      expect(key).toMatch(KEY);
      expect(await countLicenses(globex)).toBe(1);

      await globex.open(orderPath(number));
      await globex.press('Cancel order');
      await expect(orderState(globex, 'Canceled')).toBeVisible();
      await expect(globex.button('Cancel order')).toHaveCount(0);
      expect(await countLicenses(globex)).toBe(1);
    });
  });
}

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('C4: staff execute over the credit with a tick and a reason, which the history keeps', async ({ globex, owner }) => {
      await addToBasket(globex, PRESTASHOP, PRIMARY);
      await checkout(globex, OWN);
      const number = await heldNumber(globex);

      await openHeld(owner, number);
      await owner.choose('Execute although it is over the credit');
      await owner.press('Execute');
      await owner.problems.waitFor();
      await expect(owner.field('Execute although it is over the credit')).toBeChecked();
      await owner.page.getByRole('region', { name: 'Execute', exact: true }).getByRole('textbox', { name: 'Reason' }).fill('Paid by phone');
      await owner.press('Execute');
      await expect(orderState(owner, 'Executed')).toBeVisible();
      await expect(owner.page.getByRole('main').getByText('Paid by phone').first()).toBeVisible();

      await globex.mail(SIGN_INS.globex, `Order ${number} has been executed`);
      await globex.open('/');
      await expect(globex.page.getByText('Limit € 0.00, less a balance of € 159.20')).toBeVisible();
      expect(await countLicenses(globex)).toBe(1);
    });

    test('C4 O2: staff cancel a held order with a reason that the reseller is told', async ({ globex, owner }) => {
      await addToBasket(globex, PRESTASHOP, PRIMARY);
      await checkout(globex, OWN);
      const number = await heldNumber(globex);

      await openHeld(owner, number);
      await owner.press('Cancel order');
      await owner.problems.waitFor();
      const card = owner.page.getByRole('region', { name: 'Cancel', exact: true });
      await card.getByRole('textbox', { name: 'Reason' }).fill('A double order');
      await owner.press('Cancel order');
      await expect(orderState(owner, 'Canceled')).toBeVisible();

      const { text } = await globex.mail(SIGN_INS.globex, `Order ${number} has been canceled`);
      expect(text).toContain('A double order');
      await globex.open(orderPath(number));
      await expect(orderState(globex, 'Canceled')).toBeVisible();
      await expect(globex.page.getByText('A double order').first()).toBeVisible();
    });

    test('C1 C3: the next order within a limit that was raised is executed at once', async ({ globex, owner }) => {
      await setLimit(owner, 'Globex Corporation', '159.20', /^€ 159\.20$/);
      await addToBasket(globex, PRESTASHOP, PRIMARY);
      await expect(globex.page.getByText('The order will be accepted and held')).toHaveCount(0);
      await checkout(globex, OWN);
      await expect(globex.heading('1 license created')).toBeVisible();
      expect(await keysOf(globex)).toHaveLength(1);

      await addToBasket(globex, PRESTASHOP, PRIMARY);
      await expect(globex.page.getByText('This exceeds your available credit of € 0.00 by € 159.20.')).toBeVisible();
    });
  });
}

test('O2 C4: a double click on Execute, and the same from a second tab, make one set of licenses', { tag: '@desktop' }, async ({
  globex,
  owner,
}) => {
  await addToBasket(globex, PRESTASHOP, PRIMARY, '2');
  await checkout(globex, OWN);
  const number = await heldNumber(globex);
  await setLimit(owner, 'Globex Corporation', '400', /^€ 400\.00$/);
  await openHeld(owner, number);
  const late = await owner.tab();
  await late.open(owner.address);
  await owner.button('Execute').dblclick();
  await expect(orderState(owner, 'Executed')).toBeVisible();
  await late.press('Execute');
  await expect(late.problems).toContainText('This order is executed already.');
  expect(await countLicenses(globex)).toBe(2);
});

test('O1: a basket that is ordered is empty, and going back to it orders nothing more', { tag: '@desktop' }, async ({ acme }) => {
  const before = await countLicenses(acme);
  await addToBasket(acme, PRESTASHOP, PRIMARY);
  await checkout(acme, 'Northwind Traders');
  await acme.open('/basket');
  await expect(acme.page.getByRole('heading', { name: 'Your basket is empty' })).toBeVisible();
  await acme.open('/basket/checkout');
  await expect(acme.page.getByRole('heading', { name: 'Your basket is empty' })).toBeVisible();
  expect(await countLicenses(acme)).toBe(before + 1);

  // The wizard goes through the same door: its order stands beside the basket's.
  await pickProduct(acme);
  await pickUser(acme, 'Northwind Traders');
  await review(acme, {});
  await create(acme);
  await acme.open('/orders');
  await expect(acme.page.getByRole('row').filter({ hasText: 'Northwind Traders' }).first()).toContainText('Executed');
});
