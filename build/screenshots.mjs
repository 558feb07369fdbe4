/**
 * `npm run screenshots`: the pictures of the README and of docs, taken from the running program with Playwright. It paints its own photograph,
 * edits it the way a person would, and writes into docs/images.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { findBrowser } from './browser.mjs';
import { takePanels } from './panel-pictures.mjs';
import { writeSample } from './sample-picture.mjs';

const target = process.argv[2] ?? 'docs/images';
const folder = mkdtempSync(join(tmpdir(), 'burnish-screenshots-'));
mkdirSync(target, { recursive: true });

/** @param {string[]} files */
async function startServer(...files) {
  const child = spawn(process.execPath, ['build/burnish.mjs', 'serve', ...files, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BURNISH_HOME: join(folder, 'home') },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url) return { child, url };
  }
  throw new Error('the server did not become ready');
}

/** @typedef {import('playwright').Page} Page */

/** The exact frame of the newest state is drawn. @param {Page} page */
async function settled(page) {
  await page.waitForFunction(
    () => document.querySelector('[role="img"][aria-label="Canvas"]')?.getAttribute('aria-busy') === 'false',
    undefined,
    { timeout: 60_000 },
  );
}

/** @param {Page} page @param {string} title */
async function command(page, title) {
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('combobox', { name: 'Search commands' }).fill(title);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
}

/** @param {Page} page @param {string} group @param {string} label @param {number} value */
async function setNumber(page, group, label, value) {
  const field = page
    .getByRole('group', { name: group, exact: true })
    .getByRole('spinbutton', { name: label, exact: true });
  await field.fill(String(value));
  await field.press('Enter');
}

const photo = await writeSample(join(folder, 'evening-lake.jpg'));
const server = await startServer(photo);
const executablePath = await findBrowser();
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2 });
  /** @param {string} name */
  const take = async (name) => {
    const picture = sharp(await page.screenshot());
    await picture.webp({ quality: 88, effort: 5 }).toFile(join(target, `${name}.webp`));
  };
  await page.goto(server.url);
  await page.waitForSelector('[role="img"][aria-label="Canvas"]', { timeout: 60_000 });
  await settled(page);

  await command(page, 'Duplicate layer');
  await command(page, 'Percentile stretch');
  await command(page, 'Gamma');
  await setNumber(page, 'Gamma', 'Gamma', 1.3);
  await command(page, 'Convolve');
  await settled(page);
  const canvas = await page.getByRole('img', { name: 'Canvas', exact: true }).boundingBox();
  if (canvas) await page.mouse.move(canvas.x + canvas.width * 0.36, canvas.y + canvas.height * 0.535);
  await page.getByRole('list', { name: 'Trace of the pixel' }).waitFor();
  await take('editor');

  await command(page, 'Convolution laboratory');
  const laboratory = page.getByRole('dialog', { name: 'Convolution laboratory' });
  await laboratory.getByText('Stored').waitFor();
  await laboratory.getByRole('combobox', { name: 'Kernel', exact: true }).selectOption({ label: 'Emboss' });
  // A ridge against the sky.
  for (const [label, value] of /** @type {const} */ ([
    ['X', 2520],
    ['Y', 974],
  ])) {
    await laboratory.getByRole('spinbutton', { name: label, exact: true }).fill(String(value));
    await page.keyboard.press('Enter');
  }
  await laboratory.getByText('at (2514, 968)').waitFor();
  await laboratory.getByRole('button', { name: 'Next cell' }).focus();
  for (const key of [...Array(7).fill('ArrowDown'), ...Array(6).fill('ArrowRight')])
    await page.keyboard.press(key);
  await page.waitForTimeout(300);
  await take('laboratory');
  await laboratory.getByRole('tab', { name: 'Gallery' }).click();
  await laboratory.locator('[role="option"] canvas').nth(14).waitFor();
  await page.waitForTimeout(300);
  await take('kernel-gallery');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');

  const compare = page.getByRole('button', { name: 'Before and after' });
  await compare.click();
  await page.waitForTimeout(500);
  await settled(page);
  await take('before-and-after');
  await compare.click();

  for (const panel of ['Formula panel', 'Pixels panel', 'Histogram panel']) await command(page, panel);
  /** @param {string} key @param {number} fromX @param {number} fromY @param {number} toX @param {number} toY */
  const drag = async (key, fromX, fromY, toX, toY) => {
    const box = await page.getByRole('img', { name: 'Canvas', exact: true }).boundingBox();
    if (!box) return;
    await page.keyboard.press(key);
    await page.mouse.move(box.x + box.width * fromX, box.y + box.height * fromY);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * toX, box.y + box.height * toY, { steps: 4 });
    await page.mouse.up();
  };
  await drag('l', 0.12, 0.38, 0.88, 0.6);
  await drag('Shift+M', 0.36, 0.3, 0.72, 0.7);
  await command(page, 'Grayscale');
  await settled(page);
  await page
    .getByRole('region', { name: 'Histogram' })
    .getByText(/^Ellipse of/)
    .waitFor();
  await page.waitForTimeout(1_000);
  await take('selection');

  await page.keyboard.press('Control+z');
  await settled(page);
  await takePanels(page, { command: (title) => command(page, title), settled: () => settled(page), target });

  await command(page, 'Lessons');
  await page
    .getByRole('dialog', { name: 'Lessons' })
    .getByRole('button', { name: /Convolution/ })
    .click();
  await page.getByRole('region', { name: 'Pixels' }).getByText('Stored').waitFor();
  await settled(page);
  await take('lesson');
} finally {
  await browser.close();
  server.child.kill('SIGTERM');
  await new Promise((resolve) => server.child.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
}
