// A wizard never loses what was typed: not by reload, not by going back, not by creating the customer in the middle,
// not when the session has ended.

import { PASSWORD, SIGN_INS } from '../help/demo.ts';
import {
  NINA,
  create,
  enterDetails,
  enterPerson,
  giveAccess,
  pickProduct,
  pickUser,
  review,
} from '../help/stories.ts';
import { LOADING, expect, test } from '../help/test.ts';
import { Visitor } from '../help/visitor.ts';

const TYPED = { quantity: '2', notes: 'PO 4711', details: 'In the shop' } as const;

async function seesTyped(visitor: Visitor): Promise<void> {
  await expect(visitor.field('Quantity')).toHaveValue(TYPED.quantity);
  await expect(visitor.field('Reseller notes')).toHaveValue(TYPED.notes);
  await expect(visitor.field('Customer details')).toHaveValue(TYPED.details);
}

for (const script of LOADING) {
  test.describe(`script ${script}`, { tag: '@phone' }, () => {
    test.use({ script });

    test('L1: going back and on again, and reloading, keep what was typed', async ({ acme }) => {
      await pickProduct(acme);
      await pickUser(acme, 'Northwind Traders');
      await review(acme, TYPED);
      await acme.reload();
      await expect(acme.page.getByText(TYPED.notes)).toBeVisible();

      await acme.follow('Back');
      await acme.arrives(/\/details$/);
      await seesTyped(acme);
      await acme.reload();
      await seesTyped(acme);
      await acme.follow('Back');
      await acme.arrives(/\/user$/);
      await expect(acme.page.getByRole('radio', { name: 'Northwind Traders', exact: true })).toBeChecked();
      await acme.press('Continue');
      await acme.arrives(/\/details$/);
      await seesTyped(acme);
      await acme.page.goBack();
      await acme.arrives(/\/user$/);
      await acme.page.goForward();
      await acme.arrives(/\/details$/);
      await seesTyped(acme);
    });

    test('L1 A10: the customer is created in the middle, and the license goes on with it', async ({ acme }) => {
      await pickProduct(acme);
      await pickUser(acme, 'Northwind Traders');
      await review(acme, TYPED);
      await acme.page.getByRole('link', { name: 'Change user' }).click();
      await acme.arrives(/\/user$/);
      await acme.follow('Create new customer');
      await acme.arrives(/^\/customers\/new\/[^/]+$/);
      await enterPerson(acme, NINA);
      await acme.reload();
      await expect(acme.page.getByText(NINA.email).first()).toBeVisible();
      await acme.follow('Back');
      await acme.arrives(/^\/customers\/new\/[^/]+$/);
      await expect(acme.field('E-mail address')).toHaveValue(NINA.email);
      await enterPerson(acme, NINA);
      await giveAccess(acme);

      await acme.arrives(/^\/licenses\/new\/[^/]+\/user$/);
      await expect(acme.page.getByRole('radio', { name: 'North Sea Trading', exact: true })).toBeChecked();
      await acme.press('Continue');
      await acme.arrives(/\/details$/);
      await seesTyped(acme);
      await acme.press('Review');
      await acme.arrives(/\/review$/);
      await expect(acme.page.getByText('North Sea Trading')).toBeVisible();
      expect(await create(acme)).toHaveLength(2);
    });

    test('L1: a session that ends in the middle loses nothing', async ({ acme }) => {
      await pickProduct(acme);
      await pickUser(acme, 'Northwind Traders');
      await enterDetails(acme, TYPED);
      // The session ends, as by time; the browser does not know that and keeps its cookie.
      const cookies = await acme.context.cookies();
      await acme.page.request.post(`${acme.house.url}/api/sessions/sign_out`, { form: {} });
      await acme.context.addCookies(cookies);
      await acme.press('Review');

      if (script === 'wasm') {
        await expect(acme.problems).toContainText('You are signed out.');
        await seesTyped(acme);
        const popup = acme.page.waitForEvent('popup');
        await acme.follow('Log in in another tab');
        const tab = new Visitor(await popup, acme.house, script);
        await tab.arrives('/login');
        await tab.fill({ 'E-mail or username': SIGN_INS.acme, Password: PASSWORD });
        await tab.press('Log in');
        await tab.arrives('/');
        await acme.press('Review');
      } else {
        await acme.arrives(/^\/login\?next=/);
        await acme.fill({ 'E-mail or username': SIGN_INS.acme, Password: PASSWORD });
        await acme.press('Log in');
        await acme.arrives(/\/details\?again=/);
        await seesTyped(acme);
        await acme.press('Review');
      }
      await acme.arrives(/\/review$/);
      await expect(acme.page.getByText(TYPED.notes)).toBeVisible();
      expect(await create(acme)).toHaveLength(2);
    });
  });
}

test('L1: what was typed and not sent is there after a reload, also when the line is slow', async ({ acme }) => {
  await pickProduct(acme);
  await pickUser(acme, 'Northwind Traders');
  // The first of what is kept stays on its way until everything is typed.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await acme.page.route('**/api/licenses/autosave', async (route) => {
    await held;
    await route.continue();
  }, { times: 1 });
  await acme.field('Quantity').fill('7');
  const first = acme.page.waitForRequest('**/api/licenses/autosave');
  await acme.field('Reseller notes').focus();
  await first;
  await enterDetails(acme, TYPED);
  await acme.field('Quantity').focus();
  const last = acme.page.waitForResponse((response) => {
    const kept = new URLSearchParams(response.request().postData() ?? '');
    return response.url().endsWith('/autosave') && kept.get('customer_details') === TYPED.details;
  });
  letGo();
  await last;
  await acme.reload();
  await seesTyped(acme);
});

test('a page that was asked for signed out is come back to after signing in', { tag: '@desktop' }, async ({ stranger }) => {
  await stranger.open('/licenses?state=active&q=north');
  await stranger.arrives(/^\/login\?next=/);
  await stranger.fill({ 'E-mail or username': SIGN_INS.acme, Password: PASSWORD });
  await stranger.press('Log in');
  await stranger.arrives('/licenses?state=active&q=north');
  await expect(stranger.field('Search licenses')).toHaveValue('north');
});
