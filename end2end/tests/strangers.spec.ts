// A11: what belongs to somebody else is not found: never forbidden, and no different from what is not there.

import { expect, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

/** Where the first link to one thing of this kind leads on a page. */
async function found(visitor: Visitor, page: string, below: string): Promise<string> {
  await visitor.open(page);
  const links = await visitor.page.getByRole('main').locator(`a[href^="${below}"]`).all();
  const addresses = await Promise.all(links.map((link) => link.getAttribute('href')));
  const address = addresses.find((one) => /\/[0-9a-f-]{36}$/.test(one ?? ''));
  if (!address) throw new Error(`nothing on ${page}`);
  return address;
}

async function status(visitor: Visitor, path: string): Promise<number> {
  const headers = { Accept: 'text/html' };
  const answer = await visitor.page.request.get(`${visitor.house.url}${path}`, { headers, maxRedirects: 0 });
  return answer.status();
}

async function nothing(visitors: Visitor[], paths: string[]): Promise<void> {
  for (const path of paths) {
    for (const visitor of visitors) expect(await status(visitor, path), path).toBe(404);
  }
}

test('A11: whose it is not finds nothing, at any address of it', { tag: '@desktop' }, async ({
  acme,
  globex,
  client,
  owner,
}) => {
  const account = await found(owner, '/office/accounts?q=acme', '/office/accounts/');
  const office = [
    account,
    ...['contacts', 'contacts/new', 'price-list', 'customers', 'licenses', 'history', 'seen-as'].map((part) => `${account}/${part}`),
    await found(owner, `${account}/contacts`, '/office/contacts/'),
    await found(owner, '/office/products', '/office/products/'),
    await found(owner, '/office/price-lists', '/office/price-lists/'),
    await found(owner, '/office/applications', '/office/applications/'),
  ];
  for (const path of office) expect(await status(owner, path), path).toBe(200);
  await nothing([acme, globex, client], office);

  await acme.open('/customers/import');
  await acme.field('Or paste the lines').fill('E-mail address,First name,Last name\nann@broom.example,Ann,Broom');
  await acme.press('Check');
  await acme.arrives(/^\/customers\/import\/[0-9a-f-]+$/);
  const draft = acme.address;
  const acmes = [
    await found(acme, '/customers', '/customers/'),
    await found(acme, '/team', '/team/'),
    await found(acme, '/licenses', '/licenses/'),
  ];
  const order = await found(acme, acmes.at(-1) ?? '', '/licenses/created/');
  acmes.push(order, `${order}/keys.txt`);
  for (const path of acmes) expect(await status(acme, path), path).toBe(200);
  await nothing([globex, client, owner], acmes);
  const nobodys = draft.replace(/[^/]+$/, '01935f6e-7b1c-7000-8000-00000badcafe');
  expect(await status(globex, draft), 'a draft of others is like none').toBe(await status(globex, nobodys));
  expect(await status(acme, draft)).toBe(200);
});
