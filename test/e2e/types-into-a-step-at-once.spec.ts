/**
 * A person types as soon as there is a field, which may be before the main process has told of the step. Here it tells of nothing
 * until the number is entered, so the order never depends on how fast the machine is.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { writePhoto } from '../support/make-photo.mjs';
import { Editor, startServer, type Server } from './support/editor';

let folder: string;
let server: Server;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-typing-'));
  server = await startServer(await writePhoto(join(folder, 'pier.jpg'), 320, 200, 3));
});

test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

/** Holds back what the program says to the page between `hold` and `release`; what the page says passes. */
class HeldLine {
  #held: (() => void)[] | null = null;

  static async on(page: Page): Promise<HeldLine> {
    const line = new HeldLine();
    await page.routeWebSocket(/^ws:/, (socket) => {
      const program = socket.connectToServer();
      program.onMessage((message) => {
        if (line.#held) line.#held.push(() => socket.send(message));
        else socket.send(message);
      });
    });
    return line;
  }

  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const send of held) send();
  }
}

test('keeps what is typed into a step before the program has told of it', async ({ page }) => {
  const line = await HeldLine.on(page);
  const editor = new Editor(page);
  await page.goto(server.url);
  await editor.settled();

  line.hold();
  await editor.command('Gamma');
  const field = editor.parameters('Gamma').getByRole('spinbutton', { name: 'Gamma', exact: true });
  await expect(field).toBeFocused();
  await page.keyboard.type('1.3');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('1.3');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(editor.history).toHaveCount(1);

  line.release();
  await editor.settled();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('1.3');
  await expect(editor.history.last()).toContainText('1.3');
});
