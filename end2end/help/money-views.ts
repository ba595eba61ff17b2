// The pages of the money side, and the states of them that look different.

import { expect } from '@playwright/test';
import { PRESTASHOP, PRIMARY } from './stories.ts';
import type { View } from './views.ts';
import type { Visitor } from './visitor.ts';

const at = (path: string) => (visitor: Visitor) => visitor.open(path);

/** Puts one of an option into the basket, from the catalog. */
export async function addToBasket(reseller: Visitor, product = PRESTASHOP, option = PRIMARY): Promise<void> {
  await reseller.open('/catalog');
  const shelf = reseller.page.getByRole('region', { name: product });
  await shelf.getByRole('listitem').filter({ hasText: option }).getByRole('button', { name: 'Add to basket' }).first().click();
  await reseller.arrives('/basket');
}

/** Orders what is in the basket for a customer, and stays on what comes of it. */
export async function placeOrder(reseller: Visitor, user: string): Promise<void> {
  await reseller.open('/basket/checkout');
  await reseller.choose(user);
  await reseller.press('Place order');
  await reseller.arrives(/^\/licenses\/created\/[0-9a-f-]+$/);
}

/** Opens the first row of a list. */
async function openFirst(visitor: Visitor, list: string, page: RegExp): Promise<void> {
  await visitor.open(list);
  await visitor.page.getByRole('main').locator('tbody a').first().click();
  await visitor.arrives(page);
}

export const MONEY_VIEWS: readonly View[] = [
  { name: 'basket-empty', who: 'acme', open: at('/basket') },
  { name: 'basket', who: 'acme', open: (visitor) => addToBasket(visitor) },
  {
    name: 'basket-over-the-credit',
    who: 'globex',
    open: async (visitor) => {
      await addToBasket(visitor);
      await expect(visitor.page.getByText('This exceeds your available credit')).toBeVisible();
    },
  },
  {
    name: 'checkout',
    who: 'acme',
    open: async (visitor) => {
      await addToBasket(visitor);
      await visitor.open('/basket/checkout');
    },
  },
  { name: 'orders', who: 'acme', open: at('/orders') },
  { name: 'order', who: 'acme', open: (visitor) => openFirst(visitor, '/orders', /^\/orders\/[0-9]+$/) },
  { name: 'orders-empty', who: 'globex', open: at('/orders') },
  { name: 'office-orders', who: 'owner', open: at('/office/orders') },
  {
    name: 'office-order',
    who: 'owner',
    open: (visitor) => openFirst(visitor, '/office/orders', /^\/office\/orders\/[0-9]+$/),
  },
];
