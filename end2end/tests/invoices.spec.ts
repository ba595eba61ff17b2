// B5, C1, C5: what is ordered is invoiced at once; its reseller and the staff read the same amounts, and take the same file home.

import { createLicenses } from '../help/stories.ts';
import { row } from '../help/office.ts';
import { SCRIPTS, expect, test } from '../help/test.ts';

for (const script of SCRIPTS) {
  test.describe(`script ${script}`, { tag: script === 'wasm' ? [] : '@phone' }, () => {
    test.use({ script });

    test('B5: an order is invoiced, and its invoice leads to what is owed, to the lines and to a file', async ({ acme }) => {
      await createLicenses(acme, { user: 'Northwind Traders', quantity: '2' });
      await acme.open('/billing');
      await expect(acme.page.getByText('Available credit')).toBeVisible();
      await expect(acme.page.getByText(/^Limit .+, less a balance of .+, less .+ in arrears$/)).toBeVisible();

      await acme.follow('All invoices');
      await acme.arrives('/billing/invoices');
      const newest = row(acme, /INV-\d{6}/).first();
      await expect(newest).toContainText('€ 278.60');
      await expect(newest).toContainText('Open');
      const number = /INV-\d{6}/.exec(await newest.innerText())?.[0] ?? '';
      await acme.follow(number);
      await acme.arrives(`/billing/invoices/${number}`);
      await expect(acme.heading(`Invoice ${number}`)).toBeVisible();
      await expect(row(acme, '2 × € 139.30')).toContainText('for Northwind Traders');

      const answer = await acme.page.request.get(`/billing/invoices/${number}/invoice.pdf`);
      expect(answer.headers()['content-type']).toBe('application/pdf');
      expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
    });

    test('C1: the ledger is the balance, entry by entry', async ({ acme }) => {
      await createLicenses(acme, { user: 'Northwind Traders', quantity: '1' });
      await acme.open('/billing/ledger');
      await expect(acme.page.getByText(/^The balance is .+, the sum of all entries\.$/)).toBeVisible();
      await expect(row(acme, 'Charge').first()).toContainText('€ 139.30');
      const table = await (await acme.page.request.get('/billing/ledger.csv')).text();
      expect(table).toContain('139.30');
    });
  });
}

test('B5: the staff find the invoices of all resellers, and what is unpaid of them', { tag: '@desktop' }, async ({ acme, owner }) => {
  await createLicenses(acme, { user: 'Northwind Traders', quantity: '1' });
  await owner.open('/office/invoices');
  await owner.follow('Unpaid');
  await owner.arrives('/office/invoices?filter=unpaid');
  const newest = row(owner, /INV-\d{6}/).first();
  const number = /INV-\d{6}/.exec(await newest.innerText())?.[0] ?? '';
  await owner.follow(number);
  await owner.arrives(`/office/invoices/${number}`);
  await expect(owner.page.getByText('Issued the invoice')).toBeVisible();
});
