/**
 * Electron's main process: puts the host behind a window. It only wires; what there is to know is in the files beside it. It must not
 * wait for `whenReady` at the top level, where Electron would never become ready.
 */

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, Menu, protocol } from 'electron';
import { startCodec } from '../../core/node/codec/codec';
import { startEngine } from '../../core/node/engine/engine';
import { warmUp } from '../../core/node/engine/warm-up';
import { complain } from '../host/complain';
import { dataFolder, makePrivateFolder } from '../host/data-folder';
import { startHost, type Host } from '../host/host';
import { readPageFiles } from '../host/page-files';
import { appScheme, serveApp } from './app-protocol';
import { forkUtility } from './codec-child';
import { createEditorWindow, loadEditor } from './editor-window';
import { filesToOpen } from './files-to-open';
import { hardenEverything } from './hardening';
import { menuTemplate } from './menu';
import { nativeDialogs } from './native-dialogs';
import { connectPage } from './page-calls';

const folder = makePrivateFolder(dataFolder());
const built = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Files that macOS hands over before there is a host to open them. */
const waiting: string[] = [];
let host: Host | null = null;

function open(files: readonly string[]): void {
  if (host === null) waiting.push(...files);
  else host.openFiles(files).catch(complain);
}

/** The one window that there is. */
function editorWindow(): BrowserWindow | undefined {
  return BrowserWindow.getAllWindows().at(0);
}

async function boot(): Promise<void> {
  hardenEverything();
  const engine = startEngine({ touchesAhead: true });
  const codec = startCodec({ fork: forkUtility, createRaster: engine.createPicture });
  const editor = await startHost({
    engine,
    codec,
    folder,
    shell: 'electron',
    version: app.getVersion(),
    dialogs: nativeDialogs(editorWindow),
    complain,
  });
  host = editor;
  serveApp(readPageFiles(join(built, 'renderer')), editor.resources);
  const choose = (id: string): void => editor.broadcast({ event: 'menu.command', data: { id } });
  // Elsewhere the page draws its own menu.
  Menu.setApplicationMenu(
    process.platform === 'darwin' ? Menu.buildFromTemplate(menuTemplate(choose)) : null,
  );

  const window = createEditorWindow({
    preload: join(built, 'preload', 'preload.cjs'),
    stateFile: join(folder, 'window.json'),
  });
  connectPage(window.webContents, editor);
  open([...filesToOpen(process.argv, app.isPackaged, process.cwd()), ...waiting.splice(0)]);
  app.on('will-quit', (event) => {
    event.preventDefault();
    const closing = editor.close().then(() => Promise.all([engine.close(), codec.close()]));
    void closing.catch(complain).finally(() => app.exit(0));
  });
  await loadEditor(window);
  warmUp(engine).catch(complain);
}

protocol.registerSchemesAsPrivileged([appScheme]);
app.enableSandbox();
// One editor a data folder: the lock that keeps a second one out lies in here.
app.setPath('userData', makePrivateFolder(join(folder, 'electron')));
app.on('open-file', (event, path) => {
  event.preventDefault();
  open([path]);
});
app.on('second-instance', (_, words, folder) => {
  open(filesToOpen(words, app.isPackaged, folder));
  const window = editorWindow();
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
});
app.on('window-all-closed', () => app.quit());

if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(boot)
    .catch((error: unknown) => {
      complain(error);
      app.exit(1);
    });
} else {
  app.quit();
}
