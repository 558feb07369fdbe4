/**
 * Pictures of single panels for the documentation, dark and light: a panel has its column to itself, the theme follows what the page is told
 * that the system wants, and what is taken ends where the panel's content ends.
 */

import { join } from 'node:path';
import sharp from 'sharp';

/** @typedef {import('playwright').Page} Page */

/** Below the last line of a panel, in CSS pixels. */
const MARGIN = 8;

/** @param {Page} page @param {string} name @param {string} target */
async function takePanel(page, name, target) {
  const panel = page.getByRole('region', { name, exact: true });
  const { x, y, width, height } = await panel.evaluate((section) => {
    const { left, top, width, bottom } = section.getBoundingClientRect();
    const ends = [...section.querySelectorAll('.body > *')].map(
      (part) => part.getBoundingClientRect().bottom,
    );
    return { x: left, y: top, width, height: Math.min(bottom, Math.max(...ends)) - top };
  });
  for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(400);
    const picture = sharp(await page.screenshot({ clip: { x, y, width, height: height + MARGIN } }));
    const file = join(target, `panel-${name.toLowerCase()}-${colorScheme}.webp`);
    await picture.webp({ quality: 84, effort: 6 }).toFile(file);
  }
}

/**
 * Of a document with a selection, a line, the steps "Gamma" and "Convolve", and only Histogram and Profile open.
 * @param {Page} page
 * @param {{
 *   command: (title: string) => Promise<void>,
 *   settled: () => Promise<void>,
 *   target: string,
 * }} with
 */
export async function takePanels(page, { command, settled, target }) {
  await command('System theme');
  await command('Profile panel');
  await page.waitForTimeout(500);
  await takePanel(page, 'Histogram', target);

  await command('Histogram panel');
  await command('Profile panel');
  await page.waitForTimeout(500);
  await takePanel(page, 'Profile', target);

  await command('Profile panel');
  await command('Formula panel');
  await page.getByRole('button', { name: 'Edit Gamma', exact: true }).click();
  await command('Pin pixel');
  await settled();
  const formula = page.getByRole('region', { name: 'Formula', exact: true });
  await formula.getByText(/^pinned/).waitFor();
  await page.waitForTimeout(500);
  await takePanel(page, 'Formula', target);

  await command('Formula panel');
  await command('Pixels panel');
  await page.getByRole('button', { name: 'Edit Convolve', exact: true }).click();
  await page.getByRole('region', { name: 'Pixels', exact: true }).getByText('Stored').waitFor();
  await takePanel(page, 'Pixels', target);

  await command('Pixels panel');
  await command('Fourier panel');
  await page.getByRole('region', { name: 'Fourier', exact: true }).locator('.plot').waitFor();
  await page.waitForTimeout(1_500);
  await takePanel(page, 'Fourier', target);
  await command('Fourier panel');
  await command('Pixels panel');
  await page.emulateMedia({ colorScheme: 'dark' });
  await command('Pin pixel');
  await command('Dark theme');
}
