/** axe finds nothing serious in any panel, dialog or menu, dark or light; the theme follows the system while all of them are looked at. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { writePhoto } from '../support/make-photo.mjs';
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

/** What a selector holds: every rule in the dark theme, and in the light one those about colours. */
async function expectAccessible(page: Page, what: string, selector: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator(`html[data-theme="${colorScheme}"]`)).toBeAttached();
    // What is still fading in has less contrast than it will have, and what has just come is measured with the next frame.
    await page.evaluate(async () => {
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    });
    // Once in the page it stays; and there are no frames, for which it would open another page each time.
    const there = await page.evaluate(() => 'axe' in window);
    const axe = new AxeBuilder({ page, ...(there && { axeSource: 'void 0' }) })
      .include(selector)
      .setLegacyMode();
    if (colorScheme === 'light') axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const found = serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}

async function expectPanels(editor: Editor, names: readonly string[]): Promise<void> {
  for (const name of names)
    await expect(editor.page.getByRole('region', { name, exact: true }).locator('.body')).toBeVisible();
  await expectAccessible(editor.page, names.join(', '), '#app');
}

test('has no serious fault in any panel, dialog or menu', async ({ page }) => {
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
  await expect(formula.locator('math')).toBeVisible();
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

  await page.getByRole('menuitem', { name: 'View', exact: true }).click();
  const chosen = page.getByRole('menuitemcheckbox', { name: 'System theme', checked: true });
  await expect(chosen.locator('svg')).toBeVisible();
  await expectAccessible(page, 'the View menu', '[role="menu"]');
});
