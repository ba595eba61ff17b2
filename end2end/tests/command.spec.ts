// The command menu: what somebody may do, and what is theirs, found by a few letters.

import { NINA, createCustomer } from '../help/stories.ts';
import { expect, test } from '../help/test.ts';

test('Ctrl K finds an action, a customer and a license, by keyboard alone', { tag: '@desktop' }, async ({ acme }) => {
  const { keyboard } = acme.page;
  const menu = acme.page.getByRole('dialog', { name: 'Command menu' });
  const found = menu.getByRole('option');
  await acme.open('/licenses');
  await keyboard.press('Control+k');
  await expect(menu.getByRole('combobox')).toBeFocused();
  await keyboard.type('cre lic');
  await expect(found).toHaveText([/^Create license/]);
  await keyboard.press('Enter');
  await acme.arrives('/licenses/new');

  await keyboard.press('Control+k');
  await keyboard.type('northwind');
  await expect(found.filter({ hasText: 'Customer, anna@northwind.example' })).toHaveCount(1);
  await expect(found.filter({ hasText: 'License, ' }).first()).toBeVisible();
  await expect(found.first()).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(acme.heading('Northwind Traders')).toBeVisible();

  await keyboard.press('Control+k');
  await keyboard.press('ArrowDown');
  await expect(found.nth(1)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await expect(found.last()).toHaveAttribute('aria-selected', 'true');
  await keyboard.type('nobody has this name');
  await expect(menu.getByText('Nothing is found by these words.')).toBeVisible();
  await keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
});

test('A11: nobody finds what is another reseller’s, nor what they may not do', async ({ acme, globex, client }) => {
  await createCustomer(acme, NINA);
  for (const [visitor, words] of [[globex, 'nina'], [client, 'create'], [client, 'northwind']] as const) {
    await visitor.open('/');
    await visitor.page.getByRole('banner').locator('summary').click();
    await visitor.button('Command menu').click();
    const menu = visitor.page.getByRole('dialog', { name: 'Command menu' });
    await menu.getByRole('combobox').fill(words);
    await expect(menu.getByText('Nothing is found by these words.')).toBeVisible();
    await visitor.page.keyboard.press('Escape');
  }
});
