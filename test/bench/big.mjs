/**
 * Pictures that are too large to be there as a whole: 500 megapixels in a TIFF file of tiles, which are read one by one, in one that
 * holds smaller copies of itself besides, and in a JPEG file, which is one stream. In the window, from file to file, and from a project to a file, with what the machine did for it and how
 * much memory that took.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from '../../build/build.mjs';
import { findBrowser } from '../../build/browser.mjs';
import { addOperation, command, measures, settled } from './driver.mjs';
import { runProcess, watchProcesses } from './processes.mjs';
import { serve } from './server.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

const FULL = { width: 25_000, height: 20_000 };
/** Larger than what is decoded into memory, and not more than that. */
const QUICK = { width: 14_000, height: 11_000 };

/** What was done with it there is saved as `project`. @param {Bench} bench @param {string} name @param {string} file @param {string} project */
async function inTheWindow(bench, name, file, project) {
  const server = await serve(bench.folder);
  const browser = await chromium.launch({ executablePath: (await findBrowser()) ?? undefined });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(server.url);
    // It takes no keys before it has been told what is open.
    await page.getByRole('button', { name: /^Open/, disabled: false }).first().waitFor();
    /** @param {string} what @param {() => Promise<number>} work answers milliseconds */
    const watched = async (what, work) => {
      const watch = watchProcesses(server.pid);
      const took = await work();
      const { peak, cpu } = watch.end();
      bench.record({ what: `${name}, ${what}`, values: [took], cpu: [cpu] });
      bench.record({ what: `${name}, ${what}: memory`, values: [peak], unit: 'MiB' });
    };
    /** @param {() => Promise<unknown>} work */
    const untilSettled = async (work) => {
      const began = performance.now();
      await work();
      // The frame that was there is the newest until the page has asked for another.
      await page.waitForTimeout(100);
      await settled(page);
      return performance.now() - began;
    };
    await watched('open: exact fitted view', async () => {
      const chooser = page.waitForEvent('filechooser');
      await page.keyboard.press('Control+o');
      await (await chooser).setFiles(file);
      await page.waitForFunction(
        () => performance.getEntriesByName('burnish:open', 'measure').length > 0,
        undefined,
        { timeout: 300_000 },
      );
      const [first] = await measures(page, 'frame');
      bench.record({ what: `${name}, open: first picture`, values: [first] });
      return (await measures(page, 'open'))[0];
    });
    await watched('to 100 %', () => untilSettled(() => page.keyboard.press('Control+1')));
    await watched('box blur at 100 %', () => untilSettled(() => addOperation(page, 'Box blur')));
    await watched('fitted view, blurred: exact', () => untilSettled(() => page.keyboard.press('Control+0')));
    await watched('saved as a small project', async () => {
      const began = performance.now();
      const download = page.waitForEvent('download', { timeout: 300_000 });
      await command(page, 'Save a small copy');
      await (await download).saveAs(project);
      return performance.now() - began;
    });
  } finally {
    await browser.close();
    await server.stop();
    rmSync(join(bench.folder, 'home'), { recursive: true, force: true });
  }
}

/**
 * The same file named when the program is started, as the desktop's dialogs name it: nothing is handed over by the page. The
 * first rows of a picture are seen with the first frame that grows.
 * @param {Bench} bench @param {string} name @param {string} file
 */
async function byName(bench, name, file) {
  const browser = await chromium.launch({ executablePath: (await findBrowser()) ?? undefined });
  const server = await serve(bench.folder, file);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const began = performance.now();
    /** @type {number[]} */
    const rows = [];
    page.on('websocket', (line) =>
      line.on('framereceived', ({ payload }) => {
        if (rows.length === 0 && String(payload).includes('"growing":true'))
          rows.push(performance.now() - began);
      }),
    );
    await page.goto(server.url);
    await page.waitForFunction(
      () => performance.getEntriesByName('burnish:open', 'measure').length > 0,
      undefined,
      {
        timeout: 300_000,
      },
    );
    bench.record({ what: `${name}, by name: first picture`, values: [await firstShown(page)] });
    if (rows.length > 0) bench.record({ what: `${name}, by name: first rows`, values: rows });
    bench.record({ what: `${name}, by name: exact fitted view`, values: await measures(page, 'open') });
  } finally {
    await browser.close();
    await server.stop();
    rmSync(join(bench.folder, 'home'), { recursive: true, force: true });
  }
}

/** Milliseconds from when the page was asked for until the first picture, whatever its measure counts from. @param {import('playwright').Page} page */
const firstShown = (page) =>
  page.evaluate(() => {
    const [first] = performance.getEntriesByName('burnish:frame', 'measure');
    return first.startTime + first.duration;
  });

/** Runs a command of the program whose result has this ending. @param {Bench} bench @param {string} what @param {string} ending @param {readonly string[]} words */
async function toFile(bench, what, ending, words) {
  const output = join(bench.folder, `made.${ending}`);
  const given = ['build/burnish.mjs', ...words, '--output', output, '--overwrite'];
  const { milliseconds, all } = await runProcess(process.execPath, given);
  bench.record({ what, values: [milliseconds], cpu: [all.cpu] });
  bench.record({ what: `${what}: memory`, values: [all.peak], unit: 'MiB' });
  rmSync(output);
}

/** @param {Bench} bench @param {string} name @param {string} file */
async function fromFileToFile(bench, name, file) {
  for (const ending of ['tif', 'png', 'jpg']) {
    const what = `${name}, apply box 9 to ${ending.toUpperCase()}`;
    await toFile(bench, what, ending, ['apply', file, '--op', 'boxBlur size=9']);
  }
}

/** The same edit, as it stands in a project. @param {Bench} bench @param {string} name @param {string} project */
async function fromProjectToFile(bench, name, project) {
  for (const ending of ['jpg', 'ora']) {
    await toFile(bench, `${name}, its project to ${ending.toUpperCase()}`, ending, ['render', project]);
  }
}

export const big = {
  name: 'big',
  /** @param {Bench} bench */
  async run(bench) {
    const size = bench.quick ? QUICK : FULL;
    const megapixels = Math.round((size.width * size.height) / 1e6);
    const kinds = /** @type {const} */ ([
      ['TIFF in tiles', 'tif'],
      ['TIFF with smaller copies', 'pyramid.tif'],
      ['JPEG', 'jpg'],
    ]);
    for (const [title, kind] of kinds) {
      const name = `big ${title}, ${megapixels} MP`;
      if (!bench.wants(name)) continue;
      await build();
      bench.say(`measuring ${name}`);
      const file = await bench.shelf.large(size, kind);
      const project = join(bench.folder, `${kind}.burnish`);
      await inTheWindow(bench, name, file, project);
      await byName(bench, name, file);
      // From file to file it is one of tiles like any other.
      if (kind !== 'pyramid.tif') await fromFileToFile(bench, name, file);
      await fromProjectToFile(bench, name, project);
      for (const path of [project, file]) rmSync(path);
    }
  },
};
