// P1, P2: staff make a product and a price list, and what a reseller sees follows at once.

import { addPriceList, addProduct, assign, enterPrice, openAccount, row, said } from '../help/office.ts';
import { OPENCART, PRIMARY, create, createButton, pickUser, review } from '../help/stories.ts';
import { WAYS, expect, test } from '../help/test.ts';

for (const { script, tag } of WAYS) {
  test.describe(`script ${script}`, { tag }, () => {
    test.use({ script });

    test('P1 P2: from a new product and its price list to a trial of it', async ({ owner, globex }) => {
      await addProduct(owner, 'Shop Broom', 'Single shop', 'EUR 200.00');
      await addPriceList(owner, 'Brooms only', { Description: 'For those who sweep' });
      const list = owner.address.split('?')[0] ?? '';
      await enterPrice(owner, /^Shop Broom, Single shop/, { 'From quantity': '1', 'Percentage off': '25' });
      await owner.arrives(`${list}?done=price`);
      await expect(row(owner, 'Single shop')).toContainText(/25 % off.*€ 200\.00.*€ 150\.00/s);
      await enterPrice(owner, /^Shop Broom, Single shop/, { 'From quantity': '5', 'Percentage off': '60' });
      await owner.arrives(`${list}?done=price`);
      await expect(row(owner, 'Single shop')).toHaveCount(2);

      await assign(owner, 'Globex Corporation', 'Brooms only');
      await owner.open(list);
      await expect(owner.page.getByText('Assigned to 1 account.')).toBeVisible();
      await owner.follow('Seen as');
      await owner.arrives(/^\/office\/accounts\/[0-9a-f-]+\/seen-as$/);
      await expect(row(owner, 'Shop Broom')).toContainText('€ 150.00 25 % off by a price of its own in the price list');
      await expect(row(owner, 'Shop Broom')).toContainText('€ 80.00 from 5 on');
      await expect(row(owner, 'Cloud Backup').first()).toContainText('Not offered');

      await globex.open('/catalog');
      await expect(globex.page.getByRole('main').getByRole('heading', { level: 2 })).toHaveText(['Shop Broom']);
      const shelf = globex.page.getByRole('region', { name: 'Shop Broom' });
      await expect(shelf).toContainText('Trial 21 days');
      await expect(shelf).toContainText('€ 150.00');
      await expect(shelf).toContainText('€ 80.00 each from 5 on');
      await shelf.getByRole('button', { name: 'Start trial' }).click();
      await globex.arrives(/^\/licenses\/new\/[^/]+\/user$/);
      await pickUser(globex, 'My own organisation');
      await expect(globex.field('Trial')).toBeChecked();
      await review(globex, {});
      expect(await create(globex)).toHaveLength(1);
    });

    test('P1: a wizard that was begun before the end of the sale makes nothing any more', async ({ owner, globex }) => {
      await globex.open('/catalog');
      await createButton(globex, OPENCART, PRIMARY).click();
      await globex.arrives(/\/user$/);
      await pickUser(globex, 'My own organisation');
      await review(globex, { quantity: '1' });

      await owner.open('/office/products');
      await owner.follow(OPENCART);
      await owner.arrives(/^\/office\/products\/[0-9a-f-]+$/);
      const product = owner.address;
      await owner.fill({ Description: 'Managed an OpenCart store.' });
      await owner.press('Save');
      await owner.arrives(`${product}?done=saved`);
      await owner.follow(PRIMARY);
      await owner.arrives(/\/option\?option=[0-9a-f-]+$/);
      await owner.press('Deactivate');
      await owner.arrives(`${product}?done=off`);
      await expect(said(owner, 'It can no longer be ordered. What was sold goes on.')).toBeVisible();

      await globex.press('Create license(s)');
      await expect(globex.page.getByRole('main')).toContainText('This option is not offered to you any more.');
      await globex.open('/catalog');
      const shelf = globex.page.getByRole('region', { name: OPENCART });
      await expect(shelf).toContainText('Managed an OpenCart store.');
      await expect(shelf.getByRole('heading', { level: 3 })).toHaveText(['Additional license']);
      await owner.open(`${await openAccount(owner, 'Globex Corporation')}/seen-as`);
      await expect(row(owner, OPENCART).filter({ hasText: PRIMARY })).toContainText('Not offered: the option is switched off');
    });

    test('P1 X3: what is wrong with a product, a price list or a price is said at its field, and stays', async ({ owner }) => {
      await owner.open('/office/products/new');
      await owner.fill({ Name: '', 'Trial days': 'many' });
      await owner.press('Add');
      await expect(owner.problems).toBeFocused();
      await owner.sees(/.+/, 'Name', '');
      await owner.sees(/.+/, 'Trial days', 'many');

      await owner.open('/office/price-lists/new');
      await owner.fill({
        Name: 'Backwards',
        Currency: 'euro',
        Start: '2026-12-31',
        End: '2026-01-01',
        'Percentage off everything': '100.5',
        Description: 'stays',
      });
      await owner.press('Add');
      await expect(owner.problems).toBeFocused();
      await owner.sees(/.+/, 'Currency', 'euro');
      await owner.sees('A percentage cannot be over 100.', 'Percentage off everything', '100.5');
      await owner.sees('The end is before the start. Choose a later day, or leave it empty.', 'End', '2026-01-01');
      await expect(owner.field('Description')).toHaveValue('stays');
      await owner.fill({ Currency: 'EUR', End: '2026-12-31', 'Percentage off everything': '12.5' });
      await owner.press('Add');
      await owner.arrives(/^\/office\/price-lists\/[0-9a-f-]+\?done=added$/);

      const both = { 'From quantity': '0', 'Fixed price': '1', 'Percentage off': '120' };
      await enterPrice(owner, /^Cloud Backup, Monthly/, both);
      await owner.sees('Enter a whole number from 1 to 1000.', 'From quantity', '0');
      await owner.sees('A percentage cannot be over 100.', 'Percentage off', '120');
      await owner.fill({ 'From quantity': '1', 'Percentage off': '20' });
      await owner.press('Save');
      await owner.sees('Enter a fixed price or a percentage, not both.', 'Percentage off', '20');
      await expect(owner.field('Fixed price')).toHaveValue('1');
      await owner.fill({ 'Percentage off': '' });
      await owner.press('Save');
      await owner.arrives(/\?done=price$/);

      // A tier that is there already is changed, not set twice.
      await enterPrice(owner, /^Cloud Backup, Monthly/, { 'From quantity': '1', 'Percentage off': '60' });
      await owner.sees('There is a price from 1 on already. Change that one.', 'From quantity', '1');
      await expect(owner.field('Percentage off')).toHaveValue('60');
      await owner.follow('Cancel');
      await owner.arrives(/^\/office\/price-lists\/[0-9a-f-]+$/);
      await row(owner, 'Monthly subscription').getByRole('link').click();
      await owner.arrives(/\/price\?option=[0-9a-f-]+&from=1$/);
      await owner.fill({ 'Fixed price': '', 'Percentage off': '50' });
      await owner.press('Save');
      await owner.arrives(/\?done=price$/);
      await expect(row(owner, 'Monthly subscription')).toContainText(/50 % off.*€ 9\.90.*€ 4\.95/s);
    });
  });
}
