/**
 * What the page says of a pixel is the level that is stored there: every operation, with random values, at random pixels, read from the
 * Formula and Pixels panels and held against the plain picture, which is made here without the program. `npm run test:full` reads a
 * thousand pixels of each.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import fc from 'fast-check';
import sharp from 'sharp';
import { titleOf } from '../../core/operation/parameter';
import { operations } from '../../core/operations';
import type { Raster, Shape } from '../../core/raster/raster';
import { sharedNoise } from '../support/documents';
import { plainPicture } from '../support/plain-picture';
import { documentOf, randomStep } from '../support/random-step';
import { Editor, startServer, type Server } from './support/editor';

const full = process.env.BURNISH_FULL === '1';
const PIXELS = full ? 1000 : 10;
const SHAPE: Shape = { width: 120, height: 90, channels: 3, depth: 8 };
const SECOND = 'second.png';

const pictures = { first: sharedNoise(SHAPE, 1), [SECOND]: sharedNoise(SHAPE, 2) };
const steps = operations.map((operation, index) => ({
  title: titleOf(operation.id),
  step: randomStep(operation, SHAPE, SECOND, index + 1),
}));

let folder: string;
let server: Server;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-stored-'));
  for (const [name, { data, width, height }] of Object.entries(pictures)) {
    const png = sharp(Uint8Array.from(data), { raw: { width, height, channels: 3 } }).png();
    await png.toFile(join(folder, name === SECOND ? SECOND : `${name}.png`));
  }
  const recipe = steps.map(({ step: { operation, params } }) => ({ id: operation, params, enabled: false }));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ burnish: 1, operations: recipe }));
  server = await startServer(join(folder, 'first.png'));
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

/** All steps at once, each switched off. */
async function applyAll(editor: Editor): Promise<void> {
  const { page } = editor;
  await editor.command('Apply recipe');
  const dialog = page.getByRole('dialog', { name: 'Apply recipe' });
  const from = dialog.getByRole('combobox', { name: 'Operations of' });
  await from.click();
  await page.getByRole('option', { name: 'A recipe file' }).click();
  await give(page, 'Choose recipe…', 'all.json');
  await give(page, `Choose ${SECOND}…`, SECOND);
  for (const tick of await dialog.getByRole('checkbox').all()) await tick.check();
  await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(dialog).toBeHidden();
  await editor.settled();
}

async function give(page: Page, button: string, name: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles(join(folder, name));
}

interface Told {
  readonly x: number;
  readonly y: number;
  /** By channel, as the Formula panel ends each of its lines. */
  readonly stored: readonly number[];
  /** Of the channel that the Pixels panel shows; null where it shows no window. */
  readonly window: { readonly channel: string; readonly stored: number } | null;
}

/**
 * What the panels say of the pixels under these places of the canvas, one after the other, each once they speak of it. Runs in the page,
 * where it also moves the pointer: to and fro between here and there would be most of the time.
 */
async function tellPointed(places: readonly (readonly [number, number])[]): Promise<Told[]> {
  const found = (selector: string): Element => {
    const element = document.querySelector(selector);
    if (element === null) throw new Error(`there is no ${selector}`);
    return element;
  };
  const region = (name: string): Element => found(`section[aria-label="${name}"]`);
  const numbersOf = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);
  const placeTold = (): readonly number[] =>
    [...document.querySelectorAll('.pixel .place')].flatMap(({ textContent }) => numbersOf(textContent));
  const header = (name: string): string => region(name).querySelector('header')?.textContent ?? '';
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  const canvas = found('[role="img"][aria-label="Canvas"]');
  const tell = async (clientX: number, clientY: number): Promise<Told> => {
    const at = { clientX, clientY, bubbles: true, pointerId: 1, pointerType: 'mouse', isPrimary: true };
    canvas.dispatchEvent(new PointerEvent('pointermove', at));
    await frame();
    const until = performance.now() + 20_000;
    for (;;) {
      const [x, y] = placeTold();
      const told = `(${x}, ${y})`;
      if (x !== undefined && header('Formula').includes(told) && header('Pixels').includes(told)) {
        const lines = region('Formula').querySelectorAll('section[aria-label^="Formula of"] > ul strong');
        const pixels = region('Pixels');
        const result = pixels.querySelector('dd.stored');
        const channel =
          pixels.querySelector('[role="radiogroup"] :checked')?.parentElement?.textContent.trim() ?? 'Grey';
        const window = result && { channel, stored: Number(result.textContent) };
        return { x, y, stored: [...lines].map(({ textContent }) => Number(textContent)), window };
      }
      if (performance.now() > until) throw new Error(`the panels do not speak of ${told}`);
      await frame();
    }
  };
  const all: Told[] = [];
  for (const [x, y] of places) all.push(await tell(x, y));
  return all;
}

/** Places in a picture as shares of its sides from its middle: the same ones in each `npm test`. */
function placesFor(title: string): readonly (readonly [number, number])[] {
  const share = fc.noBias(fc.integer({ min: -5000, max: 5000 })).map((part) => part / 10_000);
  const seed = steps.findIndex((each) => each.title === title) + 1;
  return fc.sample(fc.tuple(share, share), { numRuns: PIXELS, ...(!full && { seed }) });
}

function levelsAt({ data, width, channels }: Raster, x: number, y: number): readonly number[] {
  const at = (y * width + x) * channels;
  return Array.from({ length: channels }, (_, channel) => data[at + channel]);
}

test('shows the stored level of every operation', async ({ page }) => {
  test.setTimeout(full ? 7_200_000 : 180_000);
  const editor = new Editor(page);
  await page.goto(server.url);
  await editor.settled();
  await applyAll(editor);
  let different = 0;
  for (const { title, step } of steps) {
    const plain = plainPicture(documentOf(step, pictures), pictures);
    await page.getByRole('button', { name: `Edit ${title}`, exact: true }).click();
    const enabled = page.getByRole('checkbox', { name: `Enable ${title}`, exact: true });
    await enabled.check();
    await editor.command('Fit in window');
    await editor.settled();
    const box = await editor.canvas.boundingBox();
    if (box === null) throw new Error('there is no canvas');
    // Fitted: the larger side fills the canvas but for a margin, and the pointer stays well inside the picture.
    const scale = Math.min((box.width - 80) / plain.width, (box.height - 80) / plain.height, 1);
    const places = placesFor(title).map(
      ([across, down]) =>
        [
          box.x + box.width / 2 + across * (plain.width * scale - 1),
          box.y + box.height / 2 + down * (plain.height * scale - 1),
        ] as const,
    );
    const told = await page.evaluate(tellPointed, places);
    expect(told).toHaveLength(PIXELS);
    const wrong = told.filter(({ x, y, stored, window }) => {
      const levels = levelsAt(plain, x, y);
      const own = window && levels[Math.max(0, 'RGB'.indexOf(window.channel))];
      return String(stored) !== String(levels) || (window !== null && window.stored !== own);
    });
    expect(wrong, title).toEqual([]);
    different += new Set(told.map(({ x, y }) => `${x} ${y}`)).size;
    await enabled.uncheck();
  }
  // The pointer really moved.
  expect(different).toBeGreaterThan((steps.length * PIXELS) / 2);
});
