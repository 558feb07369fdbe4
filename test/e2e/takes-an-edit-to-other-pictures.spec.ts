/**
 * An edit that goes elsewhere: saved as a recipe, applied to another open picture and to many files, one of them broken, and
 * taken out as a Python script. What the window makes is held against what the command line makes of the same recipe.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { readZip } from '../support/read-zip';
import { expectAccessible } from './support/accessible';
import { Editor, startServer, type Server } from './support/editor';

const run = promisify(execFile);
const names = ['harbour', 'quay', 'pier'];

let folder: string;
let server: Server;
const at = (name: string): string => join(folder, name);

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-replay-'));
  for (const [index, name] of names.entries()) await writePicture(at(`${name}.png`), 90 + 10 * index, 60);
  await writeFile(at('broken.png'), 'no picture at all');
  server = await startServer(at('harbour.png'), at('quay.png'));
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function writePicture(path: string, width: number, height: number): Promise<void> {
  const data = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => (i * 7 + ((i / width) | 0) * 11) & 255,
  );
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path);
}

async function samples(file: string | Uint8Array): Promise<Buffer> {
  return sharp(file).raw().toBuffer();
}

/** What the command line makes of a picture with a recipe. */
async function byCommandLine(recipe: string, name: string): Promise<Buffer> {
  const output = at(`${name}-expected.png`);
  await run(process.execPath, ['build/burnish.mjs', 'apply', recipe, at(`${name}.png`), '-o', output]);
  return samples(output);
}

async function downloaded(page: Page, act: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent('download', { timeout: 30_000 });
  await act();
  return (await download).path();
}

async function give(page: Page, button: Locator, ...files: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await button.click();
  await (await chooser).setFiles([...files]);
}

test('takes an edit to another picture, to files and to Python', async ({ page }) => {
  test.setTimeout(120_000);
  const editor = new Editor(page);
  const tab = (name: string) =>
    page.getByRole('navigation', { name: 'Pictures' }).getByRole('button', { name, exact: true });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  await page.goto(server.url);
  await editor.command('System theme');
  await expect(tab('harbour.png')).toHaveCount(1);
  await tab('harbour.png').click();
  await editor.settled();
  await editor.addOperation('Gamma');
  await editor.setNumber('Gamma', 'Gamma', 2.2);
  await editor.addOperation('Box blur');
  await editor.setNumber('Box blur', 'Size', 5);
  await editor.addOperation('Crop');
  await editor.settled();

  await editor.command('Save as recipe');
  const saving = dialog('Save as recipe');
  await expect(saving.getByRole('checkbox', { name: /^Gamma/ })).toBeChecked();
  await expect(saving.getByRole('checkbox', { name: /^Crop/ })).not.toBeChecked();
  await expectAccessible(page, 'saving a recipe', 'dialog');
  const recipe = at('soft.json');
  await writeFile(
    recipe,
    await readFile(
      await downloaded(page, () => saving.getByRole('button', { name: 'Save', exact: true }).click()),
    ),
  );
  await expect(saving).toBeHidden();
  expect(JSON.parse(await readFile(recipe, 'utf8'))).toEqual({
    burnish: 1,
    operations: [
      { id: 'gamma', params: { gamma: 2.2 } },
      { id: 'boxBlur', params: { size: 5 } },
    ],
  });

  await tab('quay.png').click();
  await editor.command('Apply recipe');
  const applying = dialog('Apply recipe');
  await applying.getByRole('combobox', { name: 'Operations of' }).click();
  await page.getByRole('option', { name: 'A recipe file' }).click();
  await give(page, applying.getByRole('button', { name: 'Choose recipe…' }), recipe);
  await expect(applying.getByRole('checkbox')).toHaveCount(2);
  await expectAccessible(page, 'applying a recipe', 'dialog');
  await applying.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(applying).toBeHidden();
  await expect(editor.history).toHaveText([/Opened/, /Applied soft \(2 operations\) to Background/]);
  await editor.settled();
  expect(await samples(await editor.exportAs('PNG'))).toEqual(await byCommandLine(recipe, 'quay'));

  await editor.command('Apply to files');
  const batch = dialog('Apply to files');
  const inputs = ['harbour.png', 'broken.png', 'pier.png'].map(at);
  await give(page, batch.getByRole('button', { name: 'Choose files…' }), ...inputs);
  await expectAccessible(page, 'files to apply to', 'dialog');
  const archive = await downloaded(page, () =>
    batch.getByRole('button', { name: 'Apply to 3 files' }).click(),
  );
  await expect(batch.getByRole('status', { name: 'Result' })).toHaveText(
    '2 of 3 written to burnish-results.zip; 1 failed.',
  );
  await expect(batch.getByRole('list', { name: 'Failed' })).toContainText('broken.png');
  await expectAccessible(page, 'the report on files', 'dialog');
  const results = await readZip(await readFile(archive));
  expect([...results.keys()].sort()).toEqual(['harbour-edited.png', 'pier-edited.png']);
  for (const name of ['harbour', 'pier']) {
    const made = results.get(`${name}-edited.png`) ?? new Uint8Array();
    expect(await samples(made)).toEqual(await byCommandLine(recipe, name));
  }
  await batch.getByRole('button', { name: 'Done' }).click();

  await page.keyboard.press('Control+Alt+P');
  const python = dialog('Export as Python');
  await expect(python.getByRole('region', { name: 'Script' })).toContainText('def edit(image):');
  await expectAccessible(page, 'the script', 'dialog');
  await python.getByRole('button', { name: 'Verify' }).click();
  await expect(python.getByRole('status', { name: 'Verification' })).toHaveText(
    /Identical: all 18,000 samples|Not verified here: no Python with numpy, scipy and Pillow/,
    { timeout: 60_000 },
  );
  const script = await downloaded(page, () => python.getByRole('button', { name: 'Save quay.py' }).click());
  expect(await readFile(script, 'utf8')).toContain(`PICTURES = ["${at('quay.png')}"]`);
});
