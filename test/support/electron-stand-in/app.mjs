// `app`: ready once the browser runs, and gone with it.
import { EventEmitter } from 'node:events';
import { chromium } from 'playwright';
import { findBrowser } from '../../../build/browser.mjs';
import { registry } from './registry.mjs';

/** An event as Electron gives it, whose default can be prevented. */
export class PreventableEvent {
  defaultPrevented = false;
  preventDefault = () => {
    this.defaultPrevented = true;
  };
}

class App extends EventEmitter {
  isPackaged = false;
  #ready = false;
  #browser;
  #paths = new Map();
  #sandboxed = false;

  async #launch() {
    const executablePath = await findBrowser();
    this.#browser = await chromium.launch(executablePath ? { executablePath } : {});
    // Electron, too, is ready only after the program's own module has run to its end.
    this.#ready = true;
    this.emit('ready');
  }

  #launching = this.#launch();

  get browser() {
    return this.#browser;
  }

  get sandboxed() {
    return this.#sandboxed;
  }

  isReady = () => this.#ready;
  whenReady = () => this.#launching;
  requestSingleInstanceLock = () => true;
  getVersion = () => registry.version;
  setPath = (name, path) => this.#paths.set(name, path);
  getPath = (name) => this.#paths.get(name);
  enableSandbox = () => {
    this.#sandboxed = true;
  };

  quit = async () => {
    const { BrowserWindow } = await import('./window.mjs');
    for (const window of BrowserWindow.getAllWindows()) if (!(await window.close())) return;
    const event = new PreventableEvent();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  };

  exit = (status) => {
    void this.#browser?.close().finally(() => process.exit(status));
  };
}

export const app = new App();
