// What a reseller opens next is fetched ahead, once the page in front is awake; for those who save data, when it is opened.

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
