// The daily work of the back office: suspending, two who edit one account, reading the log, mails that do not go out.

import { PASSWORD, SIGN_INS } from '../help/demo.ts';
import { openAccount, row } from '../help/office.ts';
import { NINA, createCustomer } from '../help/stories.ts';
import { WAYS, expect, test } from '../help/test.ts';

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('A1 X1: a suspended reseller is stopped at the next request, and goes on when let in again', async ({
      owner,
      acme,
      client,
      opens,
    }) => {
      await acme.open('/licenses');
      const account = await openAccount(owner, 'ACME Ltd');
      await owner.press('Suspend account');
      await owner.sees(/.+/, 'Reason', '');
      await owner.field('Reason').fill('Owes us since March');
      await owner.press('Suspend account');
      await expect(owner.page.getByText('Suspended since')).toBeVisible();
      await expect(owner.page.getByRole('main').getByText('Owes us since March').first()).toBeVisible();

      await acme.link('Catalog').first().click();
      await acme.arrives('/login?next=%2Fcatalog');
      await acme.logsIn(SIGN_INS.acme, 'not the password');
      await expect(acme.problems).toContainText('do not match');
      await acme.logsIn(SIGN_INS.acme, PASSWORD);
      await expect(acme.problems).toContainText('Your account is suspended, so you cannot sign in at present.');
      await client.open('/');
      await expect(client.heading('Your licenses')).toBeVisible();

      await owner.field('Reason').fill('Has paid');
      await owner.press('Reactivate account');
      await expect(owner.button('Suspend account')).toBeVisible();
      await expect(owner.page.getByText('Suspended since')).toHaveCount(0);
      const again = await opens();
      await again.logsIn(SIGN_INS.acme, PASSWORD);
      await again.arrives('/');

      await owner.open(`${account}/history`);
      await expect(owner.page.getByRole('main')).toContainText('Owes us since March');
      await owner.open('/office/audit');
      await owner.page.getByRole('main').locator('summary', { hasText: 'Filters' }).click();
      await owner.field('What').selectOption('Suspended the account');
      await owner.press('Apply');
      await owner.arrives(/^\/office\/audit\?.*what=account\.suspended/);
      await expect(row(owner, /.+/)).toHaveCount(1);
      await expect(row(owner, 'ACME Ltd')).toContainText('Suspended the account');
      await row(owner, 'ACME Ltd').locator('summary').click();
      await expect(row(owner, 'ACME Ltd')).toContainText('Owes us since March');
      const file = await owner.link('Export CSV').getAttribute('href');
      const lines = (await (await owner.page.request.get(`${owner.house.url}${file}`)).text()).trim().split(/\r?\n/);
      expect(lines).toHaveLength(2);
      expect(lines[1]).toContain('Suspended the account');
      expect(lines[1]).toContain('Owes us since March');

      // To the reseller itself there is no such page.
      expect((await again.open(`${account}/history`)).status()).toBe(404);
    });

    test('A1: of two who edit an account, the second is told what is there now, and saves again', async ({ owner, opens }) => {
      const other = await opens('owner');
      const account = await openAccount(owner, 'ACME Ltd');
      await other.open(account);
      await other.field('Phone').fill('+49 30 1234');
      await other.press('Save');
      await expect(other.page.getByText('Saved.').first()).toBeVisible();

      await owner.fill({ City: 'Berlin', Phone: '+49 30 9999' });
      await owner.press('Save');
      await expect(owner.problems).toBeFocused();
      await expect(owner.problems).toContainText('Somebody changed this meanwhile');
      await expect(owner.problems).toContainText('Back office Owner changed phone from nothing to “+49 30 1234”');
      await expect(owner.field('City')).toHaveValue('Berlin');
      await expect(owner.field('Phone')).toHaveValue('+49 30 9999');
      await other.reload();
      await expect(other.field('City')).toHaveValue('');
      await expect(other.field('Phone')).toHaveValue('+49 30 1234');

      await owner.press('Save');
      await expect(owner.page.getByText('Saved.').first()).toBeVisible();
      await expect(owner.problems).toHaveCount(0);
      await other.reload();
      await expect(other.field('City')).toHaveValue('Berlin');
      await expect(other.field('Phone')).toHaveValue('+49 30 9999');
    });
  });
}

test.describe('by a mail server', { tag: '@phone' }, () => {
  for (const { script } of WAYS) {
    test.describe(`script ${script}`, () => {
      test.use({ script, byMailServer: true });

      test('X2: a mail that was refused for good is seen, and goes out when it is tried again', async ({
        acme,
        owner,
        mailServer,
        letters,
      }) => {
        if (mailServer) mailServer.refuses = 550;
        await createCustomer(acme, NINA);
        await expect(async () => {
          await owner.open('/office/mail?state=failed');
          await expect(row(owner, NINA.email)).toContainText('Failed', { timeout: 100 });
        }).toPass();
        await expect(row(owner, NINA.email)).toContainText('Tried 1 time.');
        expect(letters.filter(({ to }) => to.includes(NINA.email))).toEqual([]);

        if (mailServer) mailServer.refuses = undefined;
        await row(owner, NINA.email).getByRole('button', { name: 'Retry' }).click();
        await expect(owner.page.getByText('The mail is on its way again.')).toBeVisible();
        await expect.poll(() => letters.filter(({ to }) => to.includes(NINA.email)).length).toBe(1);
        await expect(async () => {
          await owner.open('/office/mail');
          await expect(row(owner, NINA.email)).toContainText('Sent', { timeout: 100 });
        }).toPass();
        await expect(row(owner, NINA.email).getByRole('button', { name: 'Retry' })).toHaveCount(0);
      });
    });
  }
});
