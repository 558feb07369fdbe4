/** The running program as a person meets it: by role and accessible name (INTERFACES: names for assistive technology). */

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, type Locator, type Page } from '@playwright/test';

export interface Server {
  readonly url: string;
  /** Asks it to stop and gives its exit status. */
  stop(): Promise<number | null>;
}

/** Starts `burnish serve` with a data folder of its own and waits for the ready line. */
export async function startServer(...files: readonly string[]): Promise<Server> {
  const home = await mkdtemp(join(tmpdir(), 'burnish-e2e-'));
  const child: ChildProcess = spawn(process.execPath, ['build/burnish.mjs', 'serve', ...files, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BURNISH_HOME: home },
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('the server has no standard output');
  const ended = new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const match = /^Burnish is ready at (http:\/\/127\.0\.0\.1:\d+\/#token=\S+)$/.exec(line);
      if (match) resolve(match[1]);
      else reject(new Error(`not a ready line: ${line}`));
    });
    void ended.then((status) => reject(new Error(`the server ended with ${status} before it was ready`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      const status = await ended;
      await rm(home, { recursive: true, force: true });
      return status;
    },
  };
}

export class Editor {
  constructor(readonly page: Page) {}

  get canvas(): Locator {
    return this.page.getByRole('img', { name: 'Canvas', exact: true });
  }

  get history(): Locator {
    return this.page.getByRole('listbox', { name: 'History' }).getByRole('option');
  }

  /** The exact frame of the newest state is drawn. */
  async settled(): Promise<void> {
    await expect(this.canvas).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  }

  /** Chooses a command in the palette by its title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('Control+Shift+P');
    const search = this.page
      .getByRole('dialog', { name: 'Command palette' })
      .getByRole('combobox', { name: 'Search commands' });
    await expect(search).toBeFocused();
    await search.fill(title);
    await this.page.keyboard.press('Enter');
    await expect(this.page.getByRole('dialog', { name: 'Command palette' })).toBeHidden();
  }

  /** The controls of an operation, named by its title. */
  parameters(title: string): Locator {
    return this.page.getByRole('group', { name: title, exact: true });
  }

  async addOperation(title: string): Promise<void> {
    await this.command(title);
    await expect(this.parameters(title)).toBeVisible();
  }

  /** Types a number into a parameter and commits it. */
  async setNumber(title: string, label: string, value: number): Promise<void> {
    const field = this.parameters(title).getByRole('spinbutton', { name: label, exact: true });
    await field.fill(String(value));
    await field.press('Enter');
  }

  /** Drags a slider from where it stands to a share of its track, through several values. */
  async dragSlider(slider: Locator, share: number): Promise<void> {
    const box = await slider.boundingBox();
    if (box === null) throw new Error('the slider is not on the page');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width * 0.2, y);
    await this.page.mouse.down();
    for (let part = 1; part <= 8; part++) {
      await this.page.mouse.move(box.x + box.width * (0.2 + ((share - 0.2) * part) / 8), y);
      await this.page.waitForTimeout(30);
    }
    await this.page.mouse.up();
  }

  layer(name: string): Locator {
    return this.page.getByRole('treegrid', { name: 'Layers' }).getByRole('row', { name, exact: true });
  }

  /** Exports in a format and gives the path of the download. */
  async exportAs(format: string): Promise<string> {
    await this.page.getByRole('button', { name: 'Export', exact: true }).first().click();
    const dialog = this.page.getByRole('dialog', { name: 'Export' });
    const formats = dialog.getByRole('combobox', { name: 'Format' });
    if ((await formats.evaluate((element) => element.tagName)) === 'SELECT')
      await formats.selectOption({ label: format });
    else {
      await formats.click();
      await this.page.getByRole('option', { name: format, exact: true }).click();
    }
    await expect(dialog.getByRole('status', { name: 'Estimated size' })).toContainText(/\d/, {
      timeout: 60_000,
    });
    const download = this.page.waitForEvent('download', { timeout: 60_000 });
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const path = await (await download).path();
    await expect(dialog).toBeHidden();
    return path;
  }
}
