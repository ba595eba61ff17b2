// The program may come long after the page: what was typed by then stays, and everything works before and after.

import { PASSWORD, SIGN_INS } from '../help/demo.ts';
import { RESULT, pickProduct, pickUser } from '../help/stories.ts';
import { expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

/** Holds the program back from the next pages; gives what lets it go. */
async function holdProgram(visitor: Visitor): Promise<() => Promise<void>> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await visitor.context.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  return async () => {
    letGo();
    await visitor.awake();
  };
}

const asleep = (visitor: Visitor) => expect(visitor.page.locator('html')).not.toHaveAttribute('data-hydrated');

test('a sign-in waits for no program, and the page after it wakes when the program arrives', async ({ stranger }) => {
  const arrive = await holdProgram(stranger);
  await stranger.page.goto('/login');
  await expect(stranger.page.locator('script[type=module]')).toHaveCount(0);
  await stranger.fill({ 'E-mail or username': SIGN_INS.acme, Password: 'wrong' });
  await stranger.press('Log in');
  await expect(stranger.problems).toBeVisible();
  await expect(stranger.field('E-mail or username')).toHaveValue(SIGN_INS.acme);
  await stranger.fill({ Password: PASSWORD });
  await stranger.press('Log in');
  await expect.poll(() => stranger.address).toBe('/');
  await asleep(stranger);
  await arrive();
});

test('keys are copied before the program arrives', { tag: '@desktop' }, async ({ acme }) => {
  await acme.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await acme.open('/licenses');
  await acme.page.locator('td.title a.row').first().click();
  await acme.arrives(/^\/licenses\/[^/]+$/);
  const key = await acme.page.locator('#key').innerText();
  const arrive = await holdProgram(acme);
  await acme.page.reload({ waitUntil: 'commit' });
  await acme.button('Copy').click();
  await expect(acme.button('Copied')).toBeVisible();
  await expect.poll(() => acme.page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await asleep(acme);
  await arrive();
  await expect(acme.button('Copy')).toHaveCount(1);
});

test('a customer typed before the program arrives stays, and is checked by it', async ({ acme }) => {
  await acme.open('/customers/new');
  const step = acme.address;
  const arrive = await holdProgram(acme);
  await acme.page.goto(step, { waitUntil: 'commit' });
  await acme.fill({ 'E-mail address': 'nina@northsea.example', Username: 'nina', 'First name': 'Nina', 'Last name': 'Holm' });
  await asleep(acme);
  await arrive();

  await expect(acme.field('E-mail address')).toHaveValue('nina@northsea.example');
  await expect(acme.field('First name')).toHaveValue('Nina');
  await expect(acme.page.getByText('Differs from the e-mail address.')).toBeVisible();
  await acme.press('Continue');
  await acme.arrives(/\/access$/);
});

test('license details typed before the program arrives stay, and the price follows them', async ({ acme }) => {
  await pickProduct(acme);
  await pickUser(acme, 'Northwind Traders');
  const step = acme.address;
  const arrive = await holdProgram(acme);
  await acme.page.goto(step, { waitUntil: 'commit' });
  await acme.fill({ Quantity: '2', 'Reseller notes': 'typed early', 'Customer details': 'typed early too' });
  await acme.choose('Customer paid');
  await asleep(acme);
  await arrive();

  await expect(acme.field('Quantity')).toHaveValue('2');
  await expect(acme.field('Reseller notes')).toHaveValue('typed early');
  await expect(acme.field('Customer details')).toHaveValue('typed early too');
  await expect(acme.field('Customer paid')).toBeChecked();
  await expect(acme.page.getByText('2 × € 139.30')).toBeVisible();

  await acme.untick('Customer paid');
  await acme.press('Review');
  await acme.arrives(/\/review$/);
  await acme.press('Create license(s)');
  await acme.arrives(RESULT);
  await expect(acme.heading('2 licenses created')).toBeVisible();
});

test('a user chosen before the program arrives stays chosen', async ({ acme }) => {
  await pickProduct(acme);
  const step = acme.address;
  const arrive = await holdProgram(acme);
  await acme.page.goto(step, { waitUntil: 'commit' });
  await acme.choose('Fabrikam GmbH');
  await acme.field('Search customers').fill('north');
  await asleep(acme);
  await arrive();

  await expect(acme.page.getByRole('radio', { name: 'Fabrikam GmbH', exact: true })).toBeChecked();
  await expect(acme.field('Search customers')).toHaveValue('north');
  await acme.press('Continue');
  await acme.arrives(/\/details$/);
  await expect(acme.page.getByRole('main')).toContainText('for Fabrikam GmbH');
});

test('the command menu opens before what is found in it arrives, once, and keeps what is typed', { tag: '@desktop' }, async ({
  acme,
}) => {
  const { keyboard } = acme.page;
  const dialogs = acme.page.getByRole('dialog');
  const menu = acme.page.getByRole('dialog', { name: 'Command menu' });
  await acme.open('/licenses');
  const arrive = await holdProgram(acme);
  await keyboard.press('Control+k');
  await expect(menu.getByRole('combobox')).toBeFocused();
  await keyboard.type('cre');
  await keyboard.press('Control+k');
  await expect(dialogs).toHaveCount(1);
  await expect(menu.getByRole('option')).toHaveCount(0);
  await keyboard.press('Escape');
  await expect(dialogs).toHaveCount(0);
  await keyboard.press('Control+k');
  await keyboard.type('cre lic');
  await arrive();
  await expect(menu.getByRole('option')).toHaveText([/^Create license/]);
  await expect(menu.getByRole('combobox')).toBeFocused();
  await keyboard.press('Enter');
  await acme.arrives('/licenses/new');
});

test('a command menu whose part cannot be fetched says so, and fetches it when asked again', { tag: '@desktop' }, async ({ acme }) => {
  const { keyboard } = acme.page;
  const menu = acme.page.getByRole('dialog', { name: 'Command menu' });
  await acme.open('/licenses');
  await acme.context.route('**/*.wasm', (route) => route.abort());
  await keyboard.press('Control+k');
  await keyboard.type('cre lic');
  await expect(menu.getByRole('status')).toHaveText(/^This could not be loaded/);
  await acme.context.unroute('**/*.wasm');
  await menu.getByRole('button', { name: 'Try again' }).click();
  await expect(menu.getByRole('option')).toHaveText([/^Create license/]);
  await expect(menu.getByRole('combobox')).toHaveValue('cre lic');
});
