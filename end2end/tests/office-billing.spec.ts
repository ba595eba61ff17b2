// How the operator bills: its settings, the billing of an account, and the billing details that a reseller keeps itself.

import { openAccount, row } from '../help/office.ts';
import { WAYS, expect, test } from '../help/test.ts';

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('B7: the operator says where resellers pay to, and a mistyped IBAN is told', async ({ owner, acme }) => {
      await owner.open('/office/settings');
      await expect(owner.heading('Settings')).toBeVisible();
      await owner.fill({ 'Account holder': 'Keyhouse Ltd', IBAN: 'DE89 3704 0044 0532 0130 01', Reminders: '3, 10' });
      await owner.press('Save');
      await expect(owner.problems).toContainText('check digits do not fit');
      await expect(owner.field('Account holder')).toHaveValue('Keyhouse Ltd');
      await owner.field('IBAN').fill('DE89 3704 0044 0532 0130 00');
      await owner.press('Save');
      await expect(owner.page.getByText('Saved.')).toBeVisible();
      await owner.open('/office/settings');
      await expect(owner.field('Reminders')).toHaveValue('3 10');
      expect((await acme.open('/office/settings')).status()).toBe(404);
    });

    test('C1 C7: an account shows its credit with its parts, its ledger, and is given reminders', async ({ owner }) => {
      const account = await openAccount(owner, 'ACME Ltd');
      await owner.follow('Billing');
      await owner.arrives(`${account}/billing`);
      const main = owner.page.getByRole('main');
      for (const part of ['Credit limit', 'Balance', 'In arrears', 'Available credit', 'Unpaid licenses']) {
        await expect(main.getByRole('term').filter({ hasText: part })).toBeVisible();
      }
      await expect(row(owner, 'Charge').first()).toBeVisible();
      await owner.fill({ 'Tax rate': '101', 'First reminder': '20', 'Second reminder': '20' });
      await owner.press('Save');
      await expect(owner.problems).toContainText('A percentage cannot be over 100.');
      await expect(owner.problems).toContainText('There is a reminder at this percentage already.');
      await owner.fill({ 'Tax rate': '19', 'Second reminder': '50' });
      await owner.press('Save');
      await expect(main.getByRole('term').filter({ hasText: 'Reminder at 50 %' })).toBeVisible();
      const file = await owner.link('Export CSV').getAttribute('href');
      const table = await (await owner.page.request.get(`${owner.house.url}${file}`)).text();
      expect(table).toContain('Charge');
      await owner.open(`${account}/history`);
      await expect(owner.page.getByRole('main')).toContainText('Changed how the account is billed');
    });

    test('A8: an admin changes where the invoices go', async ({ acme, client }) => {
      await acme.open('/account');
      await acme.follow('Edit billing details');
      await acme.arrives('/billing/details');
      await acme.fill({ City: 'Hamburg', 'Tax number': 'DE 123' });
      await acme.press('Save');
      await expect(acme.page.getByText('Saved.')).toBeVisible();
      await acme.open('/billing/details');
      await expect(acme.field('City')).toHaveValue('Hamburg');
      expect((await client.open('/billing/details')).status()).toBe(404);
    });

    test('B8: the home of the staff leads to the accounts that may be suspended', async ({ owner }) => {
      await owner.open('/office');
      await owner.follow('Open overdue accounts');
      await owner.arrives('/office/accounts?show=overdue');
      await expect(owner.heading('Accounts')).toBeVisible();
    });
  });
}
