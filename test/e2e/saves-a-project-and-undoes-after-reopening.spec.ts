/**
 * Work that outlives its window: edits on two layers are saved as a project, the photos are deleted, the project is moved to another
 * folder and opened by another run of the program. Its whole history is there, undoes to the untouched photo, and redoes to
 * the picture that was exported before.
 */

import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { writePhoto } from '../support/make-photo.mjs';
import { Editor, startServer, type Server } from './support/editor';

let folder: string;
let photo: string;
let second: string;
const servers: Server[] = [];

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-project-'));
  photo = await writePhoto(join(folder, 'harbour.jpg'), 1200, 800, 2);
  second = await writePhoto(join(folder, 'texture.jpg'), 900, 800, 5);
});

test.afterAll(async () => {
  for (const server of servers) expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function open(page: Page, file: string): Promise<Editor> {
  const server = await startServer(file);
  servers.push(server);
  const editor = new Editor(page);
  await page.goto(server.url);
  await editor.settled();
  return editor;
}

const decoded = (path: string): Promise<Buffer> => sharp(path).raw().toBuffer();

/** Saves by the keyboard and gives the path of the download. */
async function save(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const file = await download;
  expect(file.suggestedFilename()).toBe(name);
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText(`Saved ${name}`);
  return file.path();
}

test('saves, moves, reopens, undoes to the start and redoes to the same picture', async ({
  page,
  browser,
}) => {
  const editor = await open(page, photo);
  const untouched = await decoded(photo);
  await editor.addOperation('Gamma');
  await editor.setNumber('Gamma', 'Gamma', 2.2);
  await editor.settled();
  await page.keyboard.press('Control+z');
  // What was undone here is a discarded step from now on.
  await editor.addOperation('Box blur');
  await editor.setNumber('Box blur', 'Size', 7);
  const chooser = page.waitForEvent('filechooser');
  await editor.command('Add layer from file');
  await (await chooser).setFiles(second);
  await expect(editor.layer('texture')).toBeVisible();
  await editor.layer('texture').click();
  const opacity = page.getByRole('region', { name: 'Layers' }).getByRole('slider', { name: 'Opacity' });
  await opacity.focus();
  for (let tens = 0; tens < 5; tens++) await page.keyboard.press('Shift+ArrowLeft');
  await editor.addOperation('Negative');
  await page.keyboard.press('Control+z');
  await editor.settled();
  const exported = await decoded(await editor.exportAs('PNG'));
  await expect(page).toHaveTitle('harbour.jpg* — Burnish');
  const history = await editor.history.allTextContents();
  expect(history.some((text) => text.includes('Gamma'))).toBe(true);

  const saved = await save(page, 'harbour.burnish');
  await expect(page).toHaveTitle('harbour.burnish — Burnish');
  expect((await sharp(await flatPart(saved)).metadata()).width).toBe(1200);

  // Undoing is a change that the file lacks; closing asks, and Cancel keeps everything.
  await page.keyboard.press('Control+z');
  await expect(page).toHaveTitle('harbour.burnish* — Burnish');
  await page.getByRole('button', { name: 'Close harbour.burnish' }).click();
  const question = page.getByRole('dialog', { name: 'Save changes to harbour.burnish?' });
  await expect(question.getByRole('button', { name: 'Save', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(editor.canvas).toBeVisible();
  await page.getByRole('button', { name: 'Close harbour.burnish' }).click();
  await question.getByRole('button', { name: 'Don’t save' }).click();
  await expect(editor.canvas).toBeHidden();

  await mkdir(join(folder, 'elsewhere'));
  const moved = join(folder, 'elsewhere', 'moved.burnish');
  await copyFile(saved, moved);
  await Promise.all([rm(photo), rm(second)]);
  const later = await browser.newPage();
  const again = await open(later, moved);
  await expect(later).toHaveTitle('moved.burnish — Burnish');
  expect(await again.history.allTextContents()).toEqual(history);
  await expect(again.layer('texture')).toBeVisible();
  expect((await decoded(await again.exportAs('PNG'))).equals(exported)).toBe(true);

  const undo = later.getByRole('button', { name: 'Undo', exact: true });
  const redo = later.getByRole('button', { name: 'Redo', exact: true });
  let undone = 0;
  for (; await undo.isEnabled(); undone++) {
    await undo.click();
    await again.settled();
  }
  expect(undone).toBeGreaterThanOrEqual(3);
  expect((await decoded(await again.exportAs('PNG'))).equals(untouched)).toBe(true);
  for (let count = 0; count < undone; count++) {
    await redo.click();
    await again.settled();
  }
  expect((await decoded(await again.exportAs('PNG'))).equals(exported)).toBe(true);
  // Negative was undone when the project was saved, and can still be redone.
  await expect(redo).toHaveAttribute('title', /^Redo .*Negative/);
  await expect(later).toHaveTitle('moved.burnish — Burnish');
});

/** The merged picture of a project, which is stored in the archive as it is: from its signature to its end. */
async function flatPart(project: string): Promise<Buffer> {
  const bytes = await readFile(project);
  const name = bytes.indexOf('mergedimage.png');
  return bytes.subarray(bytes.indexOf(Buffer.from([0x89, 0x50, 0x4e, 0x47]), name));
}
