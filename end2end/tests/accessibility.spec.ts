// WCAG 2.2 AA, and room for a thumb: every page, in both themes, on a phone and on a desktop.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../help/test.ts';
import { VIEWS } from '../help/views.ts';
import type { Visitor } from '../help/visitor.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const view of VIEWS) {
  const name = `no barrier on the page: ${view.name}`;
  if (view.writes) {
    test(name, async ({ opens }, { project }) => {
      const visitor = await opens(view.who);
      await view.open(visitor, opens);
      await looksAt(visitor, project.name);
    });
  } else {
    test(name, async ({ readingRoom, browser }, { project }) => {
      await readingRoom.reads(browser, view.who, async (visitor) => {
        await view.open(visitor, () => Promise.reject(new Error(`${view.name} writes, and has to say so`)));
        await looksAt(visitor, project.name);
      });
    });
  }
}

async function looksAt(visitor: Visitor, project: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await visitor.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect.soft(await barriers(visitor), colorScheme).toEqual([]);
  }
  expect.soft(await tooWide(visitor), 'nothing is wider than the screen').toEqual([]);
  if (project === 'phone') expect.soft(await tooSmall(visitor), 'room for a thumb').toEqual([]);
}

/** What axe finds, in few words. */
async function barriers(visitor: Visitor): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: visitor.page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}\n${node.failureSummary}`));
}

/** What makes the page scroll sideways. */
async function tooWide(visitor: Visitor): Promise<string[]> {
  return visitor.page.evaluate(() => {
    if (document.documentElement.scrollWidth <= window.innerWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > window.innerWidth + 1,
    );
    return ['the page', ...wide.map((element) => element.outerHTML.slice(0, 120))];
  });
}

/** Buttons, fields and ways on that are smaller than a thumb; words that lead on within a sentence are not meant. */
async function tooSmall(visitor: Visitor): Promise<string[]> {
  return visitor.page.evaluate(() => {
    const controls = 'button, a.button, nav a, a.row, a.chip, summary, select, textarea, input:not([type=hidden])';
    const shown = [...document.querySelectorAll<HTMLElement>(controls)].filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0,
    );
    const room = (element: HTMLElement) => {
      // A box is tapped by its whole line, a card by all of it.
      const tapped = element.matches('[type=checkbox], [type=radio]')
        ? element.closest('.check, .choice, .person, .tick label')
        : element.matches('a.row')
          ? element.closest('tr')
          : element;
      return (tapped ?? element).getBoundingClientRect();
    };
    return shown
      .map((element) => ({ element, size: room(element) }))
      .filter(({ size }) => size.height < 43.5 || size.width < 43.5)
      .map(({ element, size }) => `${Math.round(size.width)} x ${Math.round(size.height)}: ${element.outerHTML.slice(0, 120)}`);
  });
}
