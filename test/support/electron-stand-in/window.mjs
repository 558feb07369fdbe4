// `BrowserWindow` and its `webContents`, over one page of the browser.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app, PreventableEvent } from './app.mjs';
import { handlers, registry, schemes } from './registry.mjs';
import { isolatedWorld, mainWorld } from './worlds.mjs';

const WORLD = 'stand-in preload';

/** `app://burnish/x` is `https://burnish/x` in the browser, which takes no addresses of unknown schemes. */
const toBrowser = (address) => address.replace(/^app:/, 'https:');
const toProgram = (address) => address.replace(/^https:\/\/burnish(?=[/:]|$)/, 'app://burnish');

class WebContents extends EventEmitter {
  /** The one frame that there is; its origin is read when it is asked for. */
  mainFrame;
  #page;
  #debugger;
  #context;
  #opening = () => ({ action: 'allow' });
  #expected;
  #destroyed = false;
  #ready;

  constructor(options) {
    super();
    this.mainFrame = { parent: null, origin: 'null', url: '' };
    this.#ready = this.#open(options.webPreferences ?? {});
  }

  get page() {
    return this.#page;
  }

  setWindowOpenHandler = (handler) => (this.#opening = handler);
  isDestroyed = () => this.#destroyed;

  async #open({ preload }) {
    const context = await app.browser.newContext({ viewport: { width: 1280, height: 800 } });
    this.#page = await context.newPage();
    this.#debugger = await context.newCDPSession(this.#page);
    const send = (method, parameters) => this.#debugger.send(method, parameters);
    this.#debugger.on('Runtime.executionContextCreated', ({ context: created }) => {
      if (created.name === WORLD) this.#context = created.id;
    });
    this.#debugger.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'standInClose') this.emit('stand-in:close');
      else void this.#invoked(JSON.parse(payload));
    });
    await send('Page.enable');
    await send('Runtime.enable');
    await send('Runtime.addBinding', { name: 'standInInvoke', executionContextName: WORLD });
    await send('Runtime.addBinding', { name: 'standInClose' });
    await send('Page.addScriptToEvaluateOnNewDocument', { source: `(${mainWorld})()` });
    const script = preload === undefined ? '' : readFileSync(preload, 'utf8');
    await send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${isolatedWorld})((require) => {${script}\n})`,
      worldName: WORLD,
    });
    this.#page.on('popup', (popup) => this.#popup(popup));
    // A window that the page opens is told of by `popup`; what it would load is nobody's business.
    await context.route('**/*', (route) => route.abort());
    await this.#page.route('**/*', (route) =>
      this.#route(route).catch((error) => {
        // What a page was still fetching when it went needs no answer.
        if (!this.#page.isClosed()) throw error;
      }),
    );
  }

  async load(address) {
    await this.#ready;
    this.#expected = address;
    await this.#page.goto(toBrowser(address));
  }

  reload = () => void this.load(this.mainFrame.url);

  /** Whether the program lets a frame go to this address. */
  mayNavigate(address, isMainFrame) {
    const event = Object.assign(new PreventableEvent(), { url: address, isMainFrame });
    if (isMainFrame) this.emit('will-navigate', event);
    this.emit('will-frame-navigate', event);
    if (event.defaultPrevented) registry.refused.push({ kind: 'navigation', address });
    return !event.defaultPrevented;
  }

  /** Navigation is announced and may be prevented; everything else is answered by the scheme's handler, or not at all. */
  async #route(route) {
    const request = route.request();
    const address = toProgram(request.url());
    const isMainFrame = request.isNavigationRequest() && request.frame() === this.#page.mainFrame();
    const isAsked = isMainFrame && address === this.#expected;
    if (request.isNavigationRequest() && !isAsked && !this.mayNavigate(address, isMainFrame)) {
      return route.abort('aborted');
    }
    if (isMainFrame) {
      this.#expected = undefined;
      this.emit('did-start-navigation', { url: address, isMainFrame: true, isSameDocument: false });
      Object.assign(this.mainFrame, { url: address, origin: /^\w+:\/\/[^/]*/.exec(address)?.[0] ?? 'null' });
    }
    const handler = schemes.get(address.split(':', 1)[0])?.handler;
    if (handler === undefined) {
      registry.refused.push({ kind: 'request', address });
      return route.abort('addressunreachable');
    }
    const body = request.postDataBuffer();
    const response = await handler(
      new Request(address, {
        method: request.method(),
        headers: await request.allHeaders(),
        body,
        duplex: 'half',
      }),
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: bytes,
    });
  }

  async #popup(popup) {
    const address = toProgram(popup.url());
    const { action } = this.#opening({ url: address });
    if (action === 'deny') {
      registry.refused.push({ kind: 'window', address });
      await popup.close();
    }
  }

  async #invoked({ id, channel, words }) {
    const answer = await this.invokeAs(this.mainFrame, channel, words).then(
      (value) => `true, ${JSON.stringify(value) ?? 'undefined'}`,
      (error) => `false, ${JSON.stringify(String(error))}`,
    );
    await this.#inPreload(`standInReply(${id}, ${answer})`);
  }

  /** A call as it reaches the main process; a test may send one from another frame. */
  async invokeAs(senderFrame, channel, words) {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`no handler for '${channel}'`);
    return handler({ sender: this, senderFrame }, ...words);
  }

  send = (channel, value) =>
    void this.#inPreload(`standInEvent(${JSON.stringify(channel)}, ${JSON.stringify(value)})`);

  async #inPreload(expression) {
    // A page that has just gone hears nothing more; neither does it in Electron.
    await this.#debugger
      .send('Runtime.evaluate', { contextId: this.#context, expression })
      .catch(() => undefined);
  }

  /** Closes the page unless it holds on, as pages do whose `beforeunload` is prevented; gives whether it is closed. */
  async close() {
    await this.#ready;
    const page = this.#page;
    const closed = new Promise((done) => page.once('close', () => done(null)));
    const held = new Promise((done) => page.once('dialog', done));
    await page.close({ runBeforeUnload: true });
    const dialog = await Promise.race([closed, held]);
    page.removeAllListeners('dialog');
    if (dialog !== null) {
      const event = new PreventableEvent();
      this.emit('will-prevent-unload', event);
      if (!event.defaultPrevented) {
        await dialog.dismiss();
        return false;
      }
      await dialog.accept();
      await closed;
    }
    this.#destroyed = true;
    this.emit('destroyed');
    return true;
  }
}

export class BrowserWindow extends EventEmitter {
  static #all = [];
  static getAllWindows = () => [...BrowserWindow.#all];
  webContents;
  #bounds;

  constructor(options) {
    super();
    if (!app.isReady()) throw new Error('a window before the app is ready');
    registry.windows.push(options);
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = new WebContents(options);
    this.webContents.on('stand-in:close', () => void this.close());
    BrowserWindow.#all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(address) {
    await this.webContents.load(address);
    this.emit('ready-to-show');
  }

  show = () => undefined;
  focus = () => undefined;
  restore = () => undefined;
  maximize = () => undefined;
  isMinimized = () => false;
  isMaximized = () => false;
  getNormalBounds = () => this.#bounds;

  async close() {
    this.emit('close', new PreventableEvent());
    if (!(await this.webContents.close())) return false;
    BrowserWindow.#all = BrowserWindow.#all.filter((other) => other !== this);
    this.emit('closed');
    if (BrowserWindow.#all.length === 0) app.emit('window-all-closed');
    return true;
  }
}
