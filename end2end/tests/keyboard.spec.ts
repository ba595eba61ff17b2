// Each wizard is done by the keyboard alone, and one sees where one is.

import type { Locator } from '@playwright/test';
import { PASSWORD, SIGN_INS } from '../help/demo.ts';
import { GOOD_PASSWORD, NINA, PRESTASHOP, PRIMARY, RESULT, createButton } from '../help/stories.ts';
import { expect, test } from '../help/test.ts';
import type { Script, Visitor } from '../help/visitor.ts';

/** Goes on by the Tab key until the control has the focus, and looks whether that can be seen. */
async function tabTo(visitor: Visitor, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  const isThere = () => control.evaluate((element) => element === document.activeElement);
  for (let steps = 0; !(await isThere()); steps += 1) {
    if (steps === 80) throw new Error(`${control} cannot be reached by the Tab key`);
    await visitor.page.keyboard.press('Tab');
  }
  expect(await control.evaluate(showsFocus), `the focus is seen on ${control}`).toBe(true);
}

/** Whether a ring is drawn round the element, or round the card that it stands for. */
function showsFocus(focused: Element): boolean {
  const cards = [focused, focused.closest('.check, .choice, .person, .search, .row, tr')].filter((card) => card !== null);
  return cards.some((card) => {
    const style = getComputedStyle(card);
    return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
  });
}

async function type(visitor: Visitor, label: string, text: string): Promise<void> {
  await tabTo(visitor, visitor.field(label));
  await visitor.page.keyboard.press('Control+a');
  await visitor.page.keyboard.type(text);
}

async function enter(visitor: Visitor, control: Locator): Promise<void> {
  await tabTo(visitor, control);
  await visitor.page.keyboard.press('Enter');
}

const ways: Script[] = ['wasm', 'off'];
for (const script of ways) {
  test.describe(`script ${script}`, { tag: '@desktop' }, () => {
    test.use({ script });

    test('signing in and both wizards, without a mouse', async ({ stranger }) => {
      const { page } = stranger;
      await stranger.open('/login');
      await expect(stranger.field('E-mail or username')).toBeFocused();
      await page.keyboard.type(SIGN_INS.acme);
      await type(stranger, 'Password', PASSWORD);
      await page.keyboard.press('Enter');
      await stranger.arrives('/');

      await enter(stranger, stranger.link('Create customer'));
      await stranger.arrives(/^\/customers\/new\/[^/]+$/);
      await enter(stranger, stranger.button('Continue'));
      await expect(stranger.problems).toBeFocused();
      await enter(stranger, stranger.problems.getByRole('link').first());
      await expect(stranger.field('E-mail address')).toBeFocused();
      await page.keyboard.type(NINA.email);
      await type(stranger, 'First name', NINA.firstName);
      await type(stranger, 'Last name', NINA.lastName);
      await page.keyboard.press('Enter');
      await stranger.arrives(/\/access$/);
      await type(stranger, 'Password', GOOD_PASSWORD);
      await type(stranger, 'Password confirmation', GOOD_PASSWORD);
      await enter(stranger, stranger.button('Add'));
      await stranger.arrives(/\?done=added$/);

      await enter(stranger, stranger.page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Home' }));
      await stranger.arrives('/');
      await enter(stranger, stranger.link('Create license'));
      await stranger.arrives('/licenses/new');
      await enter(stranger, createButton(stranger, PRESTASHOP, PRIMARY));
      await stranger.arrives(/\/user$/);
      await pick(stranger, 'Nina Holm');
      await enter(stranger, stranger.button('Continue'));
      await stranger.arrives(/\/details$/);
      await type(stranger, 'Quantity', '0');
      await enter(stranger, stranger.button('Review'));
      await expect(stranger.problems).toBeFocused();
      await enter(stranger, stranger.problems.getByRole('link').first());
      await expect(stranger.field('Quantity')).toBeFocused();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('2');
      await type(stranger, 'Reseller notes', 'by keyboard');
      await tabTo(stranger, stranger.field('Customer paid'));
      await page.keyboard.press('Space');
      await expect(stranger.field('Customer paid')).toBeChecked();
      await page.keyboard.press('Space');
      await enter(stranger, stranger.button('Review'));
      await stranger.arrives(/\/review$/);
      await enter(stranger, stranger.button('Create license(s)'));
      await stranger.arrives(RESULT);
      await expect(stranger.heading('2 licenses created')).toBeVisible();
    });

    test('an account, a price list and an import, without a mouse', async ({ owner, acme }) => {
      const { keyboard } = owner.page;
      await owner.open('/office/accounts/new');
      await enter(owner, owner.button('Save'));
      await expect(owner.problems).toBeFocused();
      await enter(owner, owner.problems.getByRole('link').first());
      await expect(owner.field('Organisation')).toBeFocused();
      await keyboard.type('Keyboard GmbH');
      await type(owner, 'Address', 'Tastenweg 1');
      await tabTo(owner, owner.field('Country'));
      await keyboard.type('Germany');
      await expect(owner.field('Country').locator('option:checked')).toHaveText('Germany');
      await type(owner, 'Credit limit', '250');
      await tick(owner, 'Prorate billing');
      await type(owner, 'Unpaid licenses', '12');
      await keyboard.press('Enter');
      await owner.arrives(/^\/office\/accounts\/[0-9a-f-]+\?done=added$/);
      await expect(owner.field('Prorate billing')).toBeChecked();

      await owner.open('/office/price-lists/new');
      await type(owner, 'Name', 'Keyboard list');
      await type(owner, 'Currency', 'EUR');
      await type(owner, 'Percentage off everything', '101');
      await tabTo(owner, owner.field('Start'));
      await keyboard.type('02022026');
      await tick(owner, 'Active', false);
      await enter(owner, owner.button('Add'));
      await expect(owner.problems).toBeFocused();
      await enter(owner, owner.problems.getByRole('link').first());
      await expect(owner.field('Percentage off everything')).toBeFocused();
      await type(owner, 'Percentage off everything', '10');
      await keyboard.press('Enter');
      await owner.arrives(/^\/office\/price-lists\/[0-9a-f-]+\?done=added$/);
      await expect(owner.field('Start')).toHaveValue('2026-02-02');

      await acme.open('/customers/import');
      await tabTo(acme, acme.field('CSV file'));
      await type(acme, 'Or paste the lines', 'E-mail address;First name;Last name\nkim@keys.example;Kim;Keys');
      await enter(acme, acme.button('Check'));
      await acme.arrives(/^\/customers\/import\/[0-9a-f-]+$/);
      await enter(acme, acme.button('Import 1 customer'));
      await expect(acme.heading('1 customer imported')).toBeVisible();
    });
  });
}

/** Ticks a box with the space bar, or takes the tick away. */
async function tick(visitor: Visitor, label: string, ticked = true): Promise<void> {
  await tabTo(visitor, visitor.field(label));
  await visitor.page.keyboard.press('Space');
  await expect(visitor.field(label)).toBeChecked({ checked: ticked });
}

/** Chooses one of the radio buttons with the arrow keys. */
async function pick(visitor: Visitor, name: string): Promise<void> {
  const wanted = visitor.page.getByRole('radio', { name, exact: true });
  await tabTo(visitor, visitor.page.getByRole('radio').first());
  for (let steps = 0; !(await wanted.isChecked()); steps += 1) {
    if (steps === 20) throw new Error(`${name} cannot be chosen`);
    await visitor.page.keyboard.press(steps === 0 ? 'Space' : 'ArrowDown');
  }
}

test('shortcuts lead on, are listed, and sleep while one types', { tag: '@desktop' }, async ({ acme }) => {
  const { keyboard } = acme.page;
  await acme.open('/');
  await keyboard.press('g');
  await keyboard.press('l');
  await acme.arrives('/licenses');
  await expect(acme.heading('Licenses')).toBeFocused();
  await keyboard.press('/');
  await expect(acme.field('Search licenses')).toBeFocused();
  await keyboard.type('cg/?');
  await expect(acme.field('Search licenses')).toHaveValue('cg/?');
  await acme.page.getByRole('heading', { level: 1 }).click();
  await keyboard.press('?');
  await expect(acme.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(acme.page.getByRole('dialog')).toHaveCount(0);
  await keyboard.press('c');
  await acme.arrives('/licenses/new');
  await expect(acme.heading('Create license')).toBeFocused();
});

test('whoever types faster than a page arrives ends where they wanted to', { tag: '@desktop' }, async ({ acme }) => {
  const { keyboard } = acme.page;
  await acme.open('/');
  await keyboard.type('gl/');
  await acme.arrives('/licenses');
  await expect(acme.field('Search licenses')).toBeFocused();
  // From one list to the other: it is not the search of the page that is left.
  await acme.page.getByRole('heading', { level: 1 }).click();
  await keyboard.type('gc/cg?');
  await acme.arrives('/customers');
  await expect(acme.field('Search customers')).toBeFocused();
  await expect(acme.field('Search customers')).toHaveValue('cg?');
  // A page without a search is arrived at like any other, and its shortcuts work.
  await acme.page.getByRole('heading', { level: 1 }).click();
  await keyboard.type('ga/');
  await acme.arrives('/account');
  await expect(acme.heading('Account')).toBeFocused();
  await expect(acme.page.locator('main .skeleton')).toHaveCount(0);
  await keyboard.type('cc');
  await acme.arrives('/licenses/new');
  await expect(acme.heading('Create license')).toBeFocused();
  await keyboard.type('gl/');
  await acme.arrives('/licenses');
  await expect(acme.field('Search licenses')).toBeFocused();
});

test('the first stop leads past the menu', { tag: '@desktop' }, async ({ acme }) => {
  await acme.open('/licenses');
  await acme.page.keyboard.press('Tab');
  await expect(acme.link('Skip to content')).toBeFocused();
  await acme.page.keyboard.press('Enter');
  await expect(acme.page.getByRole('main')).toBeFocused();
});
