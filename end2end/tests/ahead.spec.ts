// What is opened next is fetched ahead, once the page in front is awake; for those who save data, when it is opened.

import { expect, saveData, test } from '../help/test.ts';
import type { Visitor } from '../help/visitor.ts';

test.use({ savesData: false });

/** The parts of the program that a browser asks for, in their order. */
function asksFor(visitor: Visitor): string[] {
  const files: string[] = [];
  visitor.page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.wasm')) files.push(pathname);
  });
  return files;
}

test('the parts of the next pages come ahead, each once, but not to those who save data', { tag: '@phone' }, async ({ opens }) => {
  const sparing = await opens('acme');
  await sparing.context.addInitScript(saveData);
  const asked = asksFor(sparing);
  await sparing.open('/licenses');
  const first = asked.length;
  await sparing.follow('Create license');
  await sparing.arrives('/licenses/new');
  const next = asked.slice(first);
  expect(next).not.toEqual([]);

  const hasty = await opens('acme');
  const ahead = asksFor(hasty);
  await hasty.open('/licenses');
  await expect.poll(() => next.filter((file) => !ahead.includes(file)), { message: 'not there yet' }).toEqual([]);
  await hasty.follow('Create license');
  await hasty.arrives('/licenses/new');
  expect(ahead.filter((file, at) => ahead.indexOf(file) !== at), 'fetched twice').toEqual([]);
});

test('what the command menu finds with comes ahead for the back office as well', { tag: '@desktop' }, async ({ opens }) => {
  const finds = async (visitor: Visitor) => {
    await visitor.page.keyboard.press('Control+k');
    await expect(visitor.page.getByRole('option').first()).toBeVisible();
  };
  const sparing = await opens('owner');
  await sparing.context.addInitScript(saveData);
  const asked = asksFor(sparing);
  await sparing.open('/office');
  const first = asked.length;
  await finds(sparing);
  const next = asked.slice(first);

  const hasty = await opens('owner');
  const ahead = asksFor(hasty);
  await hasty.open('/office');
  await expect.poll(() => next.filter((file) => !ahead.includes(file)), { message: 'not there yet' }).toEqual([]);
  const before = ahead.length;
  await finds(hasty);
  expect(ahead.slice(before), 'fetched when it was opened').toEqual([]);
});
