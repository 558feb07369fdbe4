/**
 * The program's entry on the command line: `burnish …` and `npm start`. Commands that need no window are the command line's own;
 * to open the editor, the shell is picked here and told in one line.
 */

import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { runCommandLine, type OpenRequest } from '../core/node/cli/main';
import type { EarlyChild } from '../core/node/codec/early-child';
import { hasDisplay } from './browser/app-window';
import { chooseShell } from './choose-shell';
import { programFolder, programVersion } from './host/program';

/** Finds a browser of Chromium's family; undefined where there is none. The start script brings it, for tests use it too. */
export type FindBrowser = () => Promise<string | undefined>;

/**
 * Runs one command line (without the program's own name) and resolves with its exit status. `early` is what `startEarly` gave for the
 * same words; it is ended if it was of no use.
 */
export function run(
  words: readonly string[],
  findBrowser: FindBrowser,
  early: EarlyChild | null = null,
): Promise<number> {
  return runCommandLine(words, {
    openEditor: (request) => openEditor(request, findBrowser),
    version: programVersion(),
    early,
  }).finally(() => early?.end());
}

function say(line: string): void {
  process.stderr.write(`burnish: ${line}\n`);
}

async function openEditor(
  { files, shell, open, port }: OpenRequest,
  findBrowser: FindBrowser,
): Promise<number> {
  const root = programFolder();
  const choice = await chooseShell({
    shell,
    open,
    hasPort: port !== undefined,
    hasDisplay: hasDisplay(),
    search: {
      packageFolder: join(root, 'node_modules', 'electron'),
      memory: join(root, 'node_modules', '.cache', 'burnish', 'electron.json'),
    },
  });
  if (choice.shell === 'none') {
    say(`${choice.reason}; use --shell browser`);
    return 1;
  }
  say(`opening in the ${choice.shell === 'electron' ? 'Electron' : 'browser'} shell ${choice.reason}`);
  if (choice.shell === 'electron') return runElectron(choice.binary, root, files);
  const browser = open && hasDisplay() ? await findBrowserOrSay(findBrowser) : null;
  const { serve } = await import('./serve');
  return serve({ files, port: port ?? 0, browser, endsWithWindow: shell !== 'browser' });
}

async function findBrowserOrSay(findBrowser: FindBrowser): Promise<string | null> {
  try {
    const found = await findBrowser();
    if (found !== undefined) return found;
    say('there is no Chrome, Chromium or Edge to open a window with; open the address in a browser');
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  return null;
}

/** Runs Electron on the built program, passes signals on, and resolves with its exit status. */
function runElectron(binary: string, root: string, files: readonly string[]): Promise<number> {
  // Chromium's sandbox does not start for root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(binary, [...asRoot, root, ...files.map((file) => resolve(file))], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((done) => {
    child.once('error', (error) => {
      say(`Electron does not start: ${error.message}; use --shell browser`);
      done(1);
    });
    child.once('exit', (status) => done(status ?? 0));
  });
}
