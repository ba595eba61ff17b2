// A6, A7, A10: one's own account: sessions, password, and what happens after four wrong ones.

import { PASSWORD, SIGN_INS } from '../help/demo.ts';
import { GOOD_PASSWORD } from '../help/stories.ts';
import { SCRIPTS, expect, test } from '../help/test.ts';

const REFUSED =
  'E-mail or username and password do not match. After four wrong passwords in a row you have to wait 15 minutes.';
const WAIT = 'Too many tries. Wait 15 minutes and try again.';

for (const script of SCRIPTS) {
  test.describe(`script ${script}`, { tag: '@desktop' }, () => {
    test.use({ script });

    test('a session is ended from another browser', async ({ acme, opens }) => {
      const other = await opens();
      await other.logsIn(SIGN_INS.acme, PASSWORD);
      await other.arrives('/');

      await acme.open('/account');
      const sessions = acme.page.getByRole('region', { name: 'Sessions' }).getByRole('listitem');
      await expect(sessions).toHaveCount(2);
      await expect(sessions.filter({ hasText: /This session/ })).toHaveCount(1);
      await sessions.filter({ hasNotText: /This session/ }).getByRole('button', { name: 'End this session' }).click();
      await expect(sessions).toHaveCount(1);
      await expect(sessions).toContainText('This session');

      await other.open('/licenses');
      await other.arrives('/login?next=%2Flicenses');
      await acme.open('/licenses');
      await expect(acme.heading('Licenses')).toBeVisible();
    });

    test('all other sessions are ended at once', async ({ acme, opens }) => {
      const others = [await opens(), await opens()];
      for (const other of others) {
        await other.logsIn(SIGN_INS.acme, PASSWORD);
        await other.arrives('/');
      }
      await acme.open('/account');
      const sessions = acme.page.getByRole('region', { name: 'Sessions' }).getByRole('listitem');
      await expect(sessions).toHaveCount(3);
      await acme.press('End all other sessions');
      await expect(sessions).toHaveCount(1);
      await expect(sessions).toContainText('This session');
      for (const other of others) {
        await other.open('/licenses');
        await other.arrives('/login?next=%2Flicenses');
      }
    });

    test('a change of password ends all other sessions, and only the new one signs in', async ({ acme, opens }) => {
      const other = await opens('acme');
      const twin = await opens();
      await twin.logsIn(SIGN_INS.acme, PASSWORD);
      await twin.arrives('/');

      await acme.open('/account');
      const change = async (current: string, password: string, confirmation: string) => {
        await acme.fill({ 'Current password': current, Password: password, 'Password confirmation': confirmation });
        await acme.press('Change password');
      };
      await change('wrong password', GOOD_PASSWORD, GOOD_PASSWORD);
      await expect(acme.problems).toBeFocused();
      await expect(acme.field('Current password')).toHaveAttribute('aria-invalid', 'true');
      await change(PASSWORD, GOOD_PASSWORD, `${GOOD_PASSWORD}!`);
      await acme.sees('The two passwords are not the same.', 'Password confirmation');
      await change(PASSWORD, PASSWORD, PASSWORD);
      await acme.sees(/^Choose another password than the current one\.$/, 'Password');
      await change(PASSWORD, GOOD_PASSWORD, GOOD_PASSWORD);
      await expect(acme.page.getByRole('status').filter({ hasText: 'Password changed.' })).toBeVisible();
      await acme.awake();
      await expect(acme.field('Current password')).toHaveValue('');
      await acme.mail(SIGN_INS.acme, 'Your password has been changed');

      await acme.open('/');
      await expect(acme.heading('Home')).toBeVisible();
      for (const ended of [other, twin]) {
        await ended.open('/account');
        await ended.arrives('/login?next=%2Faccount');
      }
      await twin.logsIn(SIGN_INS.acme, PASSWORD);
      await expect(twin.problems).toHaveText(REFUSED);
      await twin.logsIn(SIGN_INS.acme, GOOD_PASSWORD);
      await twin.arrives('/');
    });

    test('A6: after the fourth wrong password one waits, in the same words as for somebody unknown', async ({ stranger }) => {
      // Who has to wait is not shown the form again: nothing of it is kept then.
      const waits = async (login: string, password: string) => {
        await stranger.logsIn(login, password);
        await expect(stranger.page.getByRole('main')).toContainText(WAIT);
        await stranger.follow('Back to the form');
        await stranger.arrives('/login');
      };
      for (const login of [SIGN_INS.client, 'nobody@nowhere.example']) {
        for (let times = 1; times <= 3; times += 1) {
          await stranger.logsIn(login, `wrong ${times}`);
          await expect(stranger.problems).toHaveText(REFUSED);
          await expect(stranger.field('E-mail or username')).toHaveValue(login);
          await expect(stranger.field('Password')).toHaveValue('');
        }
        await waits(login, 'wrong 4');
        await waits(login, PASSWORD);
      }
      await stranger.mail(SIGN_INS.client, 'Somebody enters wrong passwords for your sign-in');
      expect((await stranger.house.mails()).filter(({ to }) => to.includes('nowhere'))).toEqual([]);
    });
  });
}

test('X3: signing in with nothing typed says what is missing', async ({ stranger }) => {
  await stranger.logsIn('', '');
  await expect(stranger.problems).toBeFocused();
  await stranger.sees('Enter your e-mail address or username.', 'E-mail or username', '');
  await stranger.sees('Enter your password.', 'Password', '');
});
