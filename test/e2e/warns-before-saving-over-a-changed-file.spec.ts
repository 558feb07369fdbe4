/** A project that another program writes while it is open: saving says so first, and nothing goes out until the user has chosen. */

import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { writePhoto } from '../support/make-photo.mjs';
import { expectAccessible } from './support/accessible';
import { Editor, startServer } from './support/editor';

test('asks when the project has changed on disk', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'burnish-changed-'));
  const photo = await writePhoto(join(folder, 'harbour.jpg'), 120, 80, 2);
  const project = join(folder, 'harbour.burnish');
  const first = await startServer(photo);
  await page.goto(first.url);
  await new Editor(page).settled();
  const saved = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  await writeFile(project, await readFile(await (await saved).path()));
  await first.stop();

  const second = await startServer(project);
  const editor = new Editor(page);
  await page.goto(second.url);
  await editor.settled();
  await editor.command('System theme');
  await editor.addOperation('Negative');
  await editor.settled();
  await utimes(project, new Date(), new Date(Date.now() + 5000));
  let downloads = 0;
  page.on('download', () => downloads++);
  await page.keyboard.press('Control+s');
  const question = page.getByRole('dialog', { name: 'harbour.burnish has changed on disk' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expectAccessible(page, 'the question before saving', 'dialog');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  await expect(page).toHaveTitle('harbour.burnish* — Burnish');
  expect(downloads).toBe(0);

  await page.keyboard.press('Control+s');
  const download = page.waitForEvent('download');
  await question.getByRole('button', { name: 'Save anyway' }).click();
  expect((await download).suggestedFilename()).toBe('harbour.burnish');
  await expect(page).toHaveTitle('harbour.burnish — Burnish');
  expect(await second.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});
