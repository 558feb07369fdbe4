/** What the Pixels panel gives as stored is the level that the picture has there, for a weighted sum and for a median. */

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
  folder = await mkdtemp(join(tmpdir(), 'burnish-pixels-'));
  server = await startServer(await writePhoto(join(folder, 'small.png'), 300, 200, 3));
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

/** The levels of the pixel under the pointer, as the status bar reads them. */
async function readLevels(page: Page): Promise<readonly string[]> {
  const texts = await page.locator('.pixel .level').allTextContents();
  return texts.map((text) => /\d+/.exec(text)?.[0] ?? '');
}

async function expectStored(editor: Editor, panel: Locator): Promise<void> {
  const { page } = editor;
  const box = await editor.canvas.boundingBox();
  if (box === null) throw new Error('there is no canvas');
  // Anywhere on the picture, which lies in the middle and is 300 × 200.
  const [dx, dy] = [Math.random() * 280 - 140, Math.random() * 180 - 90].map(Math.round);
  await page.mouse.move(box.x + box.width / 2 + dx, box.y + box.height / 2 + dy);
  const place = await page.locator('.pixel .place').allTextContents();
  const [x, y] = place.map((text) => Number(/\d+/.exec(text)?.[0]));
  await expect(panel.getByText(`(${x}, ${y})`, { exact: true })).toBeVisible();
  await editor.settled();
  for (const [channel, name] of ['R', 'G', 'B'].entries()) {
    // The keyboard leaves the pointer where it is.
    await panel.getByRole('radio', { name, exact: true }).focus();
    await page.keyboard.press('Space');
    await expect(panel.getByRole('radio', { name, exact: true })).toBeChecked();
    const levels = await readLevels(page);
    await expect(panel.locator('dd').last(), `${name} at (${x}, ${y})`).toHaveText(levels[channel]);
  }
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('section[aria-label="Pixels"]').analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
}

test('shows the stored level of a convolution and of a median', async ({ page }) => {
  const editor = new Editor(page);
  await page.goto(server.url);
  await editor.settled();
  const panel = page.getByRole('region', { name: 'Pixels', exact: true });
  await editor.addOperation('Convolve');
  await editor.settled();
  await expectStored(editor, panel);
  await expect(panel.getByRole('table', { name: 'Levels' }).getByRole('cell')).toHaveCount(9);
  await expectAccessible(page);
  await editor.addOperation('Median');
  await editor.settled();
  await expectStored(editor, panel);
  await expect(panel.getByRole('list', { name: 'Sorted samples' }).getByRole('listitem')).toHaveCount(9);
  await expectAccessible(page);
});
