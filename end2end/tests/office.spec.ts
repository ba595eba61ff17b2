// X2, A9: the owner sees every mail without its links and keys; to all others the page is none.

import { NINA, createCustomer } from '../help/stories.ts';
import { SCRIPTS, expect, test } from '../help/test.ts';

for (const script of SCRIPTS) {
  test.describe(`script ${script}`, () => {
    test.use({ script });

    test('X2: the owner reads the mails that went out', async ({ acme, owner }) => {
      await createCustomer(acme, NINA);
      await acme.mail(NINA.email, 'Activate your sign-in');
      await owner.open('/');
      await expect(owner.heading('Back office')).toBeVisible();
      await owner.follow('Open the outbox');
      await owner.arrives('/office/mail');
      const mail = owner.page.getByRole('row').filter({ hasText: NINA.email });
      await expect(mail).toContainText('Activate your sign-in');
      await expect(mail).toContainText('Sent');
      await mail.getByText('Text', { exact: true }).click();
      await expect(mail.getByText('[link left out]')).toBeVisible();
      await expect(mail.getByText(/\/activate\//)).toHaveCount(0);
      await expect(mail.getByText(/mail\/[0-9a-f-]+\.eml/)).toBeVisible();
      await owner.reload();
      await expect(mail).toContainText('Activate your sign-in');
    });

    test('A11: the page is not found by anybody else, nor in their menu', async ({ acme, client, stranger }) => {
      for (const visitor of [acme, client]) {
        const answer = await visitor.open('/office/mail');
        expect(answer.status()).toBe(404);
        await expect(visitor.heading('Not found')).toBeVisible();
        await expect(visitor.link('Mail')).toHaveCount(0);
      }
      await stranger.open('/office/mail');
      await stranger.arrives('/login?next=%2Foffice%2Fmail');
    });
  });
}
