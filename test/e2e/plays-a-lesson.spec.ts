/** From the empty window into a lesson: its pages are real steps, its task is checked by the pixels, and being done is remembered. */

import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { Editor, startServer, type Server } from './support/editor';

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

test('plays the lesson on bit planes, by keyboard and pointer', async ({ page }) => {
  const editor = new Editor(page);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(server.url);
  await editor.command('System theme');
  await expect(page.getByRole('button', { name: /^Evening lake/ })).toBeVisible();
  await expectAccessible(page, 'the empty window', '#app');

  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  const list = page.getByRole('dialog', { name: 'Lessons' });
  await expectAccessible(page, 'the list of lessons', 'dialog');
  await list.getByRole('button', { name: /Bit planes/ }).click();

  const lesson = page.getByRole('region', { name: 'Lessons', exact: true });
  await expect(lesson.getByRole('heading', { name: 'A level is eight switches' })).toBeVisible();
  await expect(lesson.locator('math')).toBeVisible();
  await editor.settled();
  await expect(editor.history).toHaveText(['Opened Coins on a table.png']);

  await page.keyboard.press('Alt+PageDown');
  await expect(lesson.getByRole('heading', { name: 'The highest plane' })).toBeVisible();
  await editor.settled();
  await expect(editor.history.last()).toHaveText('Added Bit plane 7 to Background');
  const formula = page.getByRole('region', { name: 'Formula', exact: true });
  await expect(formula.getByText('pinned (50, 50)')).toBeVisible();
  await expectAccessible(page, 'a page of a lesson', '#app');

  await page.reload();
  await expect(lesson.getByRole('heading', { name: 'The highest plane' })).toBeVisible();
  await editor.settled();

  const next = lesson.getByRole('button', { name: 'Next', exact: true });
  await next.click();
  await next.click();
  await next.click();
  await expect(lesson.getByRole('heading', { name: 'Three bits are enough' })).toBeVisible();
  await lesson.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(lesson.getByText(/pixels? differ.* should have /)).toBeVisible();
  await expectAccessible(page, 'a task', 'section[aria-label="Lessons"]');

  await editor.addOperation('Bit plane reconstruct');
  const controls = editor.parameters('Bit plane reconstruct');
  await controls.getByRole('checkbox', { name: 'Rescale' }).check();
  await controls.getByRole('checkbox', { name: 'Plane 4' }).focus();
  await page.keyboard.press('Space');
  await expect(lesson.getByText('At most 8 levels')).toBeVisible();
  await expectAccessible(page, 'x', '#app');

  await lesson.getByRole('button', { name: 'All lessons' }).click();
  await expect(list.getByRole('button', { name: /Bit planes.*done/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await lesson.getByRole('button', { name: 'Next lesson' }).click();
  await expect(lesson.getByRole('heading', { name: 'A window of nine' })).toBeVisible();
  await editor.settled();
  await expect(page).toHaveTitle(/^Eight by eight\.png/);
});
