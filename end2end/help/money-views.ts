// The pages of billing, of a reseller and in the back office, and the states of them that look different.

import { openAccount } from './office.ts';
import type { View } from './views.ts';
import type { Visitor } from './visitor.ts';

const at = (path: string) => (visitor: Visitor) => visitor.open(path);

/** Opens the first row of a list. */
async function openFirst(visitor: Visitor, list: string, page: RegExp): Promise<void> {
  await visitor.open(list);
  await visitor.page.getByRole('main').locator('tbody a').first().click();
  await visitor.arrives(page);
}

/** Ticks what is pending, and goes to its checkout. */
async function toCheckout(reseller: Visitor): Promise<void> {
  await reseller.open('/licenses?payment=pending');
  await reseller.page.getByLabel('Select all on this page').check();
  await reseller.press('Checkout');
  await reseller.arrives(/^\/billing\/checkout\?license=/);
}

export const MONEY_VIEWS: readonly View[] = [
  { name: 'order', who: 'acme', open: (visitor) => openFirst(visitor, '/orders', /^\/orders\/[0-9]+$/) },
  { name: 'orders-empty', who: 'globex', open: at('/orders') },
  { name: 'billing', who: 'acme', open: at('/billing') },
  { name: 'billing-empty', who: 'globex', open: at('/billing') },
  { name: 'invoices', who: 'acme', open: at('/billing/invoices') },
  { name: 'invoice', who: 'acme', open: (visitor) => openFirst(visitor, '/billing/invoices', /^\/billing\/invoices\/INV-\d+$/) },
  { name: 'ledger', who: 'acme', open: at('/billing/ledger') },
  { name: 'payments', who: 'acme', open: at('/billing/payments') },
  { name: 'pay-checkout', who: 'acme', open: toCheckout },
  {
    name: 'payment-begun',
    who: 'acme',
    writes: true,
    open: async (visitor) => {
      await toCheckout(visitor);
      await visitor.page.getByLabel('I accept these terms').check();
      await visitor.page.getByRole('button', { name: /^Pay / }).click();
      await visitor.arrives(/^\/billing\/payments\/PAY-\d{6}$/);
    },
  },
  { name: 'top-up', who: 'globex', open: at('/billing/top-up') },
  { name: 'discount', who: 'acme', open: at('/billing/discount') },
  { name: 'billing-details', who: 'acme', open: at('/billing/details') },
  { name: 'office-invoices', who: 'owner', open: at('/office/invoices') },
  {
    name: 'office-invoice',
    who: 'owner',
    open: (visitor) => openFirst(visitor, '/office/invoices', /^\/office\/invoices\/INV-\d+$/),
  },
  {
    name: 'office-invoice-credit',
    who: 'owner',
    open: async (visitor) => {
      await openFirst(visitor, '/office/invoices', /^\/office\/invoices\/INV-\d+$/);
      await visitor.follow('Credit');
      await visitor.arrives(/\/credit$/);
    },
  },
  {
    name: 'office-subscription-price',
    who: 'owner',
    open: async (visitor) => {
      const account = await openAccount(visitor, 'ACME Ltd');
      await visitor.open(`${account}/licenses`);
      const row = visitor.page.getByRole('main').locator('tbody tr').filter({ hasText: 'Subscription' });
      await row.first().getByRole('link').first().click();
      await visitor.arrives(/\/refund$/);
      await visitor.follow('Change price');
      await visitor.arrives(/\/price$/);
      await visitor.field('Price of one').fill('11.00');
      await visitor.press('Show what it does');
      await visitor.arrives(/\/price\?price=/);
    },
  },
  { name: 'office-payments', who: 'owner', open: at('/office/payments') },
  { name: 'office-payments-begun', who: 'owner', open: at('/office/payments/begun') },
  { name: 'office-payments-record', who: 'owner', open: at('/office/payments/record') },
  { name: 'office-payments-import', who: 'owner', open: at('/office/payments/import') },
  { name: 'office-settings', who: 'owner', open: at('/office/settings') },
  {
    name: 'office-account-billing',
    who: 'owner',
    open: async (visitor) => visitor.open(`${await openAccount(visitor, 'ACME Ltd')}/billing`),
  },
];
