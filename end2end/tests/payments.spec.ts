// Paying the operator (B6, B7, C6): pending licenses, the checkout, a bank transfer that finance records, and payments that are canceled,
// by who began them or by finance.

import { row } from '../help/office.ts';
import { recordMoney } from '../help/paying.ts';
import { SCRIPTS, WAYS, expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

/** Ticks all pending licenses, and goes to their checkout. */
async function toCheckout(reseller: Visitor): Promise<void> {
  await reseller.open('/licenses?payment=pending');
  await reseller.page.getByLabel('Select all on this page').check();
  await reseller.press('Checkout');
  await reseller.arrives(/^\/billing\/checkout\?license=/);
  await expect(reseller.heading('Checkout')).toBeVisible();
}

/** Begins a payment by bank transfer for all pending licenses: the address of its page, its reference, and its amount. */
async function beginTransfer(reseller: Visitor): Promise<{ page: string; reference: string; amount: string }> {
  await toCheckout(reseller);
  await reseller.page.getByLabel('I accept these terms').check();
  await reseller.page.getByRole('button', { name: /^Pay / }).click();
  await reseller.arrives(/^\/billing\/payments\/PAY-\d{6}$/);
  const card = reseller.page.getByRole('region', { name: 'Transfer the money' });
  const reference = (await card.locator('.key').innerText()).trim();
  const amount = (await card.locator('dd').first().innerText()).replace(/[^\d.]/g, '');
  return { page: new URL(reseller.page.url()).pathname, reference, amount };
}

for (const script of SCRIPTS) {
  test.describe(`script ${script}`, () => {
    test.use({ script });

    test('B6 B7: pending licenses are ticked, paid by transfer, and turn paid when finance records the money', async ({
      acme,
      owner,
    }) => {
      const { page, reference, amount } = await beginTransfer(acme);
      expect(reference).toMatch(/^RF\d\d P/);

      await owner.open('/office');
      const queue = owner.page.getByRole('region', { name: 'Payments to record' });
      await expect(queue).toContainText(/bank transfers? (was|were) begun and ha(s|ve) not come in\./);
      await queue.getByRole('link', { name: 'Open begun payments' }).click();
      await owner.arrives('/office/payments/begun?waits=begun');
      await expect(row(owner, page.slice(-10))).toBeVisible();

      await recordMoney(owner, amount, `Invoice of this month, ${reference}`);
      await acme.open(page);
      await expect(acme.page.getByText('have arrived.')).toBeVisible();
      await acme.open('/licenses?payment=pending');
      await expect(acme.page.getByText('Nothing matches')).toBeVisible();
    });
  });
}

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('B6: terms have to be accepted, and licenses that are being paid are not paid twice', async ({ acme }) => {
      await toCheckout(acme);
      await acme.page.getByRole('button', { name: /^Pay / }).click();
      await expect(acme.problems).toContainText('Accept the terms of use to go on.');
      const { page } = await beginTransfer(acme);

      await acme.open('/licenses?payment=pending');
      await acme.page.getByLabel('Select all on this page').check();
      await acme.press('Checkout');
      await expect(acme.page.getByText('being paid already')).toBeVisible();

      await acme.open(page);
      await acme.press('Cancel payment');
      await expect(acme.page.getByText('It was canceled.')).toBeVisible();
      await beginTransfer(acme);
    });

    test('B7: finance cancels a payment that was begun, and the reseller reads why and pays anew', async ({ acme, owner }) => {
      const { page } = await beginTransfer(acme);
      const number = page.split('/').pop() ?? '';
      await owner.open('/office/payments/begun?waits=begun');
      await row(owner, number).getByRole('link', { name: number, exact: true }).click();
      await owner.arrives(`/office/payments/${number}`);
      await owner.press('Cancel payment');
      await expect(owner.problems).toContainText('Enter why it is canceled, in one line; whoever began it is told.');
      await owner.field('Reason').fill('No money came');
      await owner.press('Cancel payment');
      await expect(owner.page.getByText('The operator has canceled it: No money came')).toBeVisible();
      await expect(owner.page.getByRole('button', { name: 'Cancel payment' })).toHaveCount(0);

      await acme.open(page);
      await expect(acme.page.getByText('The operator has canceled it: No money came')).toBeVisible();
      await acme.follow('Pay in another way');
      await acme.arrives(/^\/billing\/checkout\?license=/);
      await beginTransfer(acme);
    });

    test('B7: money without a reference waits until somebody says whose it is, and is taken back', async ({ owner }) => {
      await owner.open('/office/payments/record');
      await owner.field('Received on').fill('2026-01-15');
      await owner.field('Amount').fill('12.50');
      await owner.field('Text').fill('thank you');
      await owner.press('Record');
      await owner.arrives(/^\/office\/payments\/receipts\//);
      await owner.field('Reference or number').fill('PAY-999999');
      await owner.press('Assign');
      await expect(owner.problems).toContainText('There is no such invoice or payment.');

      await owner.press('Take back');
      await expect(owner.page.getByText('Taken back').first()).toBeVisible();
      await owner.open('/office/payments');
      await expect(row(owner, 'thank you')).toContainText('Taken back');
    });
  });
}
