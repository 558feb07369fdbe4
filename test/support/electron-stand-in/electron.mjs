/**
 * A stand-in for the `electron` module, for machines that have no Electron binary. It lets the *built* main process and preload
 * script run unmodified: windows are pages of a Chromium that Playwright drives, `protocol.handle` answers by request
 * interception, the preload script runs in an isolated world, IPC goes over the debugging protocol.
 *
 * What it is good for: our wiring. That the right handlers are registered in the right order, that calls, events, pixels, dialogs and
 * refusals go where they should, and with what options windows are made.
 * What it is not: Electron. Addresses `app://burnish/…` are `https://burnish/…` in the page; values that cross the bridge are
 * JSON, not structured clones; the sandbox, fuses, asar, native dialogs and menus, and what Electron itself does with the
 * options it is given are not tested here. test/electron/real.test.ts is for that, where there is a binary.
 */

import { EventEmitter } from 'node:events';
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { app } from './app.mjs';
import { serveControl } from './control.mjs';
import { BrowserWindow } from './window.mjs';
import { answers, handlers, schemes, registry } from './registry.mjs';

export { app, BrowserWindow };

export const protocol = {
  registerSchemesAsPrivileged: (list) => {
    if (app.isReady()) throw new Error('registerSchemesAsPrivileged must be called before the app is ready');
    for (const { scheme, privileges } of list) schemes.set(scheme, { privileges, handler: undefined });
  },
  handle: (scheme, handler) => {
    if (!app.isReady()) throw new Error('protocol.handle must be called when the app is ready');
    schemes.set(scheme, { ...schemes.get(scheme), handler });
  },
};

export const ipcMain = {
  handle: (channel, listener) => {
    if (handlers.has(channel)) throw new Error(`a second handler for '${channel}'`);
    handlers.set(channel, listener);
  },
  removeHandler: (channel) => handlers.delete(channel),
};

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler) => (registry.permissionRequest = handler),
    setPermissionCheckHandler: (handler) => (registry.permissionCheck = handler),
    setDevicePermissionHandler: (handler) => (registry.devicePermission = handler),
  },
};

/** Dialogs answer what the test has laid ready, and note what they were asked. */
function dialogOf(kind, fallback) {
  return (_window, options) => {
    registry.dialogs.push({ kind, options });
    return answers.shift() ?? fallback;
  };
}

export const dialog = {
  showOpenDialog: async (...words) => dialogOf('open', { canceled: true, filePaths: [] })(...words),
  showSaveDialog: async (...words) => dialogOf('save', { canceled: true, filePath: '' })(...words),
  showMessageBoxSync: dialogOf('message', 1),
};

export const Menu = {
  buildFromTemplate: (template) => ({ template }),
  setApplicationMenu: (menu) => (registry.menu = menu),
};

const display = { workArea: { x: 0, y: 0, width: 1280, height: 800 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };

export const utilityProcess = {
  fork: (path, words, { env, stdio }) => {
    const child = fork(path, words, { env, execArgv: [], stdio: [stdio, stdio, stdio, 'ipc'] });
    const handle = new EventEmitter();
    child.on('message', (message) => handle.emit('message', message));
    child.on('exit', (status) => handle.emit('exit', status));
    return Object.assign(handle, {
      postMessage: (message) => child.send(message, () => undefined),
      kill: () => child.kill('SIGKILL'),
    });
  },
};

registry.version = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
).version;
serveControl();
