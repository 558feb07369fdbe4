/** The window: the real program in the browser shell, driven by Playwright, by the User Timing entries that its page records. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from '../../build/build.mjs';
import { findBrowser } from '../../build/browser.mjs';
import { namesByBudget } from './budgets.mjs';
import { addLayer, addOperation, measures, settled } from './driver.mjs';
import * as gestures from './gestures.mjs';
import { sizeOf } from './pictures.mjs';
import { serve } from './server.mjs';
import { READY } from './whole.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

/**
 * A server with this picture open, and the page that shows it.
 * @param {Bench} bench @param {import('playwright').Browser} browser @param {string} file
 */
async function open(bench, browser, file) {
  const server = await serve(bench.folder, file);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(server.url);
  await settled(page);
  const [first] = await measures(page, 'frame');
  const [exact] = await measures(page, 'open');
  return {
    ...{ server, page, first, exact },
    async close() {
      await page.close();
      await server.stop();
      rmSync(join(bench.folder, 'home'), { recursive: true, force: true });
    },
  };
}

/** Opened several times; the last one stays. @param {Bench} bench @param {number} runs */
async function opening(bench, browser, file, runs) {
  const opened = [];
  for (let run = 1; ; run++) {
    const session = await open(bench, browser, file);
    opened.push(session);
    if (run === runs) break;
    await session.close();
  }
  bench.record({ what: 'open: first picture', values: opened.map(({ first }) => first) });
  bench.record({ what: 'open: exact fitted view', values: opened.map(({ exact }) => exact) });
  return opened[runs - 1];
}

/**
 * Those that are wanted; what fails is said, and the rest goes on.
 * @param {Bench} bench @param {readonly (readonly [name: string, measure: () => Promise<void>])[]} measurements
 */
async function allOf(bench, measurements) {
  for (const [name, measure] of measurements) {
    if (!bench.wants(name)) continue;
    await measure().catch((/** @type {Error} */ error) =>
      bench.fail(`the window: ${name}: ${error.message}`),
    );
  }
}

/** @param {Bench} bench @param {import('playwright').Browser} browser */
async function usual(bench, browser) {
  const size = sizeOf(bench.quick ? 3 : 24);
  const runs = bench.wants('open: first picture') ? (bench.quick ? 2 : 5) : 1;
  const { page, server, close } = await opening(bench, browser, await bench.shelf.jpeg(size), runs);
  // The new layer is the chosen one, on top; as it is, mode normal, it hides what lies beneath.
  for (const seed of [2, 3]) await addLayer(page, await bench.shelf.jpeg(size, seed));
  const { blending, histogram, history, longHistory, moving, pointing, slowRender, trying } = gestures;
  await allOf(bench, [
    ...['Gamma', 'Convolve', 'Box blur'].map(
      (title) => /** @type {const} */ ([`pointer to numbers, ${title}`, () => pointing(bench, page, title)]),
    ),
    ['drag Gamma: frame', () => trying(bench, page, 'Gamma', 'Gamma')],
    ['drag Opacity: frame', () => blending(bench, page)],
    ['drag Box blur: frame', () => trying(bench, page, 'Box blur', 'Size', [0.1, 0.5])],
    ['drag Gaussian blur: frame', () => trying(bench, page, 'Gaussian blur', 'Sigma', [0.1, 0.3])],
    ['drag Convolve: frame', () => trying(bench, page, 'Convolve', 'Offset')],
    ['pan: between frames', () => moving(bench, page)],
    ['cancel a slow render', () => slowRender(bench, page)],
  ]);
  await addOperation(page, 'Gamma');
  await settled(page);
  await allOf(bench, [
    ['undo, redo: seen before', () => history(bench, page)],
    ['histogram after a change', () => histogram(bench, page)],
    ['memory, 30 steps', () => longHistory(bench, page, server.pid)],
  ]);
  await close();
}

/** @param {Bench} given @param {import('playwright').Browser} browser */
async function large(given, browser) {
  const prefixed = (/** @type {string} */ name) => `100 MP, ${name}`;
  /** @type {Bench} */
  const bench = {
    ...given,
    wants: (name) => given.wants(prefixed(name)),
    record: (measured) => given.record({ ...measured, what: prefixed(measured.what) }),
  };
  const file = await bench.shelf.jpeg(sizeOf(bench.quick ? 6 : 100));
  const { page, close } = await opening(bench, browser, file, 1);
  await allOf(bench, [
    ['drag Gamma: frame', () => gestures.trying(bench, page, 'Gamma', 'Gamma')],
    ['drag Box blur: frame', () => gestures.trying(bench, page, 'Box blur', 'Size', [0.1, 0.5])],
  ]);
  await close();
}

export const window = {
  name: 'window',
  /** @param {Bench} bench */
  async run(bench) {
    const budgets = [...namesByBudget()].filter(([budget]) => budget.startsWith('I'));
    const wanted = budgets.flatMap(([, names]) =>
      [...names].filter((name) => name !== READY && bench.wants(name)),
    );
    const isLarge = (/** @type {string} */ name) => name.startsWith('100 MP');
    if (wanted.length === 0) return;
    await build();
    const browser = await chromium.launch({ executablePath: (await findBrowser()) ?? undefined });
    try {
      if (!wanted.every(isLarge)) await usual(bench, browser);
      if (wanted.some(isLarge)) await large(bench, browser);
    } finally {
      await browser.close();
    }
  },
};
