// What surrounds a window in either shell: the browser's arguments, the remembered place, the menu, the files of a start.
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operations } from '../../core/operations/index';
import { hasDisplay, openAppWindow, windowArguments } from '../../electron/browser/app-window';
import { filesToOpen } from '../../electron/desktop/files-to-open';
import { menuTemplate } from '../../electron/desktop/menu';
import { readWindowState, writeWindowState } from '../../electron/desktop/window-state';

const root = join(import.meta.dirname, '..', '..');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-window-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the app window of a browser', () => {
  it('has a profile of its own and the address, and gives up the sandbox for root alone', () => {
    const words = windowArguments('http://127.0.0.1:1', '/profile', false);
    expect(words[0]).toMatch(/^--app=http:\/\/127\.0\.0\.1:1\//);
    expect(words).toContain('--user-data-dir=/profile');
    expect(words).not.toContain('--no-sandbox');
    expect(windowArguments('x', 'y', true)).toContain('--no-sandbox');
    expect(words).not.toContain('--disable-gpu');
  });

  it('is opened where there is a display', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });

  it('runs the browser, tells when it is closed, and leaves no profile behind', async () => {
    const browser = join(folder, 'browser');
    await writeFile(browser, `#!/bin/sh\nprintf '%s\\n' "$@" > ${join(folder, 'words')}\nexec sleep 30\n`);
    await chmod(browser, 0o755);
    const window = openAppWindow(browser, 'http://127.0.0.1:1/', folder);
    let closed = false;
    void window.closed.then(() => (closed = true));
    while ((await readFile(join(folder, 'words'), 'utf8').catch(() => '')) === '') {
      await new Promise((done) => setTimeout(done, 20));
    }
    expect(closed).toBe(false);
    await window.close();
    expect(closed).toBe(true);
    expect(readdirSync(join(folder, 'window'))).toEqual([]);
    expect(await readFile(join(folder, 'words'), 'utf8')).toContain('--app=http://127.0.0.1:1/');
  });

  it('counts as closed where the browser does not start', async () => {
    const window = openAppWindow(join(folder, 'no such browser'), 'http://127.0.0.1:1/', folder);
    await window.closed;
    await window.close();
  });
});

describe('the place of the window', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const path = () => join(folder, 'window.json');

  it('is the middle of the screen at first', () => {
    expect(readWindowState(path(), [screen])).toEqual({
      bounds: { x: 240, y: 90, width: 1440, height: 900 },
      maximized: false,
    });
  });

  it('comes back as it was', async () => {
    const state = { bounds: { x: 10, y: 20, width: 800, height: 700 }, maximized: true };
    await writeWindowState(path(), state);
    expect(readWindowState(path(), [screen])).toEqual(state);
  });

  it('fits a small screen', () => {
    const { bounds } = readWindowState(path(), [{ x: 100, y: 0, width: 1024, height: 700 }]);
    expect(bounds).toEqual({ x: 100, y: 0, width: 1024, height: 700 });
  });

  it.each([
    ['off every screen', { x: 5000, y: 0, width: 800, height: 700 }],
    ['all but off the screen', { x: 1900, y: 0, width: 800, height: 700 }],
    ['too small', { x: 0, y: 0, width: 10, height: 10 }],
    ['no numbers', { x: '0', y: null, width: 800, height: 700 }],
    ['no place', 7],
  ])('is the usual one where the stored one is %s', async (_, bounds) => {
    await writeFile(path(), JSON.stringify({ bounds }));
    expect(readWindowState(path(), [screen]).bounds.x).toBe(240);
  });

  it.each(['', '{', 'null', '[]'])('is the usual one where the file holds %j', async (text) => {
    await writeFile(path(), text);
    expect(readWindowState(path(), [screen]).maximized).toBe(false);
  });
});

describe('the native menu', () => {
  function itemsOf(items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
    return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
  }

  it('sends the id of a command, and decides nothing itself', () => {
    const chosen: string[] = [];
    const items = itemsOf(menuTemplate((id) => chosen.push(id))).filter(({ id }) => id !== undefined);
    for (const { click } of items) Reflect.apply(click ?? (() => undefined), undefined, []);
    expect(chosen).toEqual(items.map(({ id }) => id));
    expect(new Set(chosen).size).toBe(chosen.length);
    expect(chosen).toEqual(expect.arrayContaining(operations.map(({ id }) => `operation.${id}`)));
  });

  it('has only commands that the page knows', () => {
    const commands = join(root, 'renderer', 'commands');
    const source = readdirSync(commands)
      .map((name) => readFileSync(join(commands, name), 'utf8'))
      .join('\n');
    const ids = itemsOf(menuTemplate(() => undefined)).flatMap(({ id }) => (id === undefined ? [] : [id]));
    const plain = ids.filter((id) => !/^(operation|image)\./.test(id));
    expect(plain.length).toBeGreaterThan(15);
    expect(plain.filter((id) => !source.includes(`'${id}'`))).toEqual([]);
  });
});

describe('the files of a start', () => {
  it('are what stands behind the program, its folder and Chromium’s switches', () => {
    const words = ['/electron', '--no-sandbox', '/checkout', '--inspect=1', 'a.png', '/b.png'];
    expect(filesToOpen(words, false, '/here')).toEqual([resolve('/here', 'a.png'), resolve('/b.png')]);
    expect(filesToOpen(['/burnish', 'a.png', '--flag'], true, '/here')).toEqual([resolve('/here', 'a.png')]);
    expect(filesToOpen(['/burnish'], true, '/here')).toEqual([]);
  });
});

describe('the packaged program', () => {
  it('has its fuses blown', () => {
    const configuration = readFileSync(join(root, 'build', 'electron-builder.yml'), 'utf8');
    for (const [fuse, value] of [
      ['runAsNode', 'false'],
      ['enableNodeOptionsEnvironmentVariable', 'false'],
      ['enableNodeCliInspectArguments', 'false'],
      ['enableEmbeddedAsarIntegrityValidation', 'true'],
      ['onlyLoadAppFromAsar', 'true'],
      ['grantFileProtocolExtraPrivileges', 'false'],
    ]) {
      expect(configuration).toMatch(new RegExp(`^  ${fuse}: ${value}$`, 'm'));
    }
  });

  it('opens nothing outside itself: no shell, no file:// address, no remote page', () => {
    const desktop = join(root, 'electron', 'desktop');
    for (const name of readdirSync(desktop)) {
      const source = readFileSync(join(desktop, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      expect(source).not.toMatch(
        /openExternal|openPath|loadFile|file:\/\/|https?:\/\/|executeJavaScript|\bremote\b/,
      );
    }
  });

  it('has a thin main process and a thinner preload script', () => {
    const lines = (name: string) =>
      readFileSync(join(root, 'electron', 'desktop', name), 'utf8').split('\n').length;
    expect(lines('main.ts')).toBeLessThan(150);
    expect(lines('preload.ts')).toBeLessThan(30);
    expect(
      execFileSync(process.execPath, ['--check', join(root, 'out', 'preload', 'preload.cjs')]).toString(),
    ).toBe('');
  });
});
