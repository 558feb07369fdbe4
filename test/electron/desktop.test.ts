// The built main process and preload script, unmodified, through the stand-in for Electron (test/support/electron-stand-in), which says
// what this tests and what it does not.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hello } from '../../core/protocol/contract';
import { APP_ORIGIN, CALL_CHANNEL } from '../../core/protocol/wire';
import { Desktop } from '../support/electron-stand-in/desktop';
import { gradient, writePng } from './support/real-host';

let folder: string;
let desktop: Desktop;
const WIDTH = 80;
const HEIGHT = 60;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-desktop-files-'));
  desktop = await Desktop.start(await writePng(folder, 'harbour.png', WIDTH, HEIGHT));
});

afterAll(async () => {
  expect(await desktop.stop()).toBe(0);
  expect(desktop.errors.join('')).toBe('');
  await rm(folder, { recursive: true, force: true });
});

/** Makes a call as the page does, by what the preload script gave it. */
async function call<T>(name: string, payload: object): Promise<T> {
  const answer = await desktop.evaluate<{ ok: boolean; value: T; fault?: { message: string } }>(
    `window.burnish.call(${JSON.stringify(name)}, ${JSON.stringify(payload)})`,
  );
  if (!answer.ok) throw new Error(answer.fault?.message);
  return answer.value;
}

const hello = () => call<Hello>('app.hello', {});

async function document() {
  const { documents } = await hello();
  return documents[0].document;
}

describe('the desktop program', () => {
  it('opens the file of its command line in a sandboxed window', async () => {
    await desktop.until(async () => (await hello()).documents.length === 1);
    expect(await hello()).toMatchObject({ shell: 'electron', nativeDialogs: true, writable: true });
    expect((await document()).name).toBe('harbour.png');
    const { windows, sandboxed, channels, schemes } = await desktop.facts();
    expect(windows).toHaveLength(1);
    expect(windows[0].webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
    expect(sandboxed).toBe(true);
    expect(channels).toEqual([CALL_CHANNEL]);
    expect(schemes.map(({ scheme }) => scheme)).toEqual(['app']);
    expect(schemes[0].privileges).not.toHaveProperty('bypassCSP');
  });

  it('gives the page two functions and nothing of Electron', async () => {
    expect(await desktop.evaluate('Object.keys(window.burnish).sort()')).toEqual(['call', 'listen']);
    const absent = ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer', 'global'];
    expect(await desktop.evaluate(`${JSON.stringify(absent)}.filter((name) => name in window)`)).toEqual([]);
  });

  it('applies an operation that the page asks for, and serves its pixels at app://', async () => {
    const { id, layers } = await document();
    const step = { id: 'n', operation: 'negative', params: {}, enabled: true, channels: 'rgb', opacity: 1 };
    const command = { type: 'step.add', time: 1, owner: layers[0].id, step, index: 0 };
    await call('edit.commit', { document: id, generation: 1_000_000, command });
    const view = {
      document: id,
      generation: 1_000_001,
      width: WIDTH,
      height: HEIGHT,
      zoom: 1,
      x: 0,
      y: 0,
      show: 'after',
    };
    const pixels = await desktop.evaluate<number[]>(`new Promise((done) => {
      const stop = window.burnish.listen(async ({ event, data }) => {
        if (event !== 'frame.ready' || !data.exact || data.generation < 1000001) return;
        stop();
        const response = await fetch('frames/' + data.key);
        done([...new Uint8Array(await response.arrayBuffer())]);
      });
      void window.burnish.call('view.set', ${JSON.stringify(view)});
    })`);
    const source = gradient(WIDTH, HEIGHT);
    expect(pixels).toHaveLength(WIDTH * HEIGHT * 4);
    expect(pixels.filter((_, index) => index % 4 !== 3)).toEqual([...source].map((level) => 255 - level));
  });

  it('exports by the native dialog, to the chosen file and no other', async () => {
    const { id } = await document();
    const options = { format: 'png' };
    expect(await call('export.save', { document: id, options })).toMatchObject({
      name: null,
      download: null,
    });
    const target = join(folder, 'chosen.png');
    await desktop.send('answerDialog', { answer: { canceled: false, filePath: target } });
    const saved = await call<{ bytes: number }>('export.save', { document: id, options });
    expect(saved).toMatchObject({ name: 'chosen.png', download: null });
    const bytes = await readFile(target);
    expect(bytes).toHaveLength(saved.bytes);
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect([...data]).toEqual([...gradient(WIDTH, HEIGHT)].map((level) => 255 - level));
    const { dialogs } = await desktop.facts();
    expect(dialogs.map(({ kind }) => kind)).toEqual(['save', 'save']);
    expect(dialogs[0].options.defaultPath).toBe('harbour-edited.png');
  });

  it('saves by the native dialog, and from then on without it', async () => {
    const { id } = await document();
    const target = join(folder, 'harbour.burnish');
    await desktop.send('answerDialog', { answer: { canceled: false, filePath: target } });
    for (const as of [false, false]) {
      const saved = await call<{ bytes: number }>('document.save', { document: id, as });
      expect(saved).toEqual({
        name: 'harbour.burnish',
        download: null,
        bytes: (await readFile(target)).length,
      });
    }
    const { dialogs } = await desktop.facts();
    const saves = dialogs.filter(({ options }) => options.title === 'Save');
    expect(saves.map(({ options }) => options.defaultPath)).toEqual(['harbour.burnish']);
    expect((await hello()).documents[0]).toMatchObject({ name: 'harbour.burnish', dirty: false });
  });

  it('opens by the native dialog, giving the page a handle and no path', async () => {
    const path = await writePng(folder, 'second.png', 10, 10);
    await desktop.send('answerDialog', { answer: { canceled: false, filePaths: [path] } });
    const { files } = await call<{ files: { handle: string; name: string }[] }>('files.choose', {
      several: true,
    });
    expect(files.map(({ name }) => name)).toEqual(['second.png']);
    expect(JSON.stringify(files)).not.toContain(folder);
    await call('document.open', { file: files[0].handle });
    expect((await hello()).documents.map((state) => state.document.name)).toEqual([
      'harbour.png',
      'second.png',
    ]);
  });

  it('opens what a second start and the system hand over', async () => {
    const third = await writePng(folder, 'third.png', 12, 9);
    await writePng(folder, 'fourth.png', 9, 12);
    await desktop.send('openFile', { path: third });
    await desktop.send('secondInstance', {
      words: ['electron', '--some-switch', 'app', 'fourth.png'],
      folder,
    });
    await desktop.until(async () => (await hello()).documents.length === 4);
  });

  it('serves the page with its policy, and nothing beside it', async () => {
    const policy = await desktop.evaluate<string>(
      `fetch('/').then((response) => response.headers.get('content-security-policy'))`,
    );
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|http:|https:|\*/);
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/frames/none',
      '/main/main.js',
      '/preload/preload.cjs',
    ]) {
      expect(await desktop.evaluate(`fetch(${JSON.stringify(path)}).then(({ status }) => status)`)).toBe(404);
    }
  });

  it.each([
    ['a frame inside the page', { parent: {}, origin: APP_ORIGIN, url: `${APP_ORIGIN}/` }],
    [
      'a page of another origin',
      { parent: null, origin: 'https://evil.example', url: 'https://evil.example/' },
    ],
    ['an origin that only begins alike', { parent: null, origin: `${APP_ORIGIN}.evil.example`, url: '' }],
    ['a frame that is gone', null],
  ])('refuses a call from %s', async (_, frame) => {
    const answer = await desktop.send('invokeAs', { frame, channel: CALL_CHANNEL, words: ['app.hello', {}] });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'refused' } });
  });

  it('answers what the gate refuses with a fault', async () => {
    for (const words of [
      "'no.such.call', {}",
      "'app.hello', { extra: 1 }",
      "'__proto__', null",
      'null, undefined',
    ]) {
      const answer = await desktop.evaluate(`window.burnish.call(${words})`);
      expect(answer).toMatchObject({ ok: false, fault: { code: 'bad-message' } });
    }
  });

  it('refuses to go elsewhere, and to open windows', async () => {
    await desktop.evaluate(`void (location.href = 'https://evil.example/')`);
    await desktop.evaluate(`void window.open('https://evil.example/popup')`);
    const refused = async () => (await desktop.facts()).refused.map(({ kind }) => kind);
    await desktop.until(
      async () => (await refused()).includes('navigation') && (await refused()).includes('window'),
    );
    expect(await desktop.evaluate('location.pathname')).toBe('/');
    expect((await hello()).documents).toHaveLength(4);
  });

  it.each([
    'file:///etc/passwd',
    'https://evil.example/',
    'data:text/html,x',
    'app://other/',
    'app://burnish.evil.example/',
    'app://burnish/other',
    'app://burnish@evil.example/',
  ])('would not go to %s, as it would for a file that is dropped beside its target', async (address) => {
    expect(await desktop.send('mayNavigate', { address, isMainFrame: true })).toBe(false);
  });

  it('lets no frame inside the page go anywhere', async () => {
    expect(await desktop.send('mayNavigate', { address: `${APP_ORIGIN}/`, isMainFrame: false })).toBe(false);
    expect(await desktop.send('mayNavigate', { address: `${APP_ORIGIN}/`, isMainFrame: true })).toBe(true);
  });

  it('refuses every permission', async () => {
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'usb']) {
      expect(await desktop.send('permission', { permission })).toEqual({
        request: false,
        check: false,
        device: false,
      });
    }
  });

  it('counts a page that is loaded again as the same editor', async () => {
    await desktop.evaluate('void location.reload()');
    await desktop.until(async () => (await hello()).documents.length === 4);
    expect((await hello()).writable).toBe(true);
  });
});

describe('closing the window of the desktop program', () => {
  const question = 'document.querySelector("dialog[open]")?.getAttribute("aria-label") ?? null';

  it('asks about what is not saved, stays on Cancel, and goes once it is saved', async () => {
    const path = await writePng(folder, 'quay.png', WIDTH, HEIGHT);
    const target = join(folder, 'quay.burnish');
    const own = await Desktop.start(path);
    await own.until(() => own.evaluate<boolean>(`document.title === 'quay.png — Burnish'`));
    await own.send('press', { keys: 'Control+i' });
    await own.until(() => own.evaluate<boolean>(`document.title === 'quay.png* — Burnish'`));

    await own.send('closeWindow');
    await own.until(() => own.evaluate<boolean>(`${question} === 'Save changes to quay.png?'`));
    await own.send('press', { keys: 'Escape' });
    await own.until(() => own.evaluate<boolean>(`${question} === null`));
    expect(await own.evaluate('document.title')).toBe('quay.png* — Burnish');

    await own.send('closeWindow');
    await own.until(() => own.evaluate<boolean>(`${question} !== null`));
    await own.send('answerDialog', { answer: { canceled: false, filePath: target } });
    await own.send('press', { keys: 'Enter' });
    expect([await own.ended, own.errors.join('')]).toEqual([0, '']);
    expect((await readFile(target)).subarray(0, 2).toString()).toBe('PK');
    await own.stop();
  });
});
