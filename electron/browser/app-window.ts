/**
 * The editor's window in a browser that is installed anyway: an app window without tabs and address, in a profile of its own,
 * which is thrown away afterwards, so that nothing of the user's browsing mixes with it.
 */

import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { makeProcessFolder } from '../host/data-folder';
import { navigateFirstPage } from './debug-pipe';

export interface AppWindow {
  /** Resolves when the window is closed, or could not be opened. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds that the browser has to end by itself. */
const ENDING = 2_000;

/** Whether a window can be shown at all. */
export function hasDisplay(
  environment: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return [environment.DISPLAY, environment.WAYLAND_DISPLAY].some(Boolean);
}

/** Every user of the machine can read these; so they name the server, but not the token. */
export function windowArguments(origin: string, profile: string, isRoot: boolean): readonly string[] {
  return [
    // Something of the same origin to begin with, or the window would show that it has left its app.
    `--app=${origin}/icon.svg`,
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-background-networking',
    '--password-store=basic',
    // Chromium's sandbox does not start for root; --test-type hides the warning about that.
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
  ];
}

/** Opens `url` with the browser at `browser`; its profile lies below `folder`. */
export function openAppWindow(browser: string, url: string, folder: string): AppWindow {
  const profile = makeProcessFolder(join(folder, 'window'));
  const { origin } = new URL(url);
  const child = spawn(browser, windowArguments(origin, profile, process.getuid?.() === 0), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , , commands, events] = child.stdio;
  if (commands instanceof Writable && events instanceof Readable)
    navigateFirstPage(commands, events, origin, url);
  const closed = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  return {
    closed,
    close: async () => {
      child.kill();
      const patience = setTimeout(() => child.kill('SIGKILL'), ENDING);
      await closed;
      clearTimeout(patience);
      await rm(profile, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    },
  };
}
