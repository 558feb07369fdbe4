/** What is measured in the window of an open document. Each leaves the document as it found it, but for its history. */

import * as editor from './driver.mjs';
import { residentMemory } from './processes.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */
/** @typedef {import('playwright').Page} Page */

const { addOperation, betweenFrames, drag, forgetMeasures, groupOf, measures, setNumber, settled, stepping } =
  editor;

/**
 * Drags a slider, then moves it in single steps.
 * @param {Bench} bench @param {string} name @param {import('playwright').Locator} slider @param {[number, number]} [range]
 */
async function dragging(bench, name, slider, range) {
  const page = slider.page();
  await forgetMeasures(page);
  await drag(slider, bench.quick ? 10 : 40, range);
  bench.record({ what: `drag ${name}: frame`, values: await measures(page, 'frame') });
  // Of a frame that needs no pixels, none.
  const fetched = await editor.fetches(page);
  if (fetched.length > 0) bench.record({ what: `drag ${name}: of that, fetching`, values: fetched });
  await forgetMeasures(page);
  await stepping(slider, bench.quick ? 3 : 9);
  bench.record({ what: `drag ${name}: exact`, values: await measures(page, 'settled') });
}

/** Adds an operation, drags one of its sliders, and takes it away again. @param {Bench} bench @param {Page} page */
export async function trying(bench, page, title, label, range) {
  await addOperation(page, title);
  await settled(page);
  await dragging(bench, title, groupOf(page, title).getByRole('slider', { name: label, exact: true }), range);
  await page.getByRole('button', { name: `Remove ${title}`, exact: true }).click();
  await settled(page);
}

/** @param {Bench} bench @param {Page} page */
export async function history(bench, page) {
  await page.keyboard.press('Control+z');
  await settled(page);
  await page.keyboard.press('Control+Shift+z');
  await settled(page);
  await forgetMeasures(page);
  for (let time = 0; time < (bench.quick ? 4 : 16); time++) {
    await page.keyboard.press(time % 2 === 0 ? 'Control+z' : 'Control+Shift+z');
    await settled(page);
  }
  bench.record({ what: 'undo, redo: seen before', values: await measures(page, 'undo') });
}

/** Steps as fast as they can be given, so that most are never seen. @param {Page} page @param {number} from @param {number} to */
async function manySteps(page, from, to) {
  const enabled = page.getByRole('checkbox', { name: 'Enable Gamma', exact: true });
  for (let step = from; step < to; step++) {
    // One control twice within a second would be one step.
    if (step % 2 === 0) await setNumber(page, 'Gamma', 'Gamma', 1 + (step % 200) / 100);
    else await enabled.click();
  }
  await settled(page);
}

/** @param {Bench} bench @param {Page} page @param {number} pid */
export async function longHistory(bench, page, pid) {
  const counts = bench.quick ? [10, 30, 100] : [10, 30, 1000];
  let done = 0;
  for (const count of counts) {
    await manySteps(page, done, count);
    done = count;
    bench.record({
      what: `memory, ${count.toLocaleString('en')} steps`,
      values: [residentMemory(pid)],
      unit: 'MiB',
    });
    if (count !== 30) continue;
    await forgetMeasures(page);
    const options = page.getByRole('listbox', { name: 'History' }).getByRole('option');
    const total = await options.count();
    for (let back = 3; back <= 27; back += bench.quick ? 8 : 2) {
      await options.nth(total - back).click();
      await settled(page);
    }
    bench.record({ what: 'history of 30: not seen', values: await measures(page, 'undo') });
  }
}

/** @param {Bench} bench @param {Page} page */
export async function moving(bench, page) {
  const box = await page.locator('[role="img"][aria-label="Canvas"]').boundingBox();
  if (box === null) throw new Error('the canvas is not on the page');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await editor.command(page, 'Actual size');
  await settled(page);
  const notches = bench.quick ? 20 : 80;
  const scroll = (/** @type {number} */ x, /** @type {number} */ y) => async () => {
    for (let notch = 0; notch < notches; notch++) {
      const sign = Math.floor(notch / 10) % 2 === 0 ? 1 : -1;
      await page.mouse.wheel(x * sign, y * sign);
      await page.waitForTimeout(16);
    }
  };
  // There and back once, so that the level is there.
  await scroll(20, 20)();
  await settled(page);
  bench.record({ what: 'pan: between frames', values: await betweenFrames(page, scroll(20, 20)) });
  await page.keyboard.down('Control');
  await scroll(0, 60)();
  bench.record({ what: 'zoom: between frames', values: await betweenFrames(page, scroll(0, 60)) });
  await page.keyboard.up('Control');
  await editor.command(page, 'Fit in window');
  await settled(page);
}

/** @param {Bench} bench @param {Page} page */
export async function slowRender(bench, page) {
  const cancelled = [];
  const delays = await editor.inputDelays(page, async () => {
    for (let time = 0; time < (bench.quick ? 1 : 3); time++) {
      await addOperation(page, 'Bilateral');
      await setNumber(page, 'Bilateral', 'Radius', 15);
      for (let key = 0; key < 10; key++) {
        await page.keyboard.press('ArrowUp');
        await page.waitForTimeout(100);
      }
      await forgetMeasures(page);
      await page.getByRole('button', { name: 'Remove Bilateral', exact: true }).click();
      await settled(page);
      cancelled.push(...(await measures(page, 'settled')));
    }
  });
  bench.record({ what: 'input delay in a slow render', values: delays });
  bench.record({ what: 'cancel a slow render', values: cancelled });
}

/** Until the drawing of the histogram last changes. @param {Bench} bench @param {Page} page */
export async function histogram(bench, page) {
  const panel = page.getByRole('region', { name: 'Histogram', exact: true });
  // It counts only while it is open.
  if ((await panel.getByRole('table').count()) === 0) await page.keyboard.press('F9');
  await panel.getByRole('table').waitFor();
  const times = [];
  for (let time = 0; time < (bench.quick ? 2 : 8); time++) {
    await page.evaluate(() => {
      const state = { began: 0, last: 0 };
      document.addEventListener('keydown', (event) => (state.began = event.timeStamp), { capture: true });
      const region = document.querySelector('[aria-label="Histogram"]');
      const watch = new MutationObserver(() => (state.last = performance.now()));
      if (region)
        watch.observe(region, { subtree: true, childList: true, attributes: true, characterData: true });
      Object.assign(window, { benchHistogram: state });
    });
    await setNumber(page, 'Gamma', 'Gamma', 1.1 + time / 10);
    await settled(page);
    await page.waitForTimeout(1000);
    const { began, last } = await page.evaluate(() => /** @type {any} */ (window).benchHistogram);
    if (last > began) times.push(last - began);
  }
  bench.record({ what: 'histogram after a change', values: times });
}

/** @param {Bench} bench @param {Page} page */
export async function blending(bench, page) {
  const layers = page.getByRole('region', { name: 'Layers' });
  const mode = layers.getByRole('combobox', { name: 'Blend mode' });
  await mode.selectOption({ label: 'Multiply' });
  await settled(page);
  await dragging(bench, 'Opacity', layers.getByRole('slider', { name: 'Opacity' }));
  await layers.getByRole('spinbutton', { name: 'Opacity' }).fill('100');
  await page.keyboard.press('Enter');
  await mode.selectOption({ label: 'Normal' });
  await settled(page);
}

/**
 * Moves the pointer over the picture while the panels explain the pixel under it: until the numbers of that pixel are in the page.
 * @param {Bench} bench @param {Page} page @param {string} title of the operation whose step is chosen
 */
export async function pointing(bench, page, title) {
  await addOperation(page, title);
  if (title === 'Box blur') await setNumber(page, title, 'Size', 100);
  await settled(page);
  const box = await page.locator('[role="img"][aria-label="Canvas"]').boundingBox();
  if (box === null) throw new Error('the canvas is not on the page');
  const times = bench.quick ? 20 : 100;
  // As every program here, it first warms up.
  const warm = 20;
  for (let time = -warm; time < times; time++) {
    if (time === 0) await forgetMeasures(page);
    const [across, down] = [0.5 + 0.3 * Math.sin(time * 0.7), 0.5 + 0.3 * Math.cos(time * 0.4)];
    await page.mouse.move(box.x + box.width * across, box.y + box.height * down);
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(500);
  bench.record({ what: `pointer to numbers, ${title}`, values: await measures(page, 'numbers') });
  await page.getByRole('button', { name: `Remove ${title}`, exact: true }).click();
  await settled(page);
}
