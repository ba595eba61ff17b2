// Light, dark, or as the system says: chosen by a switch that works without any script.

import { LOADING, expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

async function background(visitor: Visitor): Promise<string> {
  // Without script it is a page that is loaded anew, and has no colors before its style has come.
  await visitor.page.waitForLoadState();
  return visitor.page.locator('html').evaluate((page) => getComputedStyle(page).backgroundColor);
}

for (const script of LOADING) {
  test.describe(`script ${script}`, { tag: '@phone' }, () => {
    test.use({ script });

    test('the theme is chosen, and kept on every page', async ({ acme }) => {
      await acme.page.emulateMedia({ colorScheme: 'light' });
      await acme.open('/account');
      const light = await background(acme);
      const theme = acme.page.getByRole('main').getByRole('form', { name: 'Theme' });

      await theme.getByRole('button', { name: 'Dark' }).click();
      await expect(acme.page.locator('html')).toHaveAttribute('data-theme', 'dark');
      await acme.awake();
      await expect(theme.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true');
      const dark = await background(acme);
      expect(dark).not.toBe(light);
      await acme.open('/licenses');
      expect(await background(acme)).toBe(dark);

      await acme.open('/account');
      await theme.getByRole('button', { name: 'System' }).click();
      await expect(acme.page.locator('html')).toHaveAttribute('data-theme', 'system');
      expect(await background(acme)).toBe(light);
      await acme.page.emulateMedia({ colorScheme: 'dark' });
      expect(await background(acme)).toBe(dark);
    });
  });
}

test('where the program is, the theme changes without a reload, and what was typed stays', { tag: '@phone' }, async ({ acme }) => {
  await acme.open('/customers/new');
  await acme.fill({ 'First name': 'Nina' });
  await acme.page.getByRole('banner').locator('summary').click();
  const theme = acme.page.getByRole('banner').getByRole('form', { name: 'Theme' });
  await theme.getByRole('button', { name: 'Dark' }).click();
  await expect(acme.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(theme.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true');
  await expect(acme.field('First name')).toHaveValue('Nina');
});

test('where Keyhouse has been updated meanwhile, the switch says so and leads to the page as it is now', { tag: '@phone' }, async ({ acme }) => {
  await acme.open('/account');
  await acme.page.route('**/api/account/theme', (route) => route.fulfill({ status: 412 }));
  const main = acme.page.getByRole('main');
  await main.getByRole('form', { name: 'Theme' }).getByRole('button', { name: 'Dark' }).click();
  const told = main.getByRole('alert').filter({ hasText: 'Keyhouse has been updated' });
  const again = told.getByRole('link', { name: 'Load again' });
  await expect(again).toHaveAttribute('href', '/account');
  await again.click();
  await expect(told).toHaveCount(0);
  expect(acme.address).toBe('/account');
});
