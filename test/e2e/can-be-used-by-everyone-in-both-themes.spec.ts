/** axe finds nothing serious in any panel, dialog or menu, dark or light; the theme follows the system while all of them are looked at. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { writePhoto } from '../support/make-photo.mjs';
import { expectAccessible } from './support/accessible';
import { Editor, startServer, type Server } from './support/editor';

let folder: string;
let server: Server;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-everyone-'));
  server = await startServer(await writePhoto(join(folder, 'small.png'), 300, 200, 3));
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function expectPanels(editor: Editor, names: readonly string[]): Promise<void> {
  for (const name of names)
    await expect(editor.page.getByRole('region', { name, exact: true }).locator('.body')).toBeVisible();
  await expectAccessible(editor.page, names.join(', '), '#app');
}

test('has no serious fault in any panel, dialog or menu', async ({ page }) => {
  test.setTimeout(120_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const editor = new Editor(page);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(server.url);
  await editor.settled();
  await editor.command('System theme');

  await editor.addOperation('Levels');
  await editor.settled();
  const panels = ['Layers', 'Stack', 'Properties', 'History', 'Formula', 'Pixels'];
  await expectPanels(editor, panels);
  await editor.command('Pin pixel');
  const formula = page.getByRole('region', { name: 'Formula', exact: true });
  await expect(formula.getByText(/^pinned/)).toBeVisible();
  await expect(formula.locator('math').first()).toBeVisible();
  await expectPanels(editor, panels);

  await editor.addOperation('Convolve');
  await editor.settled();
  await expectPanels(editor, ['Properties', 'Formula', 'Pixels']);

  await editor.command('Pixels panel');
  await editor.command('Formula panel');
  await editor.command('Histogram panel');
  await editor.command('Line profile tool');
  await page.getByRole('button', { name: 'Line across the middle' }).click();
  await editor.command('Ellipse selection tool');
  await editor.command('Select all');
  await expectPanels(editor, ['Histogram', 'Profile']);

  await editor.command('Histogram panel');
  await editor.command('Profile panel');
  await editor.command('Fourier panel');
  await editor.addOperation('Bit plane reconstruct');
  await editor.settled();
  await expectPanels(editor, ['Properties', 'Fourier']);
  await editor.command('Fourier panel');
  await page.getByRole('button', { name: 'Edit Convolve', exact: true }).click();

  await page.keyboard.press('Control+Shift+P');
  const search = page.getByRole('combobox', { name: 'Search commands' });
  for (const text of ['bl', 'no such thing']) {
    await search.fill(text);
    await expectAccessible(page, `the palette with “${text}”`, 'dialog');
  }
  await page.keyboard.press('Escape');

  for (const [command, name] of [
    ['Export', 'Export'],
    ['Export as Python', 'Export as Python'],
    ['Save as recipe', 'Save as recipe'],
    ['Apply recipe', 'Apply recipe'],
    ['Apply to files', 'Apply to files'],
    ['Lessons', 'Lessons'],
    ['Open a sample picture', 'Sample pictures'],
    ['Keyboard shortcuts', 'Keyboard shortcuts'],
    ['About Burnish', 'About Burnish'],
  ]) {
    await editor.command(command);
    await expect(page.getByRole('dialog', { name, exact: true })).toBeVisible();
    await expectAccessible(page, name, 'dialog');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }

  await editor.command('Convolution laboratory');
  const laboratory = page.getByRole('dialog', { name: 'Convolution laboratory' });
  for (const view of ['Torch', 'Gallery', 'Frequency response']) {
    await laboratory.getByRole('tab', { name: view }).click();
    await expectAccessible(page, view, 'dialog');
  }
  await page.keyboard.press('Escape');

  const menus = page.getByRole('menubar', { name: 'Main menu' }).getByRole('menuitem');
  for (const name of await menus.allTextContents()) {
    await page.getByRole('menuitem', { name: name.trim(), exact: true }).click();
    if (name.trim() === 'View') {
      const chosen = page.getByRole('menuitemcheckbox', { name: 'System theme', checked: true });
      await expect(chosen.locator('svg')).toBeVisible();
    }
    await expectAccessible(page, `the menu ${name}`, '[role="menu"]');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
  }

  await editor.command('Close picture');
  await expect(page.getByRole('dialog', { name: /^Save changes to / })).toBeVisible();
  await expectAccessible(page, 'the question before closing', 'dialog');
  await page.keyboard.press('Escape');
  expect(complaints, 'what the browser complains of').toEqual([]);
});
