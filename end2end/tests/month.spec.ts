// C1, L8: what a reseller buys stands in its month, as the operator sees it and as the table says.

import { readFile } from 'node:fs/promises';
import { row } from '../help/office.ts';
import { createLicenses } from '../help/stories.ts';
import { WAYS, expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

/** What the table of the ledger says of something: its count and its amount. */
async function sum(visitor: Visitor, what: string): Promise<[number, string]> {
  const [count, amount] = await row(visitor, what).first().locator('td.num').allInnerTexts();
  return [Number(count), amount ?? ''];
}

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('C1: a month grows with what is bought, and is the same in the back office and as CSV', async ({ acme, owner }) => {
      await acme.open('/');
      await acme.follow('Month end');
      await acme.arrives('/billing/month');
      await expect(acme.heading('Month end')).toBeVisible();
      const [before] = await sum(acme, 'Bought');
      await createLicenses(acme, { user: 'Northwind Traders' });
      await acme.open('/billing/month');
      const [after, bought] = await sum(acme, 'Bought');
      expect(after).toBeGreaterThan(before);
      const [, owed] = await sum(acme, 'Owed at the end');

      const download = acme.page.waitForEvent('download');
      await acme.follow('Export CSV');
      const table = await readFile(await (await download).path(), 'utf8');
      const cell = (amount: string) => amount.replace(/[^\d.-]/g, '');
      expect(table).toContain(`"Bought","${after}","${cell(bought)}","EUR"`);
      expect(table).toContain(`"Owed at the end","","${cell(owed)}","EUR"`);

      await acme.page.getByText('The figures', { exact: true }).click();
      await expect(acme.page.getByRole('table', { name: 'Spend and licenses per month' }).locator('tbody tr')).toHaveCount(12);

      await owner.open('/office');
      await owner.follow('Open the month');
      await owner.arrives('/office/month');
      await expect(row(owner, 'ACME')).toContainText(owed);
      const all = owner.page.getByRole('table', { name: 'All resellers' });
      await expect(all.getByRole('row').filter({ hasText: 'EUR' })).toContainText('€');
      await row(owner, 'ACME').getByRole('link').click();
      await owner.arrives(/^\/office\/month\/[0-9a-f-]+\?month=\d{4}-\d\d$/);
      expect(await sum(owner, 'Bought')).toEqual([after, bought]);
    });
  });
}
