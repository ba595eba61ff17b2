// What people do here, told once: each is a journey through pages, in any of the ways in which they run.

import { expect, type Locator } from '@playwright/test';
import type { Visitor } from './visitor.ts';

/** L3: 25 symbols of Crockford's base 32, in fives. */
export const KEY = /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}$/;

/** A password that is good enough. */
export const GOOD_PASSWORD = 'seven green kettles';

export interface Person {
  email: string;
  firstName: string;
  lastName: string;
  company?: string;
  username?: string;
}

export const NINA: Person = {
  email: 'nina@northsea.example',
  firstName: 'Nina',
  lastName: 'Holm',
  company: 'North Sea Trading',
};

/** Fills in the first step of the create-customer wizard, which is open. */
export async function enterPerson(reseller: Visitor, person: Person): Promise<void> {
  await reseller.fill({
    'E-mail address': person.email,
    Username: person.username ?? '',
    'First name': person.firstName,
    'Last name': person.lastName,
    Company: person.company ?? '',
  });
  await reseller.press('Continue');
  await reseller.arrives(/^\/customers\/new\/[^/]+\/access$/);
}

/** Creates a customer (A10): with a password, or with an activation link when there is none. */
export async function createCustomer(reseller: Visitor, person: Person, password?: string): Promise<void> {
  await reseller.open('/customers/new');
  await enterPerson(reseller, person);
  await giveAccess(reseller, password);
  await reseller.arrives(/^\/customers\/[0-9a-f-]+\?done=added$/);
  await expect(reseller.heading(person.company ?? `${person.firstName} ${person.lastName}`)).toBeVisible();
}

/** The second step of the create-customer wizard. */
export async function giveAccess(reseller: Visitor, password?: string): Promise<void> {
  if (password === undefined) {
    await reseller.choose('Send an activation link instead');
  } else {
    await reseller.fill({ Password: password, 'Password confirmation': password });
  }
  await reseller.press('Add');
}

/** The way to the activation page, in the mail that invites. */
export function linkIn(text: string): string {
  const found = /https?:\/\/[^/\s]+(\/activate\/\S+)/.exec(text)?.[1];
  if (!found) throw new Error(`no link in: ${text}`);
  return found;
}

export interface Wish {
  product?: string;
  option?: string;
  /** By the name of the account. */
  user: string;
  quantity?: string;
  type?: 'Permanent' | 'Trial' | 'Subscription';
  notes?: string;
  details?: string;
}

/** The button that starts with an option of a product. */
export function createButton(reseller: Visitor, product: string, option: string): Locator {
  const shelf = reseller.page.getByRole('region', { name: product, exact: true });
  const row = shelf.getByRole('listitem').filter({ has: reseller.page.getByRole('heading', { name: option, exact: true }) });
  return row.getByRole('button', { name: 'Create license', exact: true });
}

export const PRESTASHOP = 'Store Manager for PrestaShop';
export const OPENCART = 'Store Manager for OpenCart';
export const PRIMARY = 'Primary license';

/** The first step of the create-license wizard: up to where a user is asked for. */
export async function pickProduct(reseller: Visitor, product = PRESTASHOP, option = PRIMARY): Promise<void> {
  await reseller.open('/licenses/new');
  await createButton(reseller, product, option).click();
  await reseller.arrives(/^\/licenses\/new\/[^/]+\/user$/);
}

/** The second step: up to the details. */
export async function pickUser(reseller: Visitor, name: string): Promise<void> {
  await reseller.choose(name);
  await reseller.press('Continue');
  await reseller.arrives(/^\/licenses\/new\/[^/]+\/details$/);
}

/** The third step, filled in and not sent. */
export async function enterDetails(reseller: Visitor, wish: Omit<Wish, 'user'>): Promise<void> {
  if (wish.type) await reseller.choose(wish.type);
  if (wish.quantity !== undefined) await reseller.field('Quantity').fill(wish.quantity);
  if (wish.notes !== undefined) await reseller.field('Reseller notes').fill(wish.notes);
  if (wish.details !== undefined) await reseller.field('Customer details').fill(wish.details);
}

/** The step `Details` filled in, up to the review. */
export async function review(reseller: Visitor, wish: Omit<Wish, 'user'>): Promise<void> {
  await enterDetails(reseller, wish);
  await reseller.press('Review');
  await reseller.arrives(/^\/licenses\/new\/[^/]+\/review$/);
}

/** The create-license wizard up to its review. */
export async function reviewLicenses(reseller: Visitor, wish: Wish): Promise<void> {
  await pickProduct(reseller, wish.product, wish.option);
  await pickUser(reseller, wish.user);
  await review(reseller, wish);
}

/** The last button; the keys that it made. */
export async function create(reseller: Visitor): Promise<string[]> {
  await reseller.press('Create license(s)');
  await reseller.arrives(RESULT);
  return keysOf(reseller);
}

/** The whole create-license wizard; the keys that it made. */
export async function createLicenses(reseller: Visitor, wish: Wish): Promise<string[]> {
  await reviewLicenses(reseller, wish);
  return create(reseller);
}

/** The page of what was made. */
export const RESULT = /^\/licenses\/created\/[0-9a-f-]+$/;

/** The keys on the page. */
export async function keysOf(visitor: Visitor): Promise<string[]> {
  await expect(visitor.page.locator('code.key').first()).toBeVisible();
  return visitor.page.locator('code.key').allInnerTexts();
}

/** How many licenses the reseller has, as its list says. */
export async function countLicenses(reseller: Visitor): Promise<number> {
  const list = await reseller.tab();
  await list.open('/licenses');
  const said = await list.page.getByRole('main').getByText(/^\d+ licenses?$/).innerText();
  await list.page.close();
  return Number.parseInt(said, 10);
}
