// What resellers and staff do about orders and credit, told once.

import { expect, type Locator } from '@playwright/test';
import { openAccount, row } from './office.ts';
import { RESULT } from './stories.ts';
import type { Visitor } from './visitor.ts';

/** An option in the catalog, with its buttons. */
export function option(reseller: Visitor, product: string, name: string): Locator {
  const shelf = reseller.page.getByRole('region', { name: product, exact: true });
  return shelf.getByRole('listitem').filter({ has: reseller.page.getByRole('heading', { name, exact: true }) });
}

/** O1: puts so many of an option into the basket, which is open afterwards. */
export async function addToBasket(reseller: Visitor, product: string, name: string, quantity = '1'): Promise<void> {
  await reseller.open('/catalog');
  await option(reseller, product, name).getByRole('button', { name: 'Add to basket', exact: true }).click();
  await reseller.arrives('/basket');
  const line = reseller.page.getByRole('list', { name: 'Lines' }).getByRole('listitem').filter({ hasText: product });
  await expect(line).toHaveCount(1);
  if (quantity === '1') return;
  await line.getByLabel('Quantity', { exact: true }).fill(quantity);
  await line.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(reseller.page.getByText(`${quantity} × ${product}, ${name}`)).toBeVisible();
}

/** From the basket to the result of its order, for somebody by the name of the account. */
export async function checkout(reseller: Visitor, user: string, notes = ''): Promise<void> {
  await reseller.follow('Checkout');
  await reseller.arrives('/basket/checkout');
  await reseller.choose(user);
  await reseller.fill({ 'Reseller notes': notes });
  await reseller.press('Place order');
  await reseller.arrives(RESULT);
}

/** The number of the order whose result is open, and which is held. */
export async function heldNumber(reseller: Visitor): Promise<string> {
  await expect(reseller.heading(/^Order O-\d+ is held$/)).toBeVisible();
  await expect(reseller.page.locator('code.key')).toHaveCount(0);
  const title = await reseller.heading(/^Order O-\d+ is held$/).innerText();
  return /O-\d+/.exec(title)?.[0] ?? '';
}

/** The path of an order, for its reseller. */
export const orderPath = (number: string) => `/orders/${number.slice(2)}`;

/** C1: sets what an account may owe; `shown` is how the page then writes it. */
export async function setLimit(staff: Visitor, account: string, amount: string, shown: RegExp): Promise<void> {
  await openAccount(staff, account);
  const card = staff.page.getByRole('region', { name: 'Credit limit' });
  await card.getByRole('textbox', { name: 'Credit limit' }).fill(amount);
  await card.getByRole('button', { name: 'Set credit limit' }).click();
  await expect(card.locator('strong')).toHaveText(shown);
}

/** Opens a held order the way staff come to it: from the home of the back office. */
export async function openHeld(staff: Visitor, number: string): Promise<void> {
  await staff.open('/office');
  await staff.follow('Open held orders');
  await staff.arrives('/office/orders?state=submitted');
  await row(staff, number).getByRole('link', { name: number, exact: true }).click();
  await staff.arrives(`/office${orderPath(number)}`);
  await expect(staff.heading(`Order ${number}`)).toBeVisible();
}

/** The state that an order's page shows. */
export function orderState(visitor: Visitor, words: 'Held' | 'Executed' | 'Canceled'): Locator {
  return visitor.page.getByRole('main').locator('.head').getByText(words, { exact: true });
}
