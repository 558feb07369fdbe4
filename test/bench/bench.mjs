/**
 * `npm run bench [-- --quick] [-- --json]`: how long the real program takes on a 24-megapixel photo. The window's figures are the User
 * Timing entries that the page records while Playwright drives it; the command line's are whole processes, from start to exit.
 * Medians of several runs; figures of one machine are comparable only with each other.
 */

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { findBrowser } from '../../build/browser.mjs';
import { writePhoto } from '../support/make-photo.mjs';

const quick = process.argv.includes('--quick');
const asJson = process.argv.includes('--json');
const RUNS = quick ? 3 : 9;
const WIDTH = 6000;
const HEIGHT = 4000;

const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
const rows = [];

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function record(what, values) {
  const row = {
    what,
    runs: values.length,
    p50: Math.round(quantile(values, 0.5) * 10) / 10,
    p95: Math.round(quantile(values, 0.95) * 10) / 10,
    least: Math.round(Math.min(...values) * 10) / 10,
  };
  rows.push(row);
  if (asJson) return;
  const ms = (value) => `${value.toFixed(1)} ms`.padStart(12);
  console.log(`${what.padEnd(58)}${ms(row.p50)}${ms(row.p95)}${ms(row.least)}   n=${row.runs}`);
}

/** Whole processes: `burnish apply` with these arguments. */
function timeApply(what, operations, photo, ending) {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const output = join(folder, `applied.${ending}`);
    const given = operations.flatMap((operation) => ['--op', operation]);
    const began = performance.now();
    const done = spawnSync(
      process.execPath,
      ['build/burnish.mjs', 'apply', photo, '-o', output, '--overwrite', '--quiet', ...given],
      { stdio: 'inherit' },
    );
    if (done.status !== 0) throw new Error(`burnish apply ended with status ${done.status}`);
    times.push(performance.now() - began);
  }
  record(what, times);
}

async function startServer(file) {
  const child = spawn(process.execPath, ['build/burnish.mjs', 'serve', file, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BURNISH_HOME: join(folder, 'home') },
  });
  const began = performance.now();
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url) return { child, url, ready: performance.now() - began };
  }
  throw new Error('the server did not become ready');
}

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

async function interactive(photo) {
  const browser = await chromium.launch({ executablePath: (await findBrowser()) ?? undefined });
  const opened = [];
  const ready = [];
  try {
    for (let run = 0; run < RUNS; run++) {
      const server = await startServer(photo);
      ready.push(server.ready);
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(server.url);
      await page.waitForSelector('[role="img"][aria-label="Canvas"]', { timeout: 60_000 });
      await settled(page);
      opened.push(...(await measures(page, 'burnish:open')));
      if (run === RUNS - 1) await editing(page);
      await page.close();
      server.child.kill('SIGTERM');
      await new Promise((resolve) => server.child.once('exit', resolve));
    }
    record('serve: start to ready line', ready);
    record('open: request to exact fitted frame', opened);
  } finally {
    await browser.close();
  }
}

async function editing(page) {
  const moves = quick ? 15 : 60;
  for (const [title, label] of [
    ['Gamma', 'Gamma'],
    ['Box blur', 'Size'],
  ]) {
    await command(page, title);
    await settled(page);
    for (const name of ['burnish:frame', 'burnish:settled']) await measures(page, name);
    await drag(page, title, label, moves);
    record(`drag ${title}: input to first frame`, await measures(page, 'burnish:frame'));
    record(`drag ${title}: input to exact frame`, await measures(page, 'burnish:settled'));
  }
  await measures(page, 'burnish:undo');
  for (let time = 0; time < (quick ? 4 : 12); time++) {
    await page.keyboard.press(time % 2 === 0 ? 'Control+z' : 'Control+Shift+z');
    await settled(page);
  }
  record('undo and redo: key to exact frame', await measures(page, 'burnish:undo'));
}

try {
  const photo = await writePhoto(join(folder, 'photo.jpg'), WIDTH, HEIGHT);
  if (!asJson) {
    console.log(
      `24 megapixels (${WIDTH} × ${HEIGHT} JPEG), ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
    );
    console.log(`${''.padEnd(58)}${'p50'.padStart(12)}${'p95'.padStart(12)}${'least'.padStart(12)}`);
  }
  await interactive(photo);
  timeApply('apply: negative → JPEG (whole process)', ['negative'], photo, 'jpg');
  timeApply(
    'apply: negative, gamma, stretch, box 15 → JPEG (whole process)',
    ['negative', 'gamma gamma=2.2', 'contrastStretch r1=70 s1=20 r2=180 s2=230', 'boxBlur size=15'],
    photo,
    'jpg',
  );
  timeApply('apply: box 60 → PNG (whole process)', ['boxBlur size=60'], photo, 'png');
  if (asJson) console.log(JSON.stringify({ date: new Date().toISOString(), node: process.version, rows }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
