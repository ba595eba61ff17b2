// O2: one form makes one order, whatever happens to the finger, the tab or the line.

import { ACME } from '../help/demo.ts';
import { RESULT, countLicenses, createLicenses, keysOf, reviewLicenses } from '../help/stories.ts';
import { LOADING, expect, test } from '../help/test.ts';

const WISH = { user: 'Northwind Traders', quantity: '2' } as const;

for (const script of LOADING) {
  test.describe(`script ${script}`, { tag: '@desktop' }, () => {
    test.use({ script });

    test('O2: a double click makes one order', async ({ acme }) => {
      await reviewLicenses(acme, WISH);
      await acme.button('Create license(s)').dblclick();
      await acme.arrives(RESULT);
      await expect(acme.page.locator('code.key')).toHaveCount(2);
      expect(await countLicenses(acme)).toBe(ACME.licenses + 2);
    });

    test('O2: reloading the result, going back and pressing again make nothing new', async ({ acme }) => {
      const keys = await createLicenses(acme, WISH);
      const result = acme.address;
      await acme.reload();
      expect(await keysOf(acme)).toEqual(keys);
      await acme.page.goBack();
      await acme.arrives(result);
      expect(await keysOf(acme)).toEqual(keys);
      expect(await countLicenses(acme)).toBe(ACME.licenses + 2);
    });

    test('O2: the review sent from two tabs makes one order, and both show it', async ({ acme }) => {
      await reviewLicenses(acme, WISH);
      const other = await acme.tab();
      await other.open(acme.address);
      await Promise.all([acme.press('Create license(s)'), other.press('Create license(s)')]);
      await acme.arrives(RESULT);
      await other.arrives(acme.address);
      expect(await keysOf(other)).toEqual(await keysOf(acme));
      expect(await countLicenses(acme)).toBe(ACME.licenses + 2);
    });
  });
}

test('O2: an answer that is lost on the way is asked for again, and makes one order', { tag: '@desktop' }, async ({
  acme,
}) => {
  await reviewLicenses(acme, WISH);
  // The order arrives and is executed; its answer does not come back.
  await acme.page.route('**/api/licenses/create', async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort('connectionreset');
  }, { times: 1 });
  await acme.press('Create license(s)');
  await expect(acme.problems).toBeFocused();
  await expect(acme.problems).toContainText('The server cannot be reached.');
  await acme.press('Create license(s)');
  await acme.arrives(RESULT);
  await expect(acme.page.locator('code.key')).toHaveCount(2);
  expect(await countLicenses(acme)).toBe(ACME.licenses + 2);
});
