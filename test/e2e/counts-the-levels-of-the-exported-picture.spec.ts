/** What the Histogram panel says is a plain count of the exported picture's samples. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { writePhoto } from '../support/make-photo.mjs';
import { Editor, startServer, type Server } from './support/editor';

let folder: string;
let server: Server;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-histogram-'));
  server = await startServer(await writePhoto(join(folder, 'small.png'), 300, 200, 3));
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('section[aria-label="Histogram"]').analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
}

async function expectRow(panel: Locator, name: string, cells: readonly (number | string)[]): Promise<void> {
  const row = panel
    .getByRole('row')
    .filter({ has: panel.page().getByRole('rowheader', { name, exact: true }) });
  await expect(row.getByRole('cell')).toHaveText(cells.map(String));
}

test('shows the counts of the exported picture', async ({ page }) => {
  const editor = new Editor(page);
  await page.goto(server.url);
  await editor.settled();
  await editor.addOperation('Gamma');
  await editor.setNumber('Gamma', 'Gamma', 1.7);
  await editor.settled();
  await page.keyboard.press('F9');
  const panel = page.getByRole('region', { name: 'Histogram', exact: true });
  await panel.getByRole('spinbutton', { name: 'From level' }).fill('90');
  await page.keyboard.press('Enter');
  await panel.getByRole('spinbutton', { name: 'To level' }).fill('160');
  await page.keyboard.press('Enter');
  await expectAccessible(page);

  const { data, info } = await sharp(await editor.exportAs('PNG'))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 300, height: 200, channels: 3 });
  const samples = [0, 1, 2].map((channel) =>
    [...data].filter((_, at) => at % 3 === channel).sort((a, b) => a - b),
  );
  const count = info.width * info.height;
  const mean = samples.map((own) => own.reduce((sum, level) => sum + level, 0) / count);
  await expectRow(
    panel,
    'Mean',
    mean.map((level) => level.toFixed(2)),
  );
  await expectRow(
    panel,
    'Minimum',
    samples.map((own) => own[0]),
  );
  await expectRow(
    panel,
    'Median',
    samples.map((own) => own[count / 2 - 1]),
  );
  await expectRow(
    panel,
    'Maximum',
    samples.map((own) => own[count - 1]),
  );
  const within = samples.map((own) => own.filter((level) => level >= 90 && level <= 160).length / count);
  await expectRow(
    panel,
    '90–160 %',
    within.map((share) => (share * 100).toFixed(2)),
  );
});
