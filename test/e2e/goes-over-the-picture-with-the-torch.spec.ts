/** The torch stores the level that the Pixels panel gives for the same pixel, and the gallery's kernel is one step of the history. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { writePhoto } from '../support/make-photo.mjs';
import { Editor, startServer, type Server } from './support/editor';

let folder: string;
let server: Server;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-torch-'));
  server = await startServer(await writePhoto(join(folder, 'small.png'), 300, 200, 3));
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
}

test('the torch, the gallery and the frequency response of a kernel', async ({ page }) => {
  const editor = new Editor(page);
  await page.goto(server.url);
  await editor.settled();
  await editor.addOperation('Convolve');
  await editor.settled();
  const canvas = await editor.canvas.boundingBox();
  if (canvas === null) throw new Error('there is no canvas');
  await page.mouse.move(canvas.x + canvas.width / 2 - 60, canvas.y + canvas.height / 2 + 30);
  await page.keyboard.press('P');
  const panel = page.getByRole('region', { name: 'Pixels', exact: true });
  const told = panel.locator('dd').last();
  await expect(told).toHaveText(/^\d+$/);
  const stored = (await told.textContent()) ?? '';

  await editor.command('Convolution laboratory');
  const dialog = page.getByRole('dialog', { name: 'Convolution laboratory' });
  const torch = dialog.getByRole('region', { name: 'Arithmetic of the cell' });
  await expect(torch.getByText('Stored')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Play' })).toBeFocused();
  // The pinned pixel is the middle of the 12 × 12 part: six rows down, six cells across.
  for (const key of ['ArrowDown', 'ArrowRight'])
    for (let press = 0; press < 6; press++) await page.keyboard.press(key);
  await expect(dialog.getByRole('slider', { name: 'Cell' })).toHaveAttribute(
    'aria-valuetext',
    `Cell 79 of 144, row 7, column 7: stored ${stored}`,
  );
  await expect(torch.locator('dd').last()).toHaveText(stored);
  await expectAccessible(page);

  const steps = await editor.history.count();
  await dialog.getByRole('tab', { name: 'Gallery' }).click();
  const kernels = dialog.getByRole('listbox', { name: 'Kernels' });
  await expect(kernels.getByRole('option', { name: 'Emboss' }).locator('canvas')).toBeVisible();
  await expectAccessible(page);
  await kernels.getByRole('option', { name: 'Emboss' }).click();
  await expect(kernels.getByRole('option', { name: 'Emboss' })).toHaveAttribute('aria-selected', 'true');
  await expect(editor.history).toHaveCount(steps + 1);

  await dialog.getByRole('tab', { name: 'Frequency response' }).click();
  await expect(dialog.getByRole('slider', { name: 'Frequency' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await editor.settled();
});
