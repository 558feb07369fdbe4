/** Drives the page as a person does, by role and accessible name, and reads the User Timing entries that it records. */

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('playwright').Locator} Locator */

const CANVAS = '[role="img"][aria-label="Canvas"]';
const PATIENCE = 300_000;

/**
 * The exact frame of the newest state is drawn. The page itself waits for that: to ask it again and again from outside took 12 ms of
 * two processors' time a step, from what is measured.
 * @param {Page} page
 */
export async function settled(page) {
  await page.waitForSelector(CANVAS, { timeout: PATIENCE });
  await page.evaluate(
    ({ canvas, patience }) =>
      new Promise((resolve, reject) => {
        const isSettled = () => document.querySelector(canvas)?.getAttribute('aria-busy') === 'false';
        const patient = setTimeout(() => reject(new Error('the exact frame does not come')), patience);
        const finish = () => {
          watch.disconnect();
          clearTimeout(patient);
          resolve(undefined);
        };
        const watch = new MutationObserver(() => {
          if (isSettled()) finish();
        });
        // What was done last must have reached the canvas.
        requestAnimationFrame(() =>
          setTimeout(() => {
            if (isSettled()) return finish();
            watch.observe(document.body, { subtree: true, attributeFilter: ['aria-busy'] });
          }),
        );
      }),
    { canvas: CANVAS, patience: PATIENCE },
  );
}

/** Durations of the entries of this name since the last call. @param {Page} page @param {string} name */
export const measures = (page, name) =>
  page.evaluate((wanted) => {
    const found = performance.getEntriesByName(wanted, 'measure').map((entry) => entry.duration);
    performance.clearMeasures(wanted);
    return found;
  }, `burnish:${name}`);

/** @param {Page} page */
export async function forgetMeasures(page) {
  await page.evaluate(() => {
    performance.clearMeasures();
    performance.clearResourceTimings();
  });
}

/** How long the page waited for the pixels of each frame since then. @param {Page} page @returns {Promise<number[]>} */
export const fetches = (page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('/frames/'))
      .map(({ duration }) => duration),
  );

/** @param {Page} page @param {string} title */
export async function command(page, title) {
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('combobox', { name: 'Search commands' }).fill(title);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
}

/** @param {Page} page @param {string} title */
export async function addOperation(page, title) {
  await command(page, title);
  await groupOf(page, title).waitFor();
}

/** @param {Page} page @param {string} title */
export const groupOf = (page, title) => page.getByRole('group', { name: title, exact: true });

/** @param {Page} page @param {string} file */
export async function addLayer(page, file) {
  const chooser = page.waitForEvent('filechooser');
  await command(page, 'Add layer from file');
  await (await chooser).setFiles(file);
  await page.waitForFunction(
    (name) => document.querySelector('[role="treegrid"][aria-label="Layers"]')?.textContent?.includes(name),
    /([^/\\]+)\.\w+$/.exec(file)?.[1],
    { timeout: PATIENCE },
  );
  await settled(page);
}

/** @param {Page} page @param {string} title @param {string} label @param {number} value */
export async function setNumber(page, title, label, value) {
  const field = groupOf(page, title).getByRole('spinbutton', { name: label, exact: true });
  await field.fill(String(value));
  await field.press('Enter');
}

/** Drags a slider to and fro between two shares of its track. @param {Locator} slider @param {number} moves */
export async function drag(slider, moves, [low, high] = [0.3, 0.7]) {
  const page = slider.page();
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) throw new Error('the slider is not on the page');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * low, y);
  await page.mouse.down();
  for (let move = 0; move < moves; move++) {
    const share = (low + high) / 2 + ((high - low) / 2) * Math.sin(move / 3);
    await page.mouse.move(box.x + box.width * share, y);
    await page.waitForTimeout(60);
  }
  await page.mouse.up();
  await settled(page);
}

/** Moves a slider by single keys and waits for the exact picture each time. @param {Locator} slider @param {number} times */
export async function stepping(slider, times) {
  const page = slider.page();
  await slider.focus();
  for (let time = 0; time < times; time++) {
    await page.keyboard.press('ArrowRight');
    await settled(page);
  }
}

/** Milliseconds between the frames that the browser draws while `act` goes on. @param {Page} page @param {() => Promise<void>} act */
export async function betweenFrames(page, act) {
  await page.evaluate(() => {
    const times = [];
    const state = { times, on: true };
    const tick = (time) => {
      times.push(time);
      if (state.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { benchFrames: state });
  });
  await act();
  const times = await page.evaluate(() => {
    const { benchFrames } = /** @type {any} */ (window);
    benchFrames.on = false;
    return benchFrames.times;
  });
  return times.slice(1).map((/** @type {number} */ time, /** @type {number} */ at) => time - times[at]);
}

/** Milliseconds from a key's own time stamp until the page hears of it, while `act` goes on. @param {Page} page @param {() => Promise<void>} act */
export async function inputDelays(page, act) {
  await page.evaluate(() => {
    const delays = [];
    const hear = (/** @type {KeyboardEvent} */ event) => delays.push(performance.now() - event.timeStamp);
    document.addEventListener('keydown', hear, true);
    Object.assign(window, { benchDelays: delays });
  });
  await act();
  return page.evaluate(() => /** @type {any} */ (window).benchDelays);
}
