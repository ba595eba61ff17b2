// The second factor: an authenticator app, recovery codes, passkeys, and proving once more who one is.

import { createHmac } from 'node:crypto';
import { PASSWORD, SIGN_INS } from '../help/demo.ts';
import { expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

/** The code that an app shows, some steps of half a minute from now (RFC 6238). */
function codeOf(secret: string, steps = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((symbol) => alphabet.indexOf(symbol).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(step).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** Sets an app up; gives its secret and a recovery code. */
async function withApp(visitor: Visitor): Promise<{ secret: string; recovery: string }> {
  await visitor.open('/account');
  await visitor.follow('Second factor');
  await visitor.arrives('/account/second-factor');
  await visitor.button('Set up an app').click();
  await visitor.arrives('/account/second-factor/app');
  await expect(visitor.page.getByRole('img', { name: 'QR code for an authenticator app' })).toBeVisible();
  const secret = (await visitor.page.locator('.secret').innerText()).trim();
  const recovery = (await visitor.page.locator('.recovery code').first().innerText()).trim();
  await visitor.field('Code').fill('000000');
  await visitor.button('Switch on').click();
  await expect(visitor.problems).toContainText('This code is wrong, too old, or was used before.');
  await visitor.field('Code').fill(codeOf(secret));
  await visitor.button('Switch on').click();
  await visitor.arrives('/account/second-factor?done=changed');
  await expect(visitor.page.getByText('The second factor is on.')).toBeVisible();
  return { secret, recovery };
}

for (const script of ['wasm', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script });

    test('with an app the password alone opens nothing; a code or a recovery code opens it', async ({ acme, opens }) => {
      const { secret, recovery } = await withApp(acme);
      await acme.mail(SIGN_INS.acme, 'Your second factor has been changed');

      const phone = await opens();
      await phone.open('/login?next=%2Fcustomers');
      await phone.fill({ 'E-mail or username': SIGN_INS.acme, Password: PASSWORD });
      await phone.button('Log in').click();
      await phone.arrives('/login/code?next=%2Fcustomers');
      await phone.open('/licenses');
      await phone.arrives('/login/code?next=%2Flicenses');
      await phone.field('Code').fill('123');
      await phone.button('Log in').click();
      await expect(phone.problems).toContainText('A code has 6 digits, a recovery code 16 letters and digits.');
      await phone.field('Code').fill(codeOf(secret, 1));
      await phone.button('Log in').click();
      await phone.arrives('/licenses');

      const borrowed = await opens();
      for (const expected of ['lets in', 'was used']) {
        await borrowed.open('/login');
        await borrowed.fill({ 'E-mail or username': SIGN_INS.acme, Password: PASSWORD });
        await borrowed.button('Log in').click();
        await borrowed.arrives('/login/code');
        await borrowed.field('Code').fill(recovery.toLowerCase());
        await borrowed.button('Log in').click();
        if (expected === 'lets in') {
          await borrowed.arrives('/');
          await borrowed.logsOut();
        } else {
          await expect(borrowed.problems).toContainText('This code is wrong, too old, or was used before.');
        }
      }
    });
  });
}

test.describe('passkeys', () => {
  test.use({ hostName: 'localhost' });

  test('a passkey stands in for the code', { tag: '@desktop' }, async ({ acme, opens }) => {
    await withApp(acme);
    await acme.open('/account/second-factor');
    await authenticator(acme);
    await acme.field('Name for the passkey').fill('Alex’s phone');
    await acme.button('Add a passkey').click();
    await expect(acme.page.getByRole('listitem').filter({ hasText: 'Alex’s phone' })).toBeVisible();
    await acme.mail(SIGN_INS.acme, 'A passkey has been added');

    await acme.logsOut();
    await acme.open('/login');
    await acme.fill({ 'E-mail or username': SIGN_INS.acme, Password: PASSWORD });
    await acme.button('Log in').click();
    await acme.arrives('/login/code');
    await acme.button('Use a passkey').click();
    await acme.arrives('/');

    const other = await opens();
    await other.open('/login');
    await other.fill({ 'E-mail or username': SIGN_INS.acme, Password: PASSWORD });
    await other.button('Log in').click();
    await other.arrives('/login/code');
    await authenticator(other);
    await other.button('Use a passkey').click();
    await expect(other.page.getByText('The passkey did not work.')).toBeVisible();
  });
});

/** A device that makes and proves passkeys at once, without asking anybody. */
async function authenticator(visitor: Visitor): Promise<void> {
  const browser = await visitor.context.newCDPSession(visitor.page);
  await browser.send('WebAuthn.enable');
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasUserVerification: true,
      isUserVerified: true,
      hasResidentKey: true,
      automaticPresenceSimulation: true,
    },
  });
}
