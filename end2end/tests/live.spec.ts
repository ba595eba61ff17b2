// A page that is open says when something of the account has changed, and offers to refresh.

import { ACME, PASSWORD } from '../help/demo.ts';
import { NINA, createCustomer, createLicenses } from '../help/stories.ts';
import { expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

const news = (visitor: Visitor) => visitor.page.getByRole('status').filter({ hasText: 'Something changed' });
const rows = (visitor: Visitor) => visitor.page.locator('tbody tr');

/** Waits until the page listens. */
async function listens(visitor: Visitor): Promise<void> {
  const listening = visitor.page.waitForResponse((response) => response.url().includes('/events'));
  await visitor.open('/licenses');
  await listening;
}

test.describe('live', { tag: '@desktop' }, () => {
  test('a license created elsewhere is told of, and shown when asked for', async ({ acme, opens }) => {
    await listens(acme);
    await expect(news(acme)).toHaveCount(0);

    const colleague = await opens('acme');
    await createLicenses(colleague, { user: 'Fabrikam GmbH', quantity: '2' });
    await expect(news(acme)).toContainText('2 licenses for Fabrikam GmbH were created');
    await expect(rows(acme)).toHaveCount(ACME.licenses);
    await acme.press('Refresh');
    await expect(rows(acme)).toHaveCount(ACME.licenses + 2);
    await expect(news(acme)).toHaveCount(0);
  });

  test('a customer who signs in for the first time is told of; nothing of another reseller is', async ({
    acme,
    globex,
    opens,
  }) => {
    await createCustomer(acme, NINA, 'given by the reseller');
    await listens(acme);
    const other = globex.page.waitForResponse((response) => response.url().includes('/events'));
    await globex.open('/');
    await other;

    const nina = await opens();
    await nina.logsIn(NINA.email, 'given by the reseller');
    await expect(news(acme)).toContainText('North Sea Trading signed in for the first time');
    await expect(news(globex)).toHaveCount(0);
  });

  test('it goes on after the server was away, and tells what was missed', async ({ acme, house, opens }) => {
    await listens(acme);
    await house.close();
    await house.open();
    const colleague = await opens('acme');
    await createLicenses(colleague, { user: 'Fabrikam GmbH' });
    await expect(news(acme)).toBeVisible();
    await acme.press('Refresh');
    await expect(rows(acme)).toHaveCount(ACME.licenses + 1);

    await createLicenses(colleague, { user: 'Northwind Traders' });
    await expect(news(acme)).toContainText('1 license for Northwind Traders was created');
  });

  test('a form that is sent while the server is away says so, keeps what was typed, and works when it is back', async ({
    acme,
    house,
  }) => {
    await acme.open('/customers/new');
    await acme.fill({ 'E-mail address': NINA.email, 'First name': NINA.firstName, 'Last name': NINA.lastName });
    await house.close();
    await acme.press('Continue');
    await expect(acme.problems).toBeFocused();
    await expect(acme.problems).toContainText('The server cannot be reached. What you typed is still here');
    await expect(acme.field('E-mail address')).toHaveValue(NINA.email);
    await house.open();
    await acme.press('Continue');
    await acme.arrives(/\/access$/);
  });

  test('the session that ends closes the line, and the page can go on after signing in', async ({ acme }) => {
    await listens(acme);
    const colleague = await acme.tab();
    await colleague.open('/');
    await colleague.logsOut();
    await colleague.logsIn('admin@acme.example', PASSWORD);
    await colleague.arrives('/');
    await acme.follow('Trials');
    await acme.arrives('/licenses?type=trial');
    await expect(rows(acme)).toHaveCount(3);
  });
});
