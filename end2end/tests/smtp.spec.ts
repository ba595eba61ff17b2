// X2: mails arrive at a real mail server.

import { GOOD_PASSWORD, NINA, createCustomer, linkIn } from '../help/stories.ts';
import { expect, test } from '../help/test.ts';

test.use({ byMailServer: true });

test('A5 X2: the invitation arrives at a mail server, and its link activates', { tag: '@desktop' }, async ({
  acme,
  opens,
  letters,
}) => {
  await createCustomer(acme, NINA);
  const hers = () => letters.filter(({ to }) => to.includes(NINA.email));
  await expect.poll(() => hers().map(({ subject }) => subject)).toEqual(['Activate your sign-in']);
  const nina = await opens();
  await nina.open(linkIn(hers()[0]?.text ?? ''));
  await nina.fill({ Password: GOOD_PASSWORD, 'Password confirmation': GOOD_PASSWORD });
  await nina.press('Activate account');
  await expect(nina.heading('Your account is active')).toBeVisible();
  const subjects = ['Activate your sign-in', 'Your sign-in is active'];
  await expect.poll(() => hers().map(({ subject }) => subject)).toEqual(subjects);
});
