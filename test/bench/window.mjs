/** The window: the User Timing entries that the page records while Playwright drives it. */

import { chromium } from 'playwright';
import { findBrowser } from '../../build/browser.mjs';
import { HEIGHT, WIDTH } from './photo.mjs';
import { startServer } from './program.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

/** Durations of the entries of this name since the last call. */
async function measures(page, name) {
  return page.evaluate((wanted) => {
    const found = performance.getEntriesByName(wanted, 'measure').map((entry) => entry.duration);
    performance.clearMeasures(wanted);
    return found;
  }, name);
}

async function settled(page) {
  await page.waitForFunction(
    () => document.querySelector('[role="img"][aria-label="Canvas"]')?.getAttribute('aria-busy') === 'false',
    undefined,
    { timeout: 60_000 },
  );
}

async function command(page, title) {
  await page.keyboard.press('Control+Shift+P');
  const search = page.getByRole('combobox', { name: 'Search commands' });
  await search.fill(title);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
}

/** Drags a slider to and fro through `moves` values. */
async function drag(page, group, label, moves) {
  const slider = page.getByRole('group', { name: group, exact: true }).getByRole('slider', { name: label });
  const box = await slider.boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.3, y);
  await page.mouse.down();
  for (let move = 0; move < moves; move++) {
    const share = 0.5 + 0.2 * Math.sin(move / 3);
    await page.mouse.move(box.x + box.width * share, y);
    await page.waitForTimeout(60);
  }
  await page.mouse.up();
  await settled(page);
}

/** @param {Bench} bench */
async function interactive(bench) {
  const photo = await bench.photo();
  const browser = await chromium.launch({ executablePath: (await findBrowser()) ?? undefined });
  const opened = [];
  const ready = [];
  try {
    for (let run = 0; run < bench.runs; run++) {
      const server = await startServer(bench, photo);
      ready.push(server.ready);
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(server.url);
      await page.waitForSelector('[role="img"][aria-label="Canvas"]', { timeout: 60_000 });
      await settled(page);
      opened.push(...(await measures(page, 'burnish:open')));
      if (run === bench.runs - 1) await editing(bench, page);
      await page.close();
      server.child.kill('SIGTERM');
      await new Promise((resolve) => server.child.once('exit', resolve));
    }
    bench.record('serve: start to ready line', ready);
    bench.record('open: request to exact fitted frame', opened);
  } finally {
    await browser.close();
  }
}

/** @param {Bench} bench @param {import('playwright').Page} page */
async function editing(bench, page) {
  const moves = bench.quick ? 15 : 60;
  for (const [title, label] of [
    ['Gamma', 'Gamma'],
    ['Box blur', 'Size'],
  ]) {
    await command(page, title);
    await settled(page);
    for (const name of ['burnish:frame', 'burnish:settled']) await measures(page, name);
    await drag(page, title, label, moves);
    bench.record(`drag ${title}: input to first frame`, await measures(page, 'burnish:frame'));
    bench.record(`drag ${title}: input to exact frame`, await measures(page, 'burnish:settled'));
  }
  await measures(page, 'burnish:undo');
  for (let time = 0; time < (bench.quick ? 4 : 12); time++) {
    await page.keyboard.press(time % 2 === 0 ? 'Control+z' : 'Control+Shift+z');
    await settled(page);
  }
  bench.record('undo and redo: key to exact frame', await measures(page, 'burnish:undo'));
}

export const window = {
  name: 'window',
  title: `the window, on a JPEG of ${WIDTH} × ${HEIGHT}`,
  run: interactive,
};
