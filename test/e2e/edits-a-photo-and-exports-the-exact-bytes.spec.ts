/**
 * The whole journey: a 12-megapixel JPEG from disk, three operations, a drag, undo and redo, layers, and the exported PNG equal to
 * what an independent program computes from the decoded source.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { boxBlur, gamma, multiplyOver, negative } from '../oracle/edited-photo.mjs';
import { writePhoto } from '../support/make-photo.mjs';
import { findPython } from '../support/python';
import { Editor, startServer, type Server } from './support/editor';

const run = promisify(execFile);
const WIDTH = 4240;
const HEIGHT = 2832;

let folder: string;
let photo: string;
let second: string;
let server: Server;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-photo-'));
  photo = await writePhoto(join(folder, 'harbour.jpg'), WIDTH, HEIGHT, 2);
  second = await writePhoto(join(folder, 'texture.jpg'), 3000, 2001, 5);
  server = await startServer(photo);
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function decoded(path: string): Promise<{ width: number; height: number; data: Uint8Array }> {
  const { data, info } = await sharp(await readFile(path))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return { width: info.width, height: info.height, data };
}

test('opens, edits, undoes, redoes, layers and exports what the oracle computes', async ({ page }) => {
  test.setTimeout(240_000);
  const editor = new Editor(page);
  await page.goto(server.url);
  await editor.settled();
  await expect(page).toHaveTitle('harbour.jpg — Burnish');
  await expect(editor.history).toHaveText([/Opened harbour\.jpg/]);

  await editor.addOperation('Negative');
  await editor.addOperation('Gamma');
  await editor.setNumber('Gamma', 'Gamma', 2.2);
  await editor.addOperation('Box blur');
  await editor.setNumber('Box blur', 'Size', 15);
  await editor.settled();
  await expect(page).toHaveTitle('harbour.jpg* — Burnish');
  // Typing right after adding may join one entry or make its own; what counts is what a drag adds.
  await page.waitForTimeout(1100);
  const before = await editor.history.count();

  await editor.dragSlider(editor.parameters('Box blur').getByRole('slider', { name: 'Size' }), 0.7);
  await editor.settled();
  await expect(editor.history).toHaveCount(before + 1);
  const dragged = await editor
    .parameters('Box blur')
    .getByRole('spinbutton', { name: 'Size', exact: true })
    .inputValue();
  expect(dragged).not.toBe('15');

  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  const redo = page.getByRole('button', { name: 'Redo', exact: true });
  await expect(undo).toHaveAttribute('title', /Undo .*15 → /);
  await undo.click();
  await editor.settled();
  await page.keyboard.press('Control+z');
  await editor.settled();
  await page.keyboard.press('Control+z');
  await editor.settled();
  await expect(editor.history).toHaveCount(before + 1);
  await redo.click();
  await page.keyboard.press('Control+Shift+z');
  await editor.settled();
  const selected = page.getByRole('listbox', { name: 'History' }).getByRole('option', { selected: true });
  await expect(selected).toHaveCount(1);
  const stack = page.getByRole('list', { name: 'Operations of Background' });
  await expect(stack.getByRole('checkbox')).toHaveCount(3);
  await stack.getByRole('button', { name: 'Edit Box blur' }).click();
  await expect(
    editor.parameters('Box blur').getByRole('spinbutton', { name: 'Size', exact: true }),
  ).toHaveValue('15');

  // A duplicate that is hidden must not show.
  await editor.layer('Background').click();
  await editor.command('Duplicate layer');
  await expect(editor.layer('Background copy')).toBeVisible();
  await page.getByRole('button', { name: 'Hide Background copy' }).click();
  await expect(page.getByRole('button', { name: 'Show Background copy' })).toBeVisible();

  const chooser = page.waitForEvent('filechooser');
  await editor.command('Add layer from file');
  await (await chooser).setFiles(second);
  await expect(editor.layer('texture')).toBeVisible();
  await editor.layer('texture').click();
  const layers = page.getByRole('region', { name: 'Layers' });
  const mode = layers.getByRole('combobox', { name: 'Blend mode' });
  if ((await mode.evaluate((element) => element.tagName)) === 'SELECT')
    await mode.selectOption({ label: 'Multiply' });
  else {
    await mode.click();
    await page.getByRole('option', { name: 'Multiply', exact: true }).click();
  }
  const opacity = layers.getByRole('slider', { name: 'Opacity' });
  await opacity.focus();
  for (let tens = 0; tens < 4; tens++) await page.keyboard.press('Shift+ArrowLeft');
  await expect(opacity).toHaveValue('60');
  await editor.settled();

  const png = await editor.exportAs('PNG');
  const jpeg = await editor.exportAs('JPEG');
  expect((await sharp(jpeg).metadata()).format).toBe('jpeg');
  expect((await sharp(jpeg).metadata()).width).toBe(WIDTH);

  const source = await decoded(photo);
  const over = await decoded(second);
  const result = await decoded(png);
  expect([result.width, result.height]).toEqual([WIDTH, HEIGHT]);
  const expected = multiplyOver(boxBlur(gamma(negative(source), 2.2), 15), over, 0.6);
  expect(differing(result.data, expected.data)).toBe(0);

  const byNumpy = await numpyResult(source, over);
  if (byNumpy === null) console.log('skipped: no Python with numpy and scipy');
  else expect(differing(result.data, byNumpy)).toBe(0);
});

function differing(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return Math.max(a.length, b.length);
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
}

interface Samples {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The same by numpy; null where there is no Python that has it. */
async function numpyResult(source: Samples, over: Samples): Promise<Uint8Array | null> {
  const python = findPython('numpy', 'scipy');
  if (python === null) return null;
  const files = [join(folder, 'source.rgb'), join(folder, 'over.rgb'), join(folder, 'result.rgb')];
  await writeFile(files[0], source.data);
  await writeFile(files[1], over.data);
  const sizes = [source, over].map(({ width, height }) => [String(width), String(height)]);
  await run(python, [
    'test/oracle/edited_photo.py',
    ...[files[0], ...sizes[0], files[1], ...sizes[1]],
    ...['2.2', '15', '0.6', files[2]],
  ]);
  return readFile(files[2]);
}
