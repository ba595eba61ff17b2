// Credit that is topped up (C2, C3, C4, C6): what was over the limit is executed once the money is there, and who may owe
// nothing orders what was paid ahead. On a phone and on a desktop, with the program, without it, and without script.

import { addToBasket, checkout, heldNumber, openHeld, orderPath, orderState, setLimit } from '../help/money.ts';
import { beginTopUp, recordMoney } from '../help/paying.ts';
import { PRESTASHOP, PRIMARY, countLicenses, keysOf } from '../help/stories.ts';
import { SCRIPTS, expect, test } from '../help/test.ts';

const OWN = 'My own organisation';
const OVER = /exceeds your available credit of .+ by € [\d,]+\.\d\d/;

for (const script of SCRIPTS) {
  test.describe(`script ${script}`, () => {
    test.use({ script });

    test('C3 C4 C6: a basket over the limit is held, topped up, and executed by staff', async ({ acme, owner }) => {
      const before = await countLicenses(acme);
      await setLimit(owner, 'ACME Ltd', '0', /^€ 0\.00$/);
      await addToBasket(acme, PRESTASHOP, PRIMARY, '2');
      const over = await acme.page.getByText(OVER).first().innerText();
      const missing = (/ by € ([\d,]+\.\d\d)/.exec(over)?.[1] ?? '').replace(',', '');
      await checkout(acme, 'Northwind Traders');
      const number = await heldNumber(acme);
      await acme.open(orderPath(number));
      await expect(acme.link('Top up credit').first()).toBeVisible();

      const { page, reference } = await beginTopUp(acme, missing);
      await openHeld(owner, number);
      await expect(owner.page.getByText('exceeds the available credit of').first()).toBeVisible();
      await recordMoney(owner, missing, `Thank you, ${reference}`);
      await acme.open(page);
      await expect(acme.page.getByText('What is left raises your available credit.')).toBeVisible();

      await openHeld(owner, number);
      await expect(owner.page.getByText('Affordable now: it is within the available credit.')).toBeVisible();
      await owner.press('Execute');
      await expect(orderState(owner, 'Executed')).toBeVisible();

      await acme.open(orderPath(number));
      await expect(acme.page.getByRole('heading', { name: '2 licenses', exact: true })).toBeVisible();
      const keys = await acme.page.getByRole('main').locator('.rows .key').allInnerTexts();
      expect(new Set(keys).size).toBe(2);
      expect(await countLicenses(acme)).toBe(before + 2);
    });

    test('C2 C6: who may owe nothing pays ahead, orders just that, and the next order is held', async ({ globex, owner }) => {
      const { reference } = await beginTopUp(globex, '159.20');
      await recordMoney(owner, '159.20', reference);
      await globex.open('/');
      await expect(globex.page.getByText('Limit € 0.00, less a balance of -€ 159.20')).toBeVisible();

      await addToBasket(globex, PRESTASHOP, PRIMARY);
      await expect(globex.page.getByText('The order will be accepted and held')).toHaveCount(0);
      await checkout(globex, OWN);
      await expect(globex.heading('1 license created')).toBeVisible();
      expect(await keysOf(globex)).toHaveLength(1);
      await globex.open('/licenses?payment=pending');
      await expect(globex.page.getByText('Nothing matches')).toBeVisible();

      await addToBasket(globex, PRESTASHOP, PRIMARY);
      await expect(globex.page.getByText('This exceeds your available credit of € 0.00 by € 159.20.')).toBeVisible();
      await checkout(globex, OWN);
      await heldNumber(globex);
      expect(await countLicenses(globex)).toBe(1);
    });
  });
}
