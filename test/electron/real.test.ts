// A real Electron, where there is one: that the built program starts in it, is sandboxed as meant, and shows a picture.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { describe, expect, it } from 'vitest';
import type { Hello } from '../../core/protocol/contract';
import { findElectron } from '../../electron/electron-binary';
import { hasDisplay } from '../../electron/browser/app-window';
import { writePng } from './support/real-host';

const root = join(import.meta.dirname, '..', '..');
const binary = findElectron(join(root, 'node_modules', 'electron'));

async function withElectron(
  files: readonly string[],
  home: string,
  use: (app: ElectronApplication) => Promise<void>,
) {
  if (binary === null) throw new Error('there is no Electron');
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const known = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const app = await _electron.launch({
    executablePath: binary,
    args: [...noSandbox, root, ...files],
    env: { ...Object.fromEntries(known), BURNISH_HOME: home },
  });
  try {
    await use(app);
  } finally {
    await app.close();
  }
}

describe('the program in a real Electron', () => {
  it('opens the file of its command line in an isolated page', async ({ skip }) => {
    if (binary === null) skip('skipped: no Electron binary');
    if (!hasDisplay()) skip('skipped: no display for Electron');
    const folder = await mkdtemp(join(tmpdir(), 'burnish-electron-'));
    try {
      await withElectron([await writePng(folder, 'harbour.png')], join(folder, 'home'), async (app) => {
        const page = await app.firstWindow();
        expect(page.url()).toBe('app://burnish/');
        await expect
          .poll(async () => {
            const answer = await page.evaluate<{ readonly value: Hello }>(
              `window.burnish.call('app.hello', {})`,
            );
            return answer.value.documents.length;
          })
          .toBe(1);
        expect(await page.evaluate(`['require', 'process'].filter((name) => name in window)`)).toEqual([]);
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
