// The whole browser shell, with the real host behind it: lines are cut, pages are loaded again, tabs closed and opened, and no
// step is lost or doubled.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentState, Hello } from '../../../core/protocol/contract';
import { findBrowser } from '../../../build/browser.mjs';
import { openAppWindow } from '../../../electron/browser/app-window';
import { startBrowserShell, type BrowserShell } from '../../../electron/browser/shell';
import { startRealHost, writePng, type RealHost } from '../support/real-host';
import { WirePage } from '../support/wire-page';

const pageFolder = join(import.meta.dirname, '..', '..', '..', 'out', 'renderer');

let real: RealHost;
let shell: BrowserShell;
let origin: string;
let token: string;
let cookie: string;

beforeEach(async () => {
  real = await startRealHost({ grace: 300 });
  shell = await startBrowserShell({
    host: real.host,
    pageFolder,
    port: 0,
    complain: (error) => real.complaints.push(error),
  });
  const { origin: at, hash } = new URL(shell.url);
  origin = at;
  token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  cookie = '';
  await real.host.openFiles([await writePng(real.folder, 'sea.png')]);
});

afterEach(async () => {
  expect(real.complaints).toEqual([]);
  await shell.close();
  await real.stop();
});

/** Exchanges the token, the first time. */
async function ownCookie(): Promise<string> {
  if (cookie !== '') return cookie;
  const answer = await fetch(`${origin}/session`, { method: 'POST', headers: { origin }, body: token });
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0];
  return cookie;
}

async function newPage(): Promise<WirePage> {
  const page = new WirePage({ origin, cookie: await ownCookie() });
  await page.connect();
  return page;
}

async function hello(page: WirePage): Promise<Hello> {
  const reply = await page.call('app.hello', {});
  if (!reply.ok) throw new Error(reply.fault.message);
  return reply.value as Hello;
}

async function state(page: WirePage): Promise<DocumentState> {
  return (await hello(page)).documents[0];
}

/** Names the layer: commands that never join each other. */
function rename(
  page: WirePage,
  { document }: DocumentState,
  kind: 'edit.commit' | 'edit.preview',
  name: string,
): number {
  const command = { type: 'layer.rename', time: 1, layer: document.layers[0].id, name };
  return page.post(kind, { document: document.id, generation: 1, command });
}

describe('a page of the browser shell', () => {
  it('loses and doubles no step while its line is cut a hundred times', async () => {
    const page = await newPage();
    const begun = await state(page);
    const names: string[] = [];
    for (let cuts = 0; cuts < 100; cuts++) {
      for (let moves = 0; moves < 3; moves++)
        rename(page, begun, 'edit.preview', `on the way ${cuts} ${moves}`);
      names.push(`Step ${cuts}`);
      rename(page, begun, 'edit.commit', `Step ${cuts}`);
      if (cuts % 2 === 0) await new Promise((done) => setTimeout(done, cuts % 5));
      page.cut();
      if (cuts % 4 === 0) {
        names.push(`Apart ${cuts}`);
        rename(page, begun, 'edit.commit', `Apart ${cuts}`);
      }
      await page.connect();
    }
    const ended = await state(page);
    const told = ended.history.slice(1).map(({ text }) => names.find((name) => text.endsWith(name)));
    expect(told).toEqual(names);
    expect(page.replies.filter(({ ok }) => !ok)).toEqual([]);
  }, 60_000);

  it('finds everything as it was, and may edit, after it was loaded again', async () => {
    const page = await newPage();
    rename(page, await state(page), 'edit.commit', 'Renamed');
    await page.event('document.edited', ({ document }) => document.layers[0].name === 'Renamed');
    page.leave();
    // A browser has closed its socket before it asks for the page again.
    await page.until(() => page.closed ?? undefined);
    expect((await fetch(`${origin}/`)).status).toBe(200);
    const again = await newPage();
    const { writable, documents } = await hello(again);
    expect(writable).toBe(true);
    expect(documents[0].document.layers[0].name).toBe('Renamed');
    expect(documents[0].undo).toMatch(/^Undo /);
  });

  it('looks on where another one edits, and takes over when that one stays away', async () => {
    const [first, second] = [await newPage(), await newPage()];
    expect((await hello(first)).writable).toBe(true);
    expect((await hello(second)).writable).toBe(false);
    first.cut();
    await second.event('writable', ({ writable }) => writable);
    const renamed = rename(second, await state(second), 'edit.commit', 'By the second');
    await second.until(() => second.replies.find(({ id, ok }) => id === renamed && ok));
    await first.connect();
    await first.event('writable', ({ writable }) => !writable);
    expect((await state(first)).document.layers[0].name).toBe('By the second');
  });

  it('comes up in an app window that was told the token where nobody else can read it', async () => {
    const found = await findBrowser();
    if (found === undefined) throw new Error('there is no browser');
    // No display is needed this way; everything else is as it will be.
    const browser = join(real.folder, 'headless');
    await writeFile(browser, `#!/bin/sh\nexec "${found}" --headless=new "$@"\n`);
    await chmod(browser, 0o755);
    const window = openAppWindow(browser, shell.url, real.folder);
    try {
      await expect.poll(() => shell.pages, { timeout: 20_000 }).toBe(1);
    } finally {
      await window.close();
    }
    await expect.poll(() => shell.pages).toBe(0);
  });

  it('fetches what it is told of, by its cookie', async () => {
    const page = await newPage();
    const { document } = await state(page);
    const view = {
      document: document.id,
      generation: 1,
      width: 64,
      height: 48,
      zoom: 1,
      x: 0,
      y: 0,
      show: 'after',
    };
    page.post('view.set', view);
    const frame = await page.event('frame.ready', ({ exact }) => exact);
    const answer = await fetch(`${origin}/frames/${frame.key}`, { headers: { cookie } });
    expect(answer.headers.get('content-length')).toBe(String(64 * 48 * 4));
    expect(await answer.arrayBuffer()).toHaveProperty('byteLength', 64 * 48 * 4);
    expect((await fetch(`${origin}/frames/${frame.key}`)).status).toBe(403);
  });

  it('hands in a file larger than one piece, and is refused one that says it is too large', async () => {
    const post = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      fetch(`${origin}/uploads?name=big.bin`, {
        method: 'POST',
        headers: { cookie, origin, ...headers },
        body,
      });
    await ownCookie();
    const stored = await post(new Uint8Array(5_000_000));
    expect(stored.status).toBe(200);
    const page = await newPage();
    const { value } = (await stored.json()) as { readonly value: { readonly handle: string } };
    const reply = await page.call('document.open', { file: value.handle });
    expect(reply).toMatchObject({ ok: false, fault: { message: expect.stringContaining('big.bin') } });
  });
});
