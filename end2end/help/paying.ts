// How money comes in, told once: what a reseller begins by bank transfer, and what finance records of it.

import { expect } from '@playwright/test';
import type { Visitor } from './visitor.ts';

/** C6: begins a top-up by bank transfer, from what the account owes; the page of the payment and its reference. */
export async function beginTopUp(reseller: Visitor, amount: string): Promise<{ page: string; reference: string }> {
  await reseller.open('/billing');
  await reseller.follow('Top up credit');
  await reseller.arrives('/billing/top-up');
  await reseller.field('Amount in EUR').fill(amount);
  await reseller.choose('Bank transfer');
  await reseller.press('Top up');
  await reseller.arrives(/^\/billing\/payments\/PAY-\d{6}$/);
  const card = reseller.page.getByRole('region', { name: 'Transfer the money' });
  return { page: reseller.address, reference: (await card.locator('.key').innerText()).trim() };
}

/** B7: finance records money that came in, which is found to be whose it is by its reference. */
export async function recordMoney(finance: Visitor, amount: string, text: string): Promise<void> {
  await finance.open('/office/payments/record');
  await finance.fill({ 'Received on': '2026-01-15', Amount: amount, Text: text });
  await finance.press('Record');
  await finance.arrives(/^\/office\/payments\/receipts\//);
  await expect(finance.page.getByText('Assigned')).toBeVisible();
}
