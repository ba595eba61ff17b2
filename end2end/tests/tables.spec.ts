// A10, L14: tables that come and go: customers are imported whole or not at all, and what is taken home is what is shown.

import { ACME } from '../help/demo.ts';
import { row } from '../help/office.ts';
import { SCRIPTS, expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

const HEADER = 'E-mail address;Username;First name;Last name;Company';

/** Chooses a file with this in it, and has it looked through. */
async function check(reseller: Visitor, table: string | Buffer): Promise<void> {
  const buffer = typeof table === 'string' ? Buffer.from(table) : table;
  await reseller.open('/customers/import');
  await reseller.field('CSV file').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer });
  await reseller.press('Check');
}

const DRY_RUN = /^\/customers\/import\/[0-9a-f-]{36}$/;

for (const script of SCRIPTS) {
  test.describe(`script ${script}`, { tag: script === 'wasm' ? [] : '@phone' }, () => {
    test.use({ script });

    test('A10: a table is looked through cell by cell, corrected, and imported once', async ({ acme, house }) => {
      await check(acme, Buffer.from(`${HEADER}\nmuller@x.example;;J\u00fcrgen;M\u00fcller;`, 'latin1'));
      await acme.arrives(/^\/customers\/import\?again=/);
      await expect(acme.problems).toContainText('UTF-8');
      await check(acme, 'E-mail address;First name\na@x.example;Ann');
      await acme.arrives(/^\/customers\/import\?again=/);
      await expect(acme.problems).toContainText('The column "Last name" is missing in the first line.');

      const wrong = [
        HEADER,
        'ann@broom.example;;Ann;Broom;Broom & Co',
        'ben.broom.example;ben;;Broom;',
        'ann@pan.example;ANN@broom.example;Ann;Pan;',
        'cleo@broom.example;admin@GLOBEX.example;Cleo;Broom;',
        'dora@broom.example;;Dora;Broom;;one too many',
      ];
      await check(acme, wrong.join('\n'));
      await acme.arrives(DRY_RUN);
      await expect(acme.page.getByText('1 of 5 lines are fine.')).toBeVisible();
      for (const finding of [
        /Line 3.*E-mail address.*Enter an e-mail address/s,
        /Line 3.*First name.*Enter the first name\./s,
        /Line 4.*Username.*Line 2 has this username already\./s,
        /Line 5.*Username.*This username is taken\./s,
        /Line 6.*Whole line.*more cells than the header/s,
      ]) {
        await expect(row(acme, finding)).toHaveCount(1);
      }
      await expect(row(acme, /.+/)).toHaveCount(5);
      await expect(acme.page.getByRole('main')).not.toContainText('Globex');
      await expect(acme.page.getByRole('button', { name: /^Import/ })).toHaveCount(0);
      const before = (await house.mails()).length;

      await acme.follow('send it again');
      await acme.arrives('/customers/import');
      await acme.field('Or paste the lines').fill(`${HEADER}\nann@broom.example;;Ann;Broom;Broom & Co\nben@broom.example;ben;Ben;Pan;`);
      await acme.press('Check');
      await acme.arrives(DRY_RUN);
      await expect(acme.page.getByText('2 customers can be imported.')).toBeVisible();
      const dryRun = acme.address;
      expect((await house.mails()).length, 'looking through sends no mail').toBe(before);

      // Sent from two tabs at once, and by a finger that taps twice.
      const other = await acme.tab();
      await other.open(dryRun);
      await Promise.all([acme.button('Import 2 customers').dblclick(), other.press('Import 2 customers')]);
      for (const tab of [acme, other]) await expect(tab.heading('2 customers imported')).toBeVisible();
      await acme.open(dryRun);
      await expect(acme.heading('2 customers imported')).toBeVisible();
      await acme.follow('See the customers');
      await acme.arrives('/customers');
      await expect(row(acme, /.+/)).toHaveCount(6);
      await expect(row(acme, 'Broom & Co')).toContainText('Pending activation');
      await acme.mail('ben@broom.example', 'Activate your sign-in');
      const invited = (await house.mails()).filter(({ to }) => to.includes('broom.example'));
      expect(invited.map(({ to }) => to).toSorted()).toEqual(['ann@broom.example', 'ben@broom.example']);
    });

    test('L14: licenses and customers are taken home as they are filtered', async ({ acme }) => {
      const taken = async () => {
        const file = acme.page.waitForEvent('download');
        await acme.follow('Export CSV');
        expect((await file).suggestedFilename()).toMatch(/\.csv$/);
        const address = await acme.link('Export CSV').getAttribute('href');
        const answer = await acme.page.request.get(`${acme.house.url}${address}`);
        return (await answer.text()).trim().split(/\r?\n/);
      };
      await acme.open('/licenses');
      expect(await taken()).toHaveLength(1 + ACME.licenses);
      await acme.follow('Trials');
      await acme.arrives('/licenses?type=trial');
      await expect(row(acme, /.+/)).toHaveCount(3);
      const trials = await taken();
      expect(trials.slice(1).map((line) => /,"Trial",/i.test(line))).toEqual([true, true, true]);
      await acme.open('/customers?q=fabri');
      const [head, ...found] = await taken();
      expect(head).toContain('"Customer","Name","E-mail');
      expect(found).toEqual([expect.stringContaining('buero@fabrikam.example')]);
    });

    test('L14 L8: many licenses are ticked, and marked as paid or sent together', async ({ acme, house }) => {
      const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      const tick = async () => {
        for (const box of await acme.page.getByRole('checkbox', { name: /Northwind Traders/ }).all()) await box.check();
      };
      await acme.open('/licenses');
      await tick();
      await acme.field('Customer paid date').fill(day(2));
      await acme.press('Mark customer paid');
      await acme.sees('This date is in the future.', 'Customer paid date', day(2));
      await acme.field('Customer paid date').fill(day(-2));
      await acme.press('Mark customer paid');
      await expect(acme.page.getByText('Customer paid was set for 3 licenses.')).toBeVisible();
      await acme.awake();

      await acme.open('/licenses');
      await acme.choose('Select all on this page');
      await acme.field('Customer paid date').fill(day(-1));
      await acme.press('Mark customer paid');
      await expect(acme.page.getByText(`Customer paid was set for ${ACME.licenses - 3} licenses.`)).toBeVisible();
      await expect(acme.page.getByText(`3 of ${ACME.licenses} ticked stayed as they are`)).toBeVisible();

      await acme.open('/licenses?q=northwind');
      const before = (await house.mails()).length;
      await tick();
      await acme.press('Resend details');
      await expect(acme.page.getByText('The details of 3 licenses are being sent.')).toBeVisible();
      await acme.mail('anna@northwind.example', 'Your license keys');
      expect((await house.mails()).slice(before).map(({ to }) => to), 'one mail for each customer').toEqual([
        'anna@northwind.example',
      ]);
    });
  });
}
