// The main way through the house, on a phone and on a desktop, with and without the program: a reseller creates a
// customer and licenses, and the customer sees the keys.

import type { Response } from '@playwright/test';
import { PASSWORD, SIGN_INS } from '../help/demo.ts';
import {
  GOOD_PASSWORD,
  KEY,
  NINA,
  PRESTASHOP,
  PRIMARY,
  countLicenses,
  create,
  createButton,
  createCustomer,
  enterPerson,
  giveAccess,
  keysOf,
  linkIn,
  review,
} from '../help/stories.ts';
import { LOADING, expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

const NOTES = 'PO 2026-777, half price agreed with the boss';
const DETAILS = 'Install it on the machine in the shop.';

for (const script of LOADING) {
  test.describe(`script ${script}`, () => {
    test.use({ script });

    test('L1 L2 L3 A10 L16: sign in, create a customer and 3 licenses, and the customer sees the 3 keys', async ({
      stranger,
      opens,
    }) => {
      const reseller = stranger;
      await reseller.logsIn(SIGN_INS.acme, PASSWORD);
      await reseller.arrives('/');
      await expect(reseller.heading('Home')).toBeVisible();
      const before = await countLicenses(reseller);

      await reseller.follow('Create customer');
      await reseller.arrives(/^\/customers\/new\/[^/]+$/);
      await enterPerson(reseller, NINA);
      await giveAccess(reseller, 'given by the reseller');
      await reseller.arrives(/^\/customers\/[0-9a-f-]+\?done=added$/);
      await expect(reseller.heading('North Sea Trading')).toBeVisible();
      await reseller.follow('Create license for this customer');
      await reseller.arrives(/^\/licenses\/new\?customer=/);

      await createButton(reseller, PRESTASHOP, PRIMARY).click();
      await reseller.arrives(/^\/licenses\/new\/[^/]+\/details$/);
      await review(reseller, { quantity: '3', notes: NOTES, details: DETAILS });
      const keys = await create(reseller);
      expect(new Set(keys).size).toBe(3);
      for (const key of keys) expect(key).toMatch(KEY);
      expect(await countLicenses(reseller)).toBe(before + 3);

      await reseller.open('/licenses');
      const rows = reseller.page.getByRole('row').filter({ hasText: 'North Sea Trading' });
      await expect(rows).toHaveCount(3);
      for (const key of keys) await expect(rows.filter({ hasText: key.slice(0, 5) })).toHaveCount(1);
      await reseller.logsOut();

      const customer = await opens();
      await customer.logsIn(NINA.email, 'given by the reseller');
      await customer.arrives('/account');
      await expect(customer.heading('Choose a password of your own')).toBeVisible();
      await customer.fill({
        'Current password': 'given by the reseller',
        Password: GOOD_PASSWORD,
        'Password confirmation': GOOD_PASSWORD,
      });
      await customer.press('Change password');
      await customer.arrives('/');
      await expect(customer.heading('Your licenses')).toBeVisible();
      expect((await keysOf(customer)).toSorted()).toEqual(keys.toSorted());

      const heard = listen(customer);
      await customer.link(PRESTASHOP).first().click();
      await customer.arrives(/^\/licenses\/[0-9a-f-]+$/);
      const license = customer.address;
      await expect(customer.page.getByText(DETAILS)).toBeVisible();
      await customer.page.getByRole('main').getByRole('link', { name: 'Your licenses', exact: true }).click();
      await customer.arrives('/licenses');
      expect((await keysOf(customer)).toSorted()).toEqual(keys.toSorted());

      const pages = ['/', '/licenses', license, '/account'].map(async (path) => {
        const answer = await customer.page.request.get(customer.house.url + path);
        return answer.text();
      });
      const everything = (await Promise.all([...pages, ...heard])).join('\n');
      expect(everything).toContain(keys[0]);
      expect(everything).not.toContain(NOTES);
      expect(everything).not.toMatch(/€|EUR|139[.,]30|reseller_notes|customer_paid|payment|unpaid/i);
    });

    test('A5 A10: a customer who is sent a link activates and logs in; the link works once', async ({
      acme,
      opens,
    }) => {
      await createCustomer(acme, NINA);
      await expect(acme.page.getByRole('status').filter({ hasText: 'activation link' })).toContainText(NINA.email);
      await expect(acme.page.getByText('Pending activation')).toBeVisible();

      const link = linkIn((await acme.mail(NINA.email, INVITED)).text);
      const nina = await opens();
      await nina.open(link);
      await expect(nina.heading('Activate account')).toBeVisible();
      await nina.fill({ Password: GOOD_PASSWORD, 'Password confirmation': GOOD_PASSWORD });
      await nina.press('Activate account');
      await expect(nina.heading('Your account is active')).toBeVisible();
      await nina.awake();
      await acme.mail(NINA.email, ACTIVATED);

      await nina.page.getByRole('main').getByRole('link', { name: 'Log in', exact: true }).click();
      await nina.arrives('/login');
      await nina.fill({ 'E-mail or username': NINA.email, Password: GOOD_PASSWORD });
      await nina.press('Log in');
      await nina.arrives('/');
      await expect(nina.heading('Your licenses')).toBeVisible();
      await expect(nina.page.getByRole('heading', { name: 'No licenses yet' })).toBeVisible();

      const late = await opens();
      await late.open(link);
      await expect(late.heading('This link does not work')).toBeVisible();
      await expect(late.page.getByText('This link has been used already.')).toBeVisible();
      await late.press('Send a new link');
      await expect(late.page.getByRole('status')).toContainText('a new one is being sent');
    });
  });
}

const INVITED = 'Activate your sign-in';
const ACTIVATED = 'Your sign-in is active';

/** All that the program in a page is answered from now on. */
function listen(visitor: Visitor): Promise<string>[] {
  const heard: Promise<string>[] = [];
  visitor.page.on('response', (response: Response) => {
    if (new URL(response.url()).pathname.startsWith('/api/')) heard.push(response.text());
  });
  return heard;
}
