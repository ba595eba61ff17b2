// A5, A6, A8, A9: people are added with their rights, and a change of rights acts on the next request.

import { PASSWORD } from '../help/demo.ts';
import { row, said } from '../help/office.ts';
import { GOOD_PASSWORD, linkIn } from '../help/stories.ts';
import { WAYS, expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

/** Fills in the form of a new user, which is open, with some roles. */
async function addUser(visitor: Visitor, first: string, email: string, roles: string[]): Promise<void> {
  await visitor.fill({ 'First name': first, 'Last name': 'Quist', 'E-mail address': email });
  for (const role of roles) await visitor.choose(role);
  await visitor.press('Add');
}

/** Activates the sign-in that a mail invites to, and signs in. */
async function begins(visitor: Visitor, email: string, home: string): Promise<void> {
  await visitor.open(linkIn((await visitor.mail(email, 'Activate your sign-in')).text));
  await visitor.fill({ Password: GOOD_PASSWORD, 'Password confirmation': GOOD_PASSWORD });
  await visitor.press('Activate account');
  await expect(visitor.heading('Your account is active')).toBeVisible();
  await visitor.logsIn(email, GOOD_PASSWORD);
  await visitor.arrives(home);
}

/** Everything that the menus offer. */
async function offered(visitor: Visitor): Promise<string[]> {
  await visitor.page.getByRole('banner').locator('summary').click();
  const found = await visitor.page.locator('header nav a, nav.tabs a, .menu-panel a').allInnerTexts();
  await visitor.page.getByRole('banner').locator('summary').click();
  return [...new Set(found.map((words) => words.trim()))].toSorted();
}

async function isNotFound(visitor: Visitor, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    expect((await visitor.open(path)).status(), path).toBe(404);
    await expect(visitor.heading('Not found')).toBeVisible();
  }
}

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('A5 A6 A8: a colleague is added, and may what the roles say from one request to the next', async ({ acme, opens }) => {
      const email = 'quinn@acme.example';
      await acme.open('/team');
      await acme.follow('Add user');
      await acme.arrives('/team/new');
      await acme.choose('Simple');
      await addUser(acme, 'Quinn', email, []);
      await expect(acme.problems).toBeFocused();
      await acme.choose('License manager');
      await acme.press('Add');
      await acme.arrives(/^\/team\/[0-9a-f-]+\?done=added$/);
      await expect(said(acme, email)).toBeVisible();
      const person = acme.address.split('?')[0] ?? '';
      await expect(acme.heading('Quinn Quist')).toBeVisible();
      await expect(acme.page.getByText('Pending activation')).toBeVisible();

      const quinn = await opens();
      await begins(quinn, email, '/');
      expect(await offered(quinn)).toEqual(['Account', 'Catalog', 'Customers', 'Home', 'Licenses', 'Orders']);
      await isNotFound(quinn, '/team', '/team/new', person, '/customers/import', '/office');

      await acme.open(person);
      await acme.choose('Buyer');
      await acme.press('Save roles');
      await expect(acme.page.getByText('Simple: Buyer, License manager')).toBeVisible();
      await quinn.open('/customers/import');
      await expect(quinn.heading('Import customers')).toBeVisible();
      await acme.open(person);
      await acme.untick('Buyer');
      await acme.press('Save roles');
      await expect(acme.page.getByText('Simple: License manager')).toBeVisible();
      await isNotFound(quinn, '/customers/import');

      // The last admin stays one.
      await acme.open('/team');
      await acme.follow('Alex Meyer');
      await acme.arrives(/^\/team\/[0-9a-f-]+$/);
      await acme.choose('Simple');
      await acme.choose('Buyer');
      await acme.press('Save roles');
      await expect(acme.problems).toContainText('This is the last active admin of the account. Make somebody else admin first.');
      await acme.press('Make inactive');
      await expect(acme.page.getByRole('main')).toContainText('This is the last active admin of the account.');

      await acme.open('/team');
      await row(acme, 'Quinn Quist').getByRole('button', { name: 'Make inactive' }).click();
      await expect(said(acme, 'Made inactive.')).toBeVisible();
      await quinn.open('/licenses');
      await quinn.arrives('/login?next=%2Flicenses');
      await quinn.logsIn(email, GOOD_PASSWORD);
      await expect(quinn.problems).toContainText('do not match');
    });
  });
}

test('A6 A9: staff are added with one role, see no more than that, and the last owner stays one', { tag: '@desktop' }, async ({
  owner,
  opens,
}) => {
  const email = 'cato@keyhouse.example';
  await owner.open('/office/staff');
  await owner.follow('Add user');
  await owner.arrives('/office/staff/new');
  await addUser(owner, 'Cato', email, ['Catalog']);
  await owner.arrives(/\?done=added$/);
  const person = owner.address.split('?')[0] ?? '';

  const cato = await opens();
  await begins(cato, email, '/office');
  expect(await offered(cato)).toEqual(['Account', 'Home', 'Price lists', 'Products']);
  await isNotFound(cato, '/office/staff', person, '/office/accounts', '/office/audit', '/office/mail', '/licenses', '/team');
  await cato.open('/office/products/new');
  await expect(cato.heading('Add product')).toBeVisible();

  await owner.open(person);
  await owner.choose('Support');
  await owner.untick('Catalog');
  await owner.press('Save roles');
  await expect(said(owner, 'Saved.')).toBeVisible();
  await isNotFound(cato, '/office/products/new');
  await cato.open('/office/accounts');
  await expect(cato.heading('Accounts')).toBeVisible();
  await expect(cato.link('Add')).toHaveCount(0);

  await owner.open('/office/staff');
  await row(owner, 'owner@keyhouse.example').getByRole('link').click();
  await owner.arrives(/^\/office\/contacts\/[0-9a-f-]+$/);
  await owner.choose('Support');
  await owner.untick('Owner');
  await owner.press('Save roles');
  await expect(owner.problems).toContainText('This is the last active owner of the account.');

  // Who came from the demo with one role is refused the same way.
  const support = await opens();
  await support.logsIn('support@keyhouse.example', PASSWORD);
  await support.arrives('/office');
  await isNotFound(support, '/office/staff', '/office/staff/new', '/office/accounts/new');
});
