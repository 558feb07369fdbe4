/** Runs the editor in the browser shell until it is told to stop, or until the window that it opened is closed. */

import { join } from 'node:path';
import { startCodec } from '../core/node/codec/codec';
import { startEngine } from '../core/node/engine/engine';
import { warmUp } from '../core/node/engine/warm-up';
import { systemCode } from '../core/node/files/system-fault';
import { FaultError } from '../core/raster/fault';
import { openAppWindow, type AppWindow } from './browser/app-window';
import { startBrowserShell, type BrowserShell } from './browser/shell';
import { complain } from './host/complain';
import { dataFolder } from './host/data-folder';
import { startHost } from './host/host';
import { programFolder, programVersion } from './host/program';

export interface ServeOptions {
  readonly files: readonly string[];
  /** 0 for any free one. */
  readonly port: number;
  /** The browser to open a window with; null for none. */
  readonly browser: string | null;
  /** Whether closing that window ends the program. */
  readonly endsWithWindow: boolean;
}

/** Milliseconds for a page to come back (a reload) before a closed window counts as the end. */
const RELOAD = 3_000;

/** Resolves with the exit status. Rejects with a `FaultError` where the port cannot be had. */
export async function serve({ files, port, browser, endsWithWindow }: ServeOptions): Promise<number> {
  const stopped = stopRequest();
  const folder = dataFolder();
  const engine = startEngine({ touchesAhead: true });
  const codec = startCodec({ createRaster: engine.createPicture });
  const host = await startHost({
    engine,
    codec,
    folder,
    shell: 'browser',
    version: programVersion(),
    dialogs: null,
    complain,
  });
  let shell: BrowserShell | null = null;
  let window: AppWindow | null = null;
  try {
    const pageFolder = join(programFolder(), 'out', 'renderer');
    const starting = startBrowserShell({ host, pageFolder, port, complain });
    shell = await starting.catch((error: unknown) => {
      throw portFault(error, port);
    });
    await print(`Burnish is ready at ${shell.url}\n`);
    host.openFiles(files).catch(complain);
    warmUp(engine).catch(complain);
    if (browser !== null) window = openAppWindow(browser, shell.url, folder);
    await Promise.race([stopped, ...(window !== null && endsWithWindow ? [windowEnd(window, shell)] : [])]);
    return 0;
  } finally {
    await shell?.close();
    await window?.close();
    await host.close();
    await Promise.all([engine.close(), codec.close()]);
  }
}

/** What keeps a server from starting, in words where it is the port. */
function portFault(error: unknown, port: number): unknown {
  const code = systemCode(error);
  const message =
    code === 'EADDRINUSE'
      ? `port ${port} is in use`
      : code === 'EACCES'
        ? `port ${port} may not be used by this user`
        : null;
  if (message === null) return error;
  return new FaultError({ code: 'busy', message, remedy: 'choose another with --port, or leave it out' });
}

/** Resolves at the first signal to stop. A second one ends the program at once. */
function stopRequest(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        done();
        process.once(signal, () => process.exit(1));
      });
    }
  });
}

/** Resolves when the window is closed and no page elsewhere is still in use. */
async function windowEnd(window: AppWindow, shell: BrowserShell): Promise<void> {
  await window.closed;
  do await new Promise((done) => setTimeout(done, RELOAD));
  while (shell.pages > 0);
}

/** Writes a line and waits until it has left the process. */
function print(line: string): Promise<void> {
  return new Promise((done, reject) => {
    process.stdout.write(line, (error) => (error ? reject(error) : done()));
  });
}
