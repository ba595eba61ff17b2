// What staff do in the back office, told once.

import { expect, type Locator } from '@playwright/test';
import type { Visitor } from './visitor.ts';

/** A row of the table on the page. */
export function row(visitor: Visitor, words: string | RegExp): Locator {
  return visitor.page.getByRole('main').locator('tbody tr').filter({ hasText: words });
}

/** What a page says has been done. */
export function said(visitor: Visitor, words: string | RegExp): Locator {
  return visitor.page.getByRole('main').getByRole('status').filter({ hasText: words });
}

/** Opens the page of an account; its address. */
export async function openAccount(staff: Visitor, name: string): Promise<string> {
  await staff.open(`/office/accounts?q=${encodeURIComponent(name)}`);
  await staff.follow(name);
  await staff.arrives(/^\/office\/accounts\/[0-9a-f-]+$/);
  await expect(staff.heading(name)).toBeVisible();
  return staff.address;
}

/** Assigns a price list to an account. */
export async function assign(staff: Visitor, account: string, list: string): Promise<void> {
  await staff.open(`${await openAccount(staff, account)}/price-list`);
  await staff.page.getByRole('combobox', { name: 'Price list' }).selectOption({ label: list });
  await staff.press('Assign price list');
  await expect(staff.page.getByRole('definition').filter({ hasText: list })).toBeVisible();
}

/** Adds a product with one option; both are open for sale at once. */
export async function addProduct(staff: Visitor, product: string, option: string, prices: string): Promise<void> {
  await staff.open('/office/products');
  await staff.follow('Add');
  await staff.arrives('/office/products/new');
  await staff.fill({ Name: product, Description: 'Keeps a shop tidy.', 'Trial days': '21' });
  await staff.press('Add');
  await staff.arrives(/^\/office\/products\/[0-9a-f-]+\?done=added$/);
  await expect(said(staff, 'Product added. Give it an option')).toBeVisible();
  await staff.follow('Add option');
  await staff.arrives(/\/option$/);
  await staff.fill({ Name: option, 'List prices': prices, Computers: '2', Position: '0' });
  await staff.choose('Primary');
  await staff.choose('One-time');
  await staff.press('Add');
  await staff.arrives(/^\/office\/products\/[0-9a-f-]+\?done=option$/);
  await expect(said(staff, 'Option added.')).toBeVisible();
}

/** Adds a price list without prices of its own. */
export async function addPriceList(staff: Visitor, name: string, terms: Record<string, string> = {}): Promise<void> {
  await staff.open('/office/price-lists');
  await staff.follow('Add');
  await staff.arrives('/office/price-lists/new');
  await staff.fill({ Name: name, Currency: 'EUR', Start: '2026-01-01', ...terms });
  await staff.press('Add');
  await staff.arrives(/^\/office\/price-lists\/[0-9a-f-]+\?done=added$/);
  await expect(said(staff, 'Price list added.')).toBeVisible();
}

/** Fills in a price of the list that is open, and sends it. */
export async function enterPrice(staff: Visitor, option: RegExp, price: Record<string, string>): Promise<void> {
  await staff.follow('Add price');
  await staff.arrives(/\/price$/);
  const options = staff.field('Option');
  await options.selectOption(await options.locator('option', { hasText: option }).getAttribute('value'));
  await staff.fill(price);
  await staff.press('Save');
}
