// From nothing to a reseller who can sell, as the operator does it, by mail (A1, A2, A4, A5, P2).

import {
  GOOD_PASSWORD,
  NINA,
  PRESTASHOP,
  PRIMARY,
  create,
  createButton,
  createCustomer,
  linkIn,
  review,
} from '../help/stories.ts';
import { LOADING, expect, test } from '../help/test.ts';

const RITA = 'rita@initech.example';

for (const script of LOADING) {
  test.describe(`script ${script}`, () => {
    test.use({ script });

    test('A1 A2 A4 A5: an account is added, gets prices and a person, and that person sells', async ({ owner, opens }) => {
      await owner.open('/');
      await owner.arrives('/office');
      await owner.open('/office/accounts');
      await owner.follow('Add');
      await owner.arrives('/office/accounts/new');
      await owner.press('Save');
      await owner.sees(/.+/, 'Organisation', '');
      await owner.fill({
        Organisation: 'Initech GmbH',
        'First name': 'Rita',
        'Last name': 'Reseller',
        'E-mail address': RITA,
      });
      await owner.choose('Ordering');
      await owner.choose('Reselling');
      await owner.fill({ 'Credit limit': '500' });
      await owner.press('Save');
      await owner.arrives(/^\/office\/accounts\/[0-9a-f-]+\?done=added$/);
      await expect(owner.heading('Initech GmbH')).toBeVisible();
      await expect(owner.page.getByText('Before this account can order')).toBeVisible();

      await owner.page.getByRole('navigation', { name: 'Parts of the account' }).getByText('Price list').click();
      await owner.arrives(/\/price-list$/);
      await owner.page.getByRole('combobox', { name: 'Price list' }).selectOption({ label: 'Partner, 30 % off' });
      await owner.press('Assign price list');
      await expect(owner.page.getByRole('main').getByText('Partner, 30 % off').first()).toBeVisible();

      await owner.page.getByRole('navigation', { name: 'Parts of the account' }).getByText('Contacts').click();
      await owner.arrives(/\/contacts$/);
      await owner.follow('Add contact');
      await owner.arrives(/\/contacts\/new$/);
      await owner.fill({ 'First name': 'Rita', 'Last name': 'Reseller', 'E-mail address': RITA });
      await owner.choose('Storefront user');
      await owner.press('Save');
      const link = linkIn((await owner.mail(RITA, 'Activate your sign-in')).text);

      const rita = await opens();
      await rita.open(link);
      await rita.fill({ Password: GOOD_PASSWORD, 'Password confirmation': GOOD_PASSWORD });
      await rita.press('Activate account');
      await expect(rita.heading('Your account is active')).toBeVisible();
      const second = await owner.mail(RITA, 'Your sign-in is active');
      const login = /Login now: https?:\/\/[^/\s]+(\/login)/.exec(second.text)?.[1];
      expect(login).toBe('/login');
      await rita.logsIn(RITA, GOOD_PASSWORD);
      await rita.arrives('/');
      await expect(rita.heading('Home')).toBeVisible();

      await createCustomer(rita, NINA);
      await rita.follow('Create license for this customer');
      await rita.arrives(/^\/licenses\/new\?customer=/);
      await createButton(rita, PRESTASHOP, PRIMARY).click();
      await rita.arrives(/\/details$/);
      await review(rita, { quantity: '1' });
      expect(await create(rita)).toHaveLength(1);

      await owner.open('/office/accounts?q=initech');
      await owner.follow('Initech GmbH');
      await expect(owner.heading('Initech GmbH')).toBeVisible();
      await expect(owner.page.getByText('Before this account can order')).toHaveCount(0);
      await expect(owner.page.getByText('Ready', { exact: true })).toBeVisible();
    });
  });
}

test('A3: somebody applies, is approved, and logs in', async ({ stranger, owner }) => {
  await stranger.open('/');
  await stranger.follow('Apply as a reseller');
  await stranger.arrives('/apply');
  await stranger.fill({
    Organisation: 'Umbrella Ltd',
    'First name': 'Uma',
    'Last name': 'Brella',
    'E-mail address': 'uma@umbrella.example',
    Phone: '+49 30 123456',
    Country: 'Germany',
  });
  await stranger.press('Send application');
  await expect(stranger.heading('Your application has arrived')).toBeVisible();
  await owner.mail('uma@umbrella.example', 'We have received your application');
  await owner.open('/office/applications');
  await owner.follow('Umbrella Ltd');
  await owner.arrives(/^\/office\/applications\/[0-9a-f-]+$/);
  const lists = owner.page.getByRole('combobox', { name: 'Price list' });
  await lists.selectOption(await lists.locator('option', { hasText: 'Partner, 30 % off' }).getAttribute('value'));
  await owner.press('Approve');
  const link = linkIn((await owner.mail('uma@umbrella.example', 'Activate your sign-in')).text);
  await stranger.open(link);
  await stranger.fill({ Password: GOOD_PASSWORD, 'Password confirmation': GOOD_PASSWORD });
  await stranger.press('Activate account');
  await expect(stranger.heading('Your account is active')).toBeVisible();
  await stranger.logsIn('uma@umbrella.example', GOOD_PASSWORD);
  await stranger.arrives('/');
  await expect(stranger.heading('Home')).toBeVisible();
});

test('A7: a forgotten password is replaced by a link, and all other sessions end', async ({ acme, stranger }) => {
  await stranger.open('/login');
  await stranger.follow('Forgot your password?');
  await stranger.arrives('/forgot');
  await stranger.field('E-mail or username').fill('admin@acme.example');
  await stranger.press('Send the link');
  const mail = await acme.mail('admin@acme.example', 'Choose a new password');
  const link = /https?:\/\/[^/\s]+(\/reset\/\S+)/.exec(mail.text)?.[1] ?? '';
  await stranger.open(link);
  await expect(stranger.page.locator('script[type=module]')).toHaveCount(0);
  await stranger.fill({ Password: GOOD_PASSWORD, 'Password confirmation': 'seven green cattle' });
  await stranger.press('Change password');
  await expect(stranger.problems).toBeFocused();
  await stranger.sees('The two passwords are not the same.', 'Password confirmation', '');
  await stranger.fill({ Password: GOOD_PASSWORD, 'Password confirmation': GOOD_PASSWORD });
  await stranger.press('Change password');
  await expect(stranger.heading('Your password has been changed')).toBeVisible();
  await stranger.logsIn('admin@acme.example', GOOD_PASSWORD);
  await stranger.arrives('/');
  await acme.open('/licenses');
  await acme.arrives('/login?next=%2Flicenses');
});

test('all parts of an account are in sight on a phone', { tag: '@phone' }, async ({ owner }) => {
  await owner.open('/office/accounts?q=acme');
  await owner.follow('ACME Ltd');
  await expect(owner.heading('ACME Ltd')).toBeVisible();
  const parts = owner.page.getByRole('navigation', { name: 'Parts of the account' }).getByRole('link');
  await expect(parts).toHaveText(['Details', 'Contacts', 'Price list', 'Customers', 'Licenses', 'Orders', 'Billing', 'History']);
  for (const part of await parts.all()) await expect(part).toBeInViewport({ ratio: 1 });
  await expect(parts.first()).toHaveAttribute('aria-current', 'page');
});

test('A8: a buyer sees what buyers may, and nothing of the team', async ({ stranger }) => {
  await stranger.logsIn('buyer@acme.example', 'keyhouse-demo');
  await stranger.arrives('/');
  await expect(stranger.link('Create license')).toBeVisible();
  expect((await stranger.open('/team')).status()).toBe(404);
  expect((await stranger.open('/office/accounts')).status()).toBe(404);
});
