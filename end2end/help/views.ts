// Every page of the product, and the states of it that look different: for the checks and the pictures that are made of all.

import { expect } from '@playwright/test';
import type { Who } from './demo.ts';
import { MONEY_VIEWS } from './money-views.ts';
import { addToBasket, checkout, heldNumber, openHeld, orderPath } from './money.ts';
import {
  GOOD_PASSWORD,
  NINA,
  PRESTASHOP,
  PRIMARY,
  RESULT,
  createCustomer,
  createLicenses,
  enterDetails,
  enterPerson,
  linkIn,
  pickProduct,
  pickUser,
  reviewLicenses,
} from './stories.ts';
import type { Visitor } from './visitor.ts';

export interface View {
  name: string;
  /** Who looks at it. */
  who?: Who;
  /** Whether somebody stores something on the way there: such a view has a house of its own, the others share one. */
  writes?: true;
  /** Brings the visitor there; `opens` gives further people. */
  open: (visitor: Visitor, opens: (who?: Who) => Promise<Visitor>) => Promise<unknown>;
}

const at = (path: string) => (visitor: Visitor) => visitor.open(path);
const given = 'given by the reseller';

async function invitation(opens: (who?: Who) => Promise<Visitor>): Promise<string> {
  const acme = await opens('acme');
  await createCustomer(acme, NINA);
  return linkIn((await acme.mail(NINA.email, 'Activate your sign-in')).text);
}

async function activate(visitor: Visitor, link: string): Promise<void> {
  await visitor.open(link);
  await visitor.fill({ Password: GOOD_PASSWORD, 'Password confirmation': GOOD_PASSWORD });
  await visitor.press('Activate account');
  await expect(visitor.heading('Your account is active')).toBeVisible();
}

async function openLicense(visitor: Visitor): Promise<void> {
  await visitor.open('/licenses');
  await visitor.link('Store Manager for PrestaShop').first().click();
  await visitor.arrives(/^\/licenses\/[0-9a-f-]+$/);
  await expect(visitor.heading('Store Manager for PrestaShop')).toBeVisible();
}

async function details(visitor: Visitor): Promise<void> {
  await pickProduct(visitor);
  await pickUser(visitor, 'Northwind Traders');
}

/** C3: an order of Globex, which may owe nothing; its number. */
async function held(globex: Visitor): Promise<string> {
  await addToBasket(globex, PRESTASHOP, PRIMARY);
  await checkout(globex, 'My own organisation');
  return heldNumber(globex);
}

export const VIEWS: readonly View[] = [
  { name: 'landing', open: at('/') },
  { name: 'log-in', open: at('/login') },
  {
    name: 'log-in-refused',
    writes: true,
    open: async (visitor) => {
      await visitor.logsIn('nobody@nowhere.example', 'wrong');
      await expect(visitor.problems).toBeVisible();
    },
  },
  { name: 'activate', writes: true, open: async (visitor, opens) => visitor.open(await invitation(opens)) },
  { name: 'activated', writes: true, open: async (visitor, opens) => activate(visitor, await invitation(opens)) },
  {
    name: 'activation-link-used',
    writes: true,
    open: async (visitor, opens) => {
      const link = await invitation(opens);
      await activate(await opens(), link);
      await visitor.open(link);
    },
  },
  { name: 'not-found-signed-out', open: at('/nowhere') },

  { name: 'home', who: 'acme', open: at('/') },
  {
    name: 'home-with-menu',
    who: 'acme',
    open: async (visitor) => {
      await visitor.open('/');
      await visitor.page.getByRole('banner').locator('summary').click();
      await expect(visitor.button('Log out')).toBeVisible();
    },
  },
  {
    name: 'shortcuts',
    who: 'acme',
    open: async (visitor) => {
      await visitor.open('/');
      await visitor.page.keyboard.press('?');
      await expect(visitor.page.getByRole('dialog').getByText('Search this page')).toBeVisible();
    },
  },
  {
    name: 'command-menu',
    who: 'acme',
    open: async (visitor) => {
      await visitor.open('/');
      await visitor.page.keyboard.press('Control+k');
      await visitor.page.keyboard.type('north');
      await expect(visitor.page.getByRole('option', { name: /Northwind Traders/ }).first()).toBeVisible();
    },
  },
  { name: 'home-empty', who: 'globex', open: at('/') },
  { name: 'not-found', who: 'acme', open: at('/customers/nobody') },

  { name: 'customers', who: 'acme', open: at('/customers') },
  { name: 'customers-empty', who: 'globex', open: at('/customers') },
  { name: 'customers-nothing-found', who: 'acme', open: at('/customers?q=nobody') },
  {
    name: 'customer',
    who: 'acme',
    open: async (visitor) => {
      await visitor.open('/customers');
      await visitor.link('Northwind Traders').click();
      await expect(visitor.heading('Northwind Traders')).toBeVisible();
    },
  },
  { name: 'customer-added', who: 'acme', writes: true, open: (visitor) => createCustomer(visitor, NINA) },
  { name: 'new-customer', who: 'acme', open: at('/customers/new') },
  {
    name: 'new-customer-refused',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await visitor.open('/customers/new');
      await visitor.fill({ 'E-mail address': 'nina', Username: 'nina' });
      await visitor.press('Continue');
      await expect(visitor.problems).toBeVisible();
    },
  },
  {
    name: 'new-customer-access',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await visitor.open('/customers/new');
      await enterPerson(visitor, NINA);
    },
  },
  {
    name: 'new-customer-access-refused',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await visitor.open('/customers/new');
      await enterPerson(visitor, NINA);
      await visitor.fill({ Password: 'short', 'Password confirmation': 'short' });
      await visitor.press('Add');
      await expect(visitor.problems).toBeVisible();
    },
  },

  { name: 'licenses', who: 'acme', open: at('/licenses') },
  { name: 'licenses-empty', who: 'globex', open: at('/licenses') },
  { name: 'licenses-filtered', who: 'acme', open: at('/licenses?state=active&type=permanent&sort=oldest') },
  { name: 'licenses-nothing-found', who: 'acme', open: at('/licenses?q=nothing') },
  { name: 'license', who: 'acme', open: openLicense },
  {
    name: 'license-saved',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await openLicense(visitor);
      await visitor.field('Reseller notes').fill('A note');
      await visitor.press('Save');
      await expect(visitor.page.getByText('Saved.')).toBeVisible();
    },
  },
  {
    name: 'licenses-changed',
    who: 'acme',
    writes: true,
    open: async (visitor, opens) => {
      const listening = visitor.page.waitForResponse((response) => response.url().includes('/events'));
      await visitor.open('/licenses');
      await listening;
      await createLicenses(await opens('acme'), { user: 'Fabrikam GmbH' });
      await expect(visitor.button('Refresh')).toBeVisible();
    },
  },

  { name: 'new-license', who: 'acme', open: at('/licenses/new') },
  { name: 'new-license-user', who: 'acme', writes: true, open: (visitor) => pickProduct(visitor) },
  { name: 'new-license-details', who: 'acme', writes: true, open: details },
  {
    name: 'new-license-details-paid',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await details(visitor);
      await visitor.choose('Customer paid');
      await expect(visitor.field('Customer paid date')).toBeVisible();
    },
  },
  {
    name: 'new-license-details-over-the-cap',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await details(visitor);
      await enterDetails(visitor, { quantity: '7' });
      await visitor.press('Review');
      await expect(visitor.problems).toBeVisible();
    },
  },
  {
    name: 'new-license-details-refused',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await details(visitor);
      await enterDetails(visitor, { quantity: '1e3', notes: 'n'.repeat(5_000) });
      await visitor.press('Review');
      await expect(visitor.problems).toBeVisible();
    },
  },
  {
    name: 'new-license-review',
    who: 'acme',
    writes: true,
    open: (visitor) =>
      reviewLicenses(visitor, { user: 'Northwind Traders', quantity: '3', notes: 'PO 4711', details: 'In the shop' }),
  },
  {
    name: 'new-license-review-over-the-cap',
    who: 'acme',
    writes: true,
    open: async (visitor, opens) => {
      await reviewLicenses(visitor, { user: 'Northwind Traders', quantity: '6' });
      await createLicenses(await opens('acme'), { user: 'Fabrikam GmbH' });
      await visitor.press('Create license(s)');
      await expect(visitor.button('Lower the quantity to 5')).toBeVisible();
    },
  },
  {
    name: 'new-license-result',
    who: 'acme',
    writes: true,
    open: (visitor) => createLicenses(visitor, { user: 'Northwind Traders', quantity: '3' }),
  },
  {
    name: 'new-license-result-sent',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await createLicenses(visitor, { user: 'Northwind Traders', quantity: '3' });
      await visitor.press('Send to customer');
      await expect(visitor.page.getByRole('status').filter({ hasText: 'Sent' })).toBeVisible();
      await visitor.arrives(RESULT);
    },
  },

  { name: 'account', who: 'acme', open: at('/account') },
  {
    name: 'account-refused',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await visitor.open('/account');
      await visitor.press('Change password');
      await expect(visitor.problems).toBeVisible();
    },
  },
  {
    name: 'password-due',
    writes: true,
    open: async (visitor, opens) => {
      await createCustomer(await opens('acme'), NINA, given);
      await visitor.logsIn(NINA.email, given);
      await visitor.arrives('/account');
    },
  },

  { name: 'customer-home', who: 'client', open: at('/') },
  {
    name: 'customer-license',
    who: 'client',
    open: openLicense,
  },
  {
    name: 'customer-home-empty',
    writes: true,
    open: async (visitor, opens) => {
      await activate(visitor, await invitation(opens));
      await visitor.logsIn(NINA.email, GOOD_PASSWORD);
      await visitor.arrives('/');
    },
  },

  { name: 'apply', open: at('/apply') },
  { name: 'forgot', open: at('/forgot') },
  { name: 'reset-unknown', open: at('/reset/0123456789abcdef') },
  { name: 'confirm', who: 'acme', open: at('/confirm?next=%2Faccount') },
  { name: 'second-factor', who: 'acme', open: at('/account/second-factor') },
  {
    name: 'second-factor-app',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await visitor.open('/account/second-factor');
      await visitor.press('Set up an app');
      await visitor.arrives('/account/second-factor/app');
    },
  },
  { name: 'history', who: 'acme', open: at('/account/history') },
  { name: 'catalog', who: 'acme', open: at('/catalog') },
  { name: 'basket-empty', who: 'acme', open: at('/basket') },
  { name: 'basket', who: 'acme', writes: true, open: (visitor) => addToBasket(visitor, PRESTASHOP, PRIMARY, '2') },
  {
    name: 'checkout-over-the-credit',
    who: 'globex',
    writes: true,
    open: async (visitor) => {
      await addToBasket(visitor, PRESTASHOP, PRIMARY);
      await visitor.follow('Checkout');
      await visitor.arrives('/basket/checkout');
    },
  },
  { name: 'order-result-held', who: 'globex', writes: true, open: held },
  { name: 'orders', who: 'acme', open: at('/orders') },
  { name: 'order-held', who: 'globex', writes: true, open: async (visitor) => visitor.open(orderPath(await held(visitor))) },
  { name: 'office-orders', who: 'owner', open: at('/office/orders') },
  {
    name: 'office-order-held',
    who: 'owner',
    writes: true,
    open: async (visitor, opens) => openHeld(visitor, await held(await opens('globex'))),
  },
  { name: 'customers-import', who: 'acme', open: at('/customers/import') },
  {
    name: 'customers-import-findings',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await visitor.open('/customers/import');
      await visitor.page.locator('main textarea').fill('E-mail address,First name,Last name\nbo@bo.example,Bo,\nbo@bo.example,Bo,Bo');
      await visitor.page.getByRole('main').locator('form button[type=submit], form button:not([type])').last().click();
      await visitor.arrives(/^\/customers\/import\/[0-9a-f-]+$/);
    },
  },
  {
    name: 'licenses-ticked',
    who: 'acme',
    open: async (visitor) => {
      await visitor.open('/licenses');
      await visitor.page.locator('main tbody input[type=checkbox]').first().check();
    },
  },
  { name: 'month-end', who: 'acme', open: at('/billing/month') },
  { name: 'team', who: 'acme', open: at('/team') },
  { name: 'team-new', who: 'acme', open: at('/team/new') },
  {
    name: 'team-person',
    who: 'acme',
    open: async (visitor) => {
      await visitor.open('/team');
      await visitor.page.getByRole('main').getByRole('link', { name: /Blake|Buyer|Bea|Ben|Bo/ }).first().click();
      await visitor.arrives(/^\/team\/[0-9a-f-]+$/);
    },
  },

  { name: 'office', who: 'owner', open: at('/office') },
  { name: 'office-staff', who: 'owner', open: at('/office/staff') },
  { name: 'office-staff-new', who: 'owner', open: at('/office/staff/new') },
  { name: 'office-audit', who: 'owner', open: at('/office/audit') },
  { name: 'office-applications', who: 'owner', open: at('/office/applications') },
  {
    name: 'office-application',
    who: 'owner',
    open: async (visitor) => {
      await visitor.open('/office/applications');
      await visitor.page.getByRole('main').locator('tbody a').first().click();
      await visitor.arrives(/^\/office\/applications\/[0-9a-f-]+$/);
    },
  },
  { name: 'office-products', who: 'owner', open: at('/office/products') },
  { name: 'office-product-new', who: 'owner', open: at('/office/products/new') },
  {
    name: 'office-product',
    who: 'owner',
    open: async (visitor) => {
      await visitor.open('/office/products');
      await visitor.link('Store Manager for PrestaShop').click();
      await visitor.arrives(/^\/office\/products\/[0-9a-f-]+$/);
    },
  },
  { name: 'office-price-lists', who: 'owner', open: at('/office/price-lists') },
  { name: 'office-price-list-new', who: 'owner', open: at('/office/price-lists/new') },
  {
    name: 'office-price-list',
    who: 'owner',
    open: async (visitor) => {
      await visitor.open('/office/price-lists');
      await visitor.link('Partner, 30 % off').click();
      await visitor.arrives(/^\/office\/price-lists\/[0-9a-f-]+$/);
    },
  },
  ...(['', '/contacts', '/contacts/new', '/price-list', '/customers', '/licenses', '/orders', '/history', '/seen-as'] as const).map(
    (part): View => ({
      name: `office-account${part.replaceAll('/', '-')}`,
      who: 'owner',
      open: async (visitor) => {
        await visitor.open('/office/accounts?q=acme');
        await visitor.follow('ACME Ltd');
        await visitor.arrives(/^\/office\/accounts\/[0-9a-f-]+$/);
        if (part !== '') await visitor.open(`${visitor.address}${part}`);
      },
    }),
  ),
  { name: 'office-month-end', who: 'owner', open: at('/office/month') },
  { name: 'office-accounts', who: 'owner', open: at('/office/accounts') },
  { name: 'office-account-new', who: 'owner', open: at('/office/accounts/new') },
  {
    name: 'office-mail',
    who: 'owner',
    open: async (visitor) => {
      await visitor.open('/office/mail');
      await visitor.page.locator('summary', { hasText: 'Text' }).first().click();
    },
  },
  ...MONEY_VIEWS,
];
