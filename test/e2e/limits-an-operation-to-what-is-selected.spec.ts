/** What is drawn with the ellipse tool is what an operation changes, what the histogram counts, and one step of the history. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { writePhoto } from '../support/make-photo.mjs';
import { Editor, startServer, type Server } from './support/editor';

const WIDTH = 300;
const HEIGHT = 200;
let folder: string;
let photo: string;
let server: Server;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-selection-'));
  photo = await writePhoto(join(folder, 'small.png'), WIDTH, HEIGHT, 3);
  server = await startServer(photo);
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function expectAccessible(page: Page): Promise<void> {
  const parts = ['section[aria-label="Histogram"]', 'section[aria-label="Profile"]', 'main', 'nav'];
  const { violations } = await parts
    .reduce((axe, part) => axe.include(part), new AxeBuilder({ page }))
    .analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
}

async function samplesOf(path: string): Promise<Buffer> {
  return sharp(path).raw().toBuffer();
}

test('draws an ellipse, adds an operation, and plots a line through both', async ({ page }) => {
  const editor = new Editor(page);
  await page.goto(server.url);
  await editor.settled();
  await page.keyboard.press('F9');
  await page.keyboard.press('Shift+M');
  const box = await editor.canvas.boundingBox();
  if (box === null) throw new Error('there is no canvas');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  // At 100 % with the picture in the middle of the canvas, so that a screen pixel is a pixel.
  await page.mouse.move(x - 60, y - 40);
  await page.mouse.down();
  await page.mouse.move(x, y);
  await page.mouse.move(x + 40, y + 50);
  await page.mouse.up();
  const options = page.getByRole('group', { name: 'Selection', exact: true });
  const number = async (label: string, value: number): Promise<void> => {
    const field = options.getByRole('spinbutton', { name: `Selection ${label}` });
    await field.fill(String(value));
    await field.press('Enter');
    await expect(field).toHaveValue(String(value));
  };
  await expect(options.getByRole('spinbutton', { name: 'Selection width' })).toHaveValue('100');
  await expect(options.getByRole('spinbutton', { name: 'Selection height' })).toHaveValue('90');
  const area = { x: 90, y: 60, width: 121, height: 81 };
  for (const [label, value] of Object.entries(area)) await number(label, value);
  await expect(editor.history).toHaveCount(1);

  await editor.addOperation('Negative');
  await editor.settled();
  await expect(editor.history).toHaveCount(2);
  const before = await samplesOf(photo);
  const after = await samplesOf(await editor.exportAs('PNG'));
  // By the distance of a pixel's centre from the middle, in half axes; the edge itself is soft by a pixel.
  let counted = 0;
  const wrong: string[] = [];
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const [column, row] = [at % WIDTH, Math.floor(at / WIDTH)];
    const across = ((column + 0.5 - area.x) / area.width) * 2 - 1;
    const down = ((row + 0.5 - area.y) / area.height) * 2 - 1;
    const far = Math.sqrt(across ** 2 + down ** 2);
    if (far <= 1) counted++;
    if (Math.abs(far - 1) < 0.05) continue;
    for (let sample = at * 3; sample < at * 3 + 3; sample++) {
      const expected = far < 1 ? 255 - before[sample] : before[sample];
      if (after[sample] !== expected) wrong.push(`${column}, ${row}`);
    }
  }
  expect(wrong).toEqual([]);

  const histogram = page.getByRole('region', { name: 'Histogram', exact: true });
  await expect(histogram.getByText('Ellipse of 121 × 81 pixels at 90, 60')).toBeVisible();
  await expect(histogram.getByText(`${counted.toLocaleString('en')} px`)).toBeVisible();

  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await page.mouse.move(x - 100, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 10);
  await page.mouse.move(x + 100, y + 20);
  await page.mouse.up();
  const profile = page.getByRole('region', { name: 'Profile', exact: true });
  const end = async (label: string): Promise<number> =>
    Number(await profile.getByRole('spinbutton', { name: label }).inputValue());
  const plot = profile.getByRole('slider', { name: /^Line profile/ });
  await plot.focus();
  await page.keyboard.press('End');
  const [toX, toY] = [await end('To x'), await end('To y')];
  const at = (toY * WIDTH + toX) * 3;
  const [red, green, blue] = after.subarray(at, at + 3);
  await expect(plot).toHaveAttribute('aria-valuetext', `(${toX}, ${toY}): R ${red}, G ${green}, B ${blue}`);
  // The options of the selection tools lie over the canvas.
  await page.keyboard.press('m');
  await expectAccessible(page);
});
