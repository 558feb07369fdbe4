/** What is moved on a plot is the operation's own value: edges on the histogram, planes in the strip, the circle on the spectrum. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { writePhoto } from '../support/make-photo.mjs';
import { Editor, startServer, type Server } from './support/editor';

let folder: string;
let server: Server;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-plots-'));
  server = await startServer(await writePhoto(join(folder, 'small.png'), 300, 200, 5));
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

/** Drags from one place of an element to another, both in shares of its size. */
async function drag(
  page: Page,
  on: Locator,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const box = await on.boundingBox();
  if (box === null) throw new Error('there is nothing to drag on');
  const at = ([x, y]: readonly [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
  await page.mouse.move(...at(to));
  await page.mouse.up();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
}

test('moves what the plots show', async ({ page }) => {
  const editor = new Editor(page);
  const value = (title: string, label: string): Locator =>
    editor.parameters(title).getByRole('spinbutton', { name: label, exact: true });
  await page.goto(server.url);
  await editor.settled();

  await editor.addOperation('Intensity slice');
  await page.keyboard.press('F9');
  const levels = page.getByRole('region', { name: 'Levels of Intensity slice' });
  const low = levels.getByRole('slider', { name: 'Low on the histogram' });
  await low.press('Shift+ArrowRight');
  await expect(value('Intensity slice', 'Low')).toHaveValue('110');
  await drag(page, levels.locator('.plot'), [110.5 / 256, 0.5], [40.5 / 256, 0.5]);
  await expect(value('Intensity slice', 'Low')).toHaveValue('40');
  await expect(low).toHaveAttribute('aria-valuenow', '40');
  await editor.settled();
  await expectAccessible(page);

  await editor.addOperation('Bit plane reconstruct');
  const planes = editor.parameters('Bit plane reconstruct').getByRole('group', { name: 'Planes' });
  await expect(planes.getByText(/The chosen planes carry/)).toBeVisible();
  await planes.getByRole('checkbox', { name: 'Plane 7' }).press('Space');
  await expect(page.getByRole('button', { name: 'Edit Bit plane reconstruct' })).toContainText('4, 5, 6');
  await editor.settled();
  await expectAccessible(page);

  await editor.addOperation('Fourier filter');
  await expect(editor.history.last()).toContainText('Fourier filter');
  const before = await editor.history.count();
  const spectrum = page.getByRole('region', { name: 'Spectrum' });
  const circle = spectrum.getByRole('slider', { name: 'Cutoff on the spectrum' });
  await circle.scrollIntoViewIfNeeded();
  await expect(circle).toHaveAttribute('aria-valuenow', '0.1');
  await editor.command('Fourier panel');
  await expect(spectrum).toHaveCount(1);
  await spectrum.locator('.plot').scrollIntoViewIfNeeded();
  // Zero frequency is in the middle along x, where 300 frequencies share 257 cells, and in the middle of place 100 of 200 along y.
  const [zeroX, zeroY] = [0.5, 100.5 / 200];
  await drag(page, spectrum.locator('.plot'), [zeroX + 0.1, zeroY], [zeroX + 0.2, zeroY]);
  await expect
    .poll(async () => Number(await value('Fourier filter', 'Cutoff').inputValue()))
    .toBeCloseTo(0.2, 2);
  await editor.settled();
  expect(await editor.history.count()).toBe(before + 1);
  await expectAccessible(page);
});
