// A real page of another origin, in a real browser in which the editor is open too, tries what pages can try.
import { createServer, type Server } from 'node:http';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../build/browser.mjs';
import { startQuietShell, type QuietShell } from '../support/quiet-shell';

let shell: QuietShell;
let foreign: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let port: number;

beforeAll(async () => {
  shell = await startQuietShell();
  foreign = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' });
    answer.end('<!doctype html><title>Foreign</title>');
  });
  port = await new Promise<number>((done) =>
    foreign.listen(0, '127.0.0.1', () => {
      const address = foreign.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
  const executablePath = await findBrowser();
  browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  context = await browser.newContext();
  // The editor is open in another tab and has its cookie, which a careless server would take from anyone.
  const own = await context.newPage();
  await own.goto(`${shell.origin}/#token=${shell.token}`);
  const status = await own.evaluate(
    (token) => fetch('/session', { method: 'POST', body: token }).then((answer) => answer.status),
    shell.token,
  );
  expect(status).toBe(204);
  expect(await own.evaluate(() => fetch('/frames/k').then((answer) => answer.text()))).toBe(
    'resource /frames/k',
  );
  page = await context.newPage();
});

afterAll(async () => {
  expect(shell.host.calls).toEqual([]);
  expect(shell.complaints).toEqual([]);
  await browser.close();
  foreign.close();
  await shell.stop();
});

describe.each([
  ['another port', '127.0.0.1'],
  ['another name of this machine', 'localhost'],
])('a page at %s', (_, name) => {
  beforeAll(async () => {
    await page.goto(`http://${name}:${port}/`);
  });

  it.each(['/', '/frames/k', '/downloads/k'])('cannot read %s', async (path) => {
    const outcome = await page.evaluate(
      (address) =>
        fetch(address, { credentials: 'include' }).then(
          (answer) => answer.text(),
          () => 'refused',
        ),
      `${shell.origin}${path}`,
    );
    expect(outcome).toBe('refused');
  });

  it('cannot learn anything by a request whose answer it may not see', async () => {
    const type = await page.evaluate(
      (address) =>
        fetch(address, { mode: 'no-cors', credentials: 'include' }).then(
          (answer) => answer.type,
          () => 'refused',
        ),
      `${shell.origin}/frames/k`,
    );
    expect(type).toBe('refused');
  });

  it('cannot hand in a file, by fetch or by form', async () => {
    const outcome = await page.evaluate(
      (address) =>
        fetch(address, { method: 'POST', body: 'x', mode: 'no-cors', credentials: 'include' }).then(
          (answer) => answer.type,
          () => 'refused',
        ),
      `${shell.origin}/uploads?name=a.png`,
    );
    expect(outcome).toBe('refused');
    const form = await context.newPage();
    await form.goto(`http://${name}:${port}/`);
    const [answer] = await Promise.all([
      form.waitForResponse((response) => response.url().includes('/uploads')),
      form.evaluate((address) => {
        const made = Object.assign(document.createElement('form'), { method: 'POST', action: address });
        document.body.append(made);
        made.submit();
      }, `${shell.origin}/uploads?name=a.png`),
    ]);
    expect(answer.status()).toBe(403);
    await form.close();
  });

  it('cannot open a socket', async () => {
    const outcome = await page.evaluate(
      (address) =>
        new Promise((done) => {
          const socket = new WebSocket(address);
          socket.onopen = () => done('open');
          socket.onerror = () => done('refused');
        }),
      `${shell.origin.replace('http', 'ws')}/connection?client=abcdefgh&received=0`,
    );
    expect(outcome).toBe('refused');
  });

  it('cannot embed the editor, its pictures or its scripts', async () => {
    for (const [element, attribute, path] of [
      ['img', 'src', '/frames/k'],
      ['script', 'src', '/assets/page.js'],
      ['link', 'href', '/assets/page.js'],
    ]) {
      const outcome = await page.evaluate(
        ([tag, attribute, address]) =>
          new Promise((done) => {
            const made = document.createElement(tag);
            if (tag === 'link') made.setAttribute('rel', 'stylesheet');
            made.onload = () => done('loaded');
            made.onerror = () => done('refused');
            made.setAttribute(attribute, address);
            document.body.append(made);
          }),
        [element, attribute, `${shell.origin}${path}`],
      );
      expect(outcome).toBe('refused');
    }
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url() === `${shell.origin}/`),
      page.evaluate((address) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src: address }));
      }, `${shell.origin}/`),
    ]);
    expect(answer.status()).toBe(403);
  });

  it('cannot send the user to the editor and keep a hand on it', async () => {
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate((address) => void window.open(address), `${shell.origin}/`),
    ]);
    await popup.waitForLoadState();
    expect(await popup.title()).not.toBe('Burnish');
    await popup.close();
  });
});
