// X3: bad input gets a clear message at its field, what was typed stays, and nothing is stored. The same with the
// program as without any script.

import { ACME, PASSWORD } from '../help/demo.ts';
import {
  GOOD_PASSWORD,
  NINA,
  countLicenses,
  create,
  createCustomer,
  enterPerson,
  pickProduct,
  pickUser,
  review,
} from '../help/stories.ts';
import { expect, test } from '../help/test.ts';
import type { Script, Visitor } from '../help/visitor.ts';

const NASTY = '</textarea><script>document.title="owned"</script> \u202eאבג 🗝️ <b>bold</b> &amp; {{7*7}}';

/** A day from today, as fields of dates have it. */
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('X3: a slow press sends the form, as no message moves the button meanwhile', { tag: '@desktop' }, async ({ acme }) => {
  await pickProduct(acme);
  await pickUser(acme, 'Northwind Traders');
  await acme.field('Quantity').press('Control+a');
  await acme.field('Quantity').pressSequentially('two');
  await acme.button('Review').hover();
  await acme.page.mouse.down();
  await expect(acme.field('Quantity')).toBeFocused();
  await acme.page.mouse.up();
  await expect(acme.problems).toBeFocused();
  await acme.sees('Enter a whole number from 1 to 1000.', 'Quantity', 'two');
});

const ways: Script[] = ['wasm', 'off'];
for (const script of ways) {
  test.describe(`script ${script}`, { tag: '@desktop' }, () => {
    test.use({ script });

    test('L1 X3: a quantity that is none is refused at the field', async ({ acme }) => {
      await pickProduct(acme);
      await pickUser(acme, 'Northwind Traders');
      await acme.field('Reseller notes').fill('stays with it');
      for (const typed of ['0', '1001', '1e3', '-1', '2.5', 'two', '']) {
        await acme.field('Quantity').fill(typed);
        await acme.press('Review');
        await expect(acme.problems).toBeFocused();
        await acme.sees('Enter a whole number from 1 to 1000.', 'Quantity', typed);
        await expect(acme.field('Reseller notes')).toHaveValue('stays with it');
      }
      await acme.field('Quantity').fill('1');
      await acme.press('Review');
      await acme.arrives(/\/review$/);
      expect(await countLicenses(acme)).toBe(ACME.licenses);
    });

    test('L8 X3: customer paid needs its date, and a date that can be', async ({ acme }) => {
      await pickProduct(acme);
      await pickUser(acme, 'Northwind Traders');
      const paid = async (ticked: boolean, date: string, message: string) => {
        // Ticked first, because the box shows the date and fills it in.
        await acme.choose('Customer paid');
        await acme.field('Customer paid date').fill(date);
        if (!ticked) await untick(acme, date);
        await acme.press('Review');
        await expect(acme.problems).toBeFocused();
        await acme.sees(message, 'Customer paid date', date);
        await expect(acme.field('Customer paid')).toBeChecked({ checked: ticked });
      };
      await paid(true, '', 'Enter the date on which the customer paid.');
      await paid(true, day(2), 'This date is in the future.');
      await paid(true, '1980-01-01', 'This date is too long ago.');
      await paid(false, day(-2), 'Tick Customer paid, or leave the date empty.');

      await acme.choose('Customer paid');
      await acme.field('Customer paid date').fill(day(-2));
      await acme.press('Review');
      await acme.arrives(/\/review$/);
      await expect(acme.page.getByText(/^Yes, on /)).toBeVisible();
    });

    test('X3: a note of 10 kB is refused with its length, and stays', async ({ acme }) => {
      await pickProduct(acme);
      await pickUser(acme, 'Northwind Traders');
      const long = 'n'.repeat(10_240);
      await acme.fill({ 'Reseller notes': long, 'Customer details': 'd' + long });
      // Leaving the last field may show its message, which moves the button.
      await acme.field('Customer details').blur();
      if (script === 'wasm') await acme.sees(tooLong(10_241), 'Customer details', 'd' + long);
      await acme.press('Review');
      await expect(acme.problems).toBeFocused();
      await acme.sees(tooLong(10_240), 'Reseller notes', long);
      await acme.sees(tooLong(10_241), 'Customer details', 'd' + long);
    });

    test('X3: markup, emoji and right-to-left marks are text wherever they stand', async ({ acme, opens }) => {
      const nasty = { ...NINA, firstName: NASTY.slice(0, 90), lastName: 'אבג\u200f', company: NASTY };
      await acme.open('/customers/new');
      await enterPerson(acme, nasty);
      await expect(acme.page.getByRole('main')).toContainText(NASTY);
      await acme.fill({ Password: 'given by the reseller', 'Password confirmation': 'given by the reseller' });
      await acme.press('Add');
      await acme.arrives(/\?done=added$/);
      await expect(acme.heading(NASTY)).toBeVisible();

      await pickProduct(acme);
      await pickUser(acme, NASTY);
      await review(acme, { notes: NASTY, details: NASTY });
      expect(await acme.page.getByText(NASTY, { exact: true }).count()).toBeGreaterThanOrEqual(3);
      const [key = ''] = await create(acme);

      await acme.open('/licenses');
      await expect(acme.page.getByRole('row').filter({ hasText: NASTY })).toHaveCount(1);
      await acme.link('Store Manager for PrestaShop').first().click();
      await acme.arrives(/^\/licenses\/[0-9a-f-]+$/);
      await expect(acme.field('Reseller notes')).toHaveValue(NASTY);
      await expect(acme.field('Customer details')).toHaveValue(NASTY);
      await acme.field('Reseller notes').fill(`\n${NASTY}\n${NASTY}`);
      await acme.press('Save');
      await expect(acme.page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
      await acme.reload();
      await expect(acme.field('Reseller notes')).toHaveValue(`${NASTY}\n${NASTY}`);
      await acme.open(`/licenses?q=${encodeURIComponent(NASTY)}`);
      await expect(acme.field('Search licenses')).toHaveValue(NASTY);

      const nina = await opens();
      await nina.logsIn(NINA.email, 'given by the reseller');
      await nina.arrives('/account');
      await nina.fill({ 'Current password': 'given by the reseller', Password: GOOD_PASSWORD, 'Password confirmation': GOOD_PASSWORD });
      await nina.press('Change password');
      await nina.arrives('/');
      await expect(nina.page.getByText(key)).toBeVisible();
      await nina.link('Store Manager for PrestaShop').click();
      await expect(nina.page.getByRole('main').getByText(NASTY, { exact: true })).toBeVisible();
      for (const visitor of [acme, nina]) await expect(visitor.page).not.toHaveTitle(/^owned/);
    });

    test('X3: control characters are refused, in every field', async ({ acme }) => {
      await acme.open('/customers/new');
      await acme.fill({ 'E-mail address': 'a\u0007@b.example', 'First name': 'N\u0007', 'Last name': 'H\u0007', Company: 'C\u0007', Phone: '1\u0007' });
      await acme.press('Continue');
      await expect(acme.problems).toBeFocused();
      for (const label of ['First name', 'Last name', 'Company', 'Phone']) {
        await acme.sees('Remove the invisible control characters.', label);
      }
      await pickProduct(acme);
      await pickUser(acme, 'Northwind Traders');
      await acme.fill({ 'Reseller notes': 'a\u0007b', 'Customer details': 'a\u0007b' });
      await acme.press('Review');
      for (const label of ['Reseller notes', 'Customer details']) {
        await acme.sees('Remove the invisible control characters.', label, 'a\u0007b');
      }
    });

    test('A3 X3: a refused application comes without the program, keeps what was typed however long, and is sent once right', async ({
      stranger,
      owner,
    }) => {
      const long = '🔑'.repeat(2_500);
      await stranger.open('/apply');
      await expect(stranger.page.locator('script[type=module]')).toHaveCount(0);
      await stranger.fill({ Organisation: 'Umbrella Ltd', 'First name': 'Uma', 'Last name': 'Brella', 'E-mail address': 'uma', Phone: 'none', Country: 'Germany', Message: long });
      await stranger.press('Send application');
      await expect(stranger.problems).toBeFocused();
      await expect(stranger.problems).toHaveCount(1);
      await expect(stranger.problems).toContainText('3 things need a change');
      await stranger.sees('Enter an e-mail address like anna@company.com.', 'E-mail address', 'uma');
      await stranger.sees('Enter a phone number with digits, or leave it empty.', 'Phone', 'none');
      await stranger.sees(tooLong(2_500), 'Message', long);
      await expect(stranger.field('Organisation')).toHaveValue('Umbrella Ltd');
      await stranger.fill({ 'E-mail address': 'uma@umbrella.example', Phone: '+49 30 123456', Message: '🔑'.repeat(2_000) });
      await stranger.press('Send application');
      await expect(stranger.heading('Your application has arrived')).toBeVisible();
      await owner.open('/office/applications');
      await expect(owner.page.getByRole('row').filter({ hasText: 'Umbrella Ltd' })).toHaveCount(1);
    });

    test('A10 X3: a customer without the names and an address is refused, and a name that is taken', async ({ acme }) => {
      await acme.open('/customers/new');
      await acme.fill({ 'E-mail address': 'nina', Phone: 'none' });
      await acme.press('Continue');
      await expect(acme.problems).toBeFocused();
      await expect(acme.problems).toContainText('4 things need a change');
      await acme.sees('Enter an e-mail address like anna@company.com.', 'E-mail address', 'nina');
      await acme.sees('Enter the first name.', 'First name', '');
      await acme.sees('Enter the last name.', 'Last name', '');
      await acme.sees('Enter a phone number with digits, or leave it empty.', 'Phone', 'none');

      // Anywhere and in any case, without saying whose it is.
      for (const username of ['ADMIN@Globex.example', 'Anna@Northwind.Example']) {
        await acme.fill({ 'E-mail address': 'nina@northsea.example', Username: username, 'First name': 'Nina', 'Last name': 'Holm', Phone: '' });
        await acme.press('Continue');
        await expect(acme.problems).toBeFocused();
        await acme.sees('This username is taken. Choose another one.', 'Username', username);
        await expect(acme.page.getByRole('main')).not.toContainText(/globex corporation|northwind traders/i);
        await expect(acme.field('First name')).toHaveValue('Nina');
      }
    });

    test('A10 X3: a password that is none is refused, and never shown again', async ({ acme }) => {
      await acme.open('/customers/new');
      await enterPerson(acme, NINA);
      const refused = async (password: string, confirmation: string, message: string | RegExp, at = 'Password') => {
        await acme.fill({ Password: password, 'Password confirmation': confirmation });
        await acme.press('Add');
        await expect(acme.problems).toBeFocused();
        await acme.sees(message, at);
      };
      await refused('', '', 'Enter a password.');
      await refused('short', 'short', 'Use at least 10 characters; this has 5.');
      await refused('password1234', 'password1234', /^This password is easily guessed\./);
      await refused(NINA.email, NINA.email, 'Choose a password that is not the name or the e-mail address.');
      await refused(GOOD_PASSWORD, 'seven green cattle', 'The two passwords are not the same.', 'Password confirmation');
      expect(await acme.page.content()).not.toContain(GOOD_PASSWORD);

      await acme.open('/customers');
      await expect(acme.page.getByRole('main')).not.toContainText(NINA.email);
    });

    test('A11: what is not there and what is another reseller\'s answer alike: not found', async ({ acme, globex }) => {
      await acme.open('/customers');
      const customer = await acme.link('Northwind Traders').getAttribute('href');
      await acme.open('/licenses');
      const license = await acme.link('Store Manager for PrestaShop').first().getAttribute('href');
      await pickProduct(acme);
      const draft = acme.address;
      const nobody = '01935f6e-7b1c-7000-8000-00000badcafe';
      const none = [
        `/customers/${nobody}`,
        '/customers/nonsense',
        `/licenses/${nobody}`,
        '/licenses/nonsense',
        `/licenses/created/${nobody}`,
        `/licenses/new?customer=${nobody}`,
        '/nowhere',
        '/customers/a/b/c',
      ];
      for (const path of [customer ?? '', license ?? '', `/licenses/new?customer=${customer?.split('/').at(-1)}`, ...none]) {
        const answer = await globex.open(path);
        expect(answer.status(), path).toBe(404);
        await expect(globex.heading('Not found'), path).toBeVisible();
      }
      const stolen = await globex.open(draft);
      expect([404, 409]).toContain(stolen.status());
      await expect(globex.page.getByRole('main')).not.toContainText('Northwind');
    });
  });
}

/** Takes the tick away and leaves the date, as somebody without the program can. */
async function untick(visitor: Visitor, date: string): Promise<void> {
  await visitor.untick('Customer paid');
  const field = visitor.page.locator('[name=customer_paid_date]');
  await field.evaluate((input: HTMLInputElement, value: string) => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, date);
}

const tooLong = (long: number) => new RegExp(`^Shorten this to [0-9]+ characters; it has ${long}\\.$`);

test.describe('requests made by hand', { tag: '@desktop' }, () => {
  test('O2: a form with a missing or wrong key is told so, and nothing is done', async ({ acme }) => {
    const keys = ['', 'nonsense', '01935f6e-7b1c-7000-8000-00000badcafe'];
    for (const idempotency_key of keys) {
      for (const [deed, form] of Object.entries({
        'licenses/create': { total: '13930' },
        'customers/create': { password: GOOD_PASSWORD, password_confirmation: GOOD_PASSWORD },
        'contacts/change_password': { current: 'wrong', password: GOOD_PASSWORD, password_confirmation: GOOD_PASSWORD },
        'licenses/edit': { id: 'x', reseller_notes: '' },
      })) {
        const answer = await acme.page.request.post(`${acme.house.url}/api/${deed}`, { form: { idempotency_key, ...form } });
        expect([404, 409, 422], `${deed} with ${idempotency_key}: ${await answer.text()}`).toContain(answer.status());
      }
    }
    expect(await countLicenses(acme)).toBe(ACME.licenses);
  });

  test('O2: without script, a wrong key leads back to the page with a sentence', async ({ acme }) => {
    const answer = await acme.page.request.post(`${acme.house.url}/api/licenses/create`, {
      form: { idempotency_key: 'nonsense', total: '1' },
      headers: { Accept: 'text/html', Referer: `${acme.house.url}/licenses/new` },
    });
    expect(answer.status()).toBe(200);
    expect(answer.url()).toContain('/licenses/new?again=');
  });

  test('X3: a body that is too large gets a clear answer, to the program and to people', async ({ acme }) => {
    const form = { idempotency_key: 'x', reseller_notes: 'n'.repeat(300 * 1024) };
    const address = `${acme.house.url}/api/licenses/save_details`;
    const told = await acme.page.request.post(address, { form });
    expect(told.status()).toBe(413);
    expect(await told.json()).toBe('too_large');
    const shown = await acme.page.request.post(address, { form, headers: { Accept: 'text/html' } });
    expect(shown.status()).toBe(413);
    expect(await shown.text()).toContain('Too much text');
  });

  test('X3: fields that are missing, doubled or of another kind are no bug of ours', async ({ acme }) => {
    for (const body of ['', 'draft=', 'draft=x&draft=y&quantity[]=1', '{"draft":1}', '%', '\u0000'.repeat(8)]) {
      for (const deed of ['licenses/save_details', 'licenses/list', 'customers/save', 'sessions/sign_in', 'licenses/filter']) {
        const answer = await acme.page.request.post(`${acme.house.url}/api/${deed}`, {
          data: body,
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          maxRedirects: 0,
        });
        expect(answer.status(), `${deed} of ${JSON.stringify(body)}`).toBeLessThan(500);
      }
    }
  });

  test('a post that another site made the browser send is refused', async ({ acme }) => {
    const answer = await acme.page.request.post(`${acme.house.url}/api/account/theme`, {
      form: { theme: 'dark' },
      headers: { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' },
    });
    expect(answer.status()).toBe(403);
  });
});

test('A6: the same words for a wrong password and for somebody unknown, and the name stays', async ({ stranger }) => {
  for (const login of ['admin@acme.example', 'nobody@acme.example']) {
    await stranger.logsIn(login, `${PASSWORD}?`);
    await expect(stranger.problems).toBeFocused();
    await expect(stranger.problems).toHaveText(
      'E-mail or username and password do not match. After four wrong passwords in a row you have to wait 15 minutes.',
    );
    await expect(stranger.field('E-mail or username')).toHaveValue(login);
  }
});

test('A10 X3: what is wrong is said as soon as a field is left, and taken back as soon as it is right', async ({ acme }) => {
  await acme.open('/customers/new');
  await acme.field('E-mail address').fill('nina');
  await acme.field('First name').focus();
  await acme.sees('Enter an e-mail address like anna@company.com.', 'E-mail address', 'nina');
  await acme.field('E-mail address').fill('nina@northsea.example');
  await expect(acme.field('E-mail address')).not.toHaveAttribute('aria-invalid');
  await expect(acme.page.getByText('The customer will sign in as nina@northsea.example.')).toBeVisible();
  await createCustomer(acme, { ...NINA, username: 'nina' }, GOOD_PASSWORD);
});
