/** axe finds nothing serious, dark or light. The window has to follow the system's theme (the command "System theme"). */

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What a selector holds: every rule in the dark theme, and in the light one those about colours. */
export async function expectAccessible(page: Page, what: string, selector: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator(`html[data-theme="${colorScheme}"]`)).toBeAttached();
    // What is still fading in has less contrast than it will have, and what has just come is measured with the next frame.
    await page.evaluate(async () => {
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    });
    // Once in the page it stays; and there are no frames, for which it would open another page each time.
    const there = await page.evaluate(() => 'axe' in window);
    const axe = new AxeBuilder({ page, ...(there && { axeSource: 'void 0' }) })
      .include(selector)
      .setLegacyMode();
    if (colorScheme === 'light') axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const found = serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}
