// Pictures that stay in their files, in the window: the page notices nothing of it.
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../core/node/codec/codec';
import { PLAIN_STEP } from '../../../core/document/document';
import type { DocumentState } from '../../../core/protocol/contract';
import { gradient, gradientPng, startRealHost, type RealHost, type TestPage } from '../support/real-host';

const WIDTH = 300;
const HEIGHT = 200;
const samples = gradient(WIDTH, HEIGHT);
const picture = () => sharp(samples, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });

let codec: Codec;
let real: RealHost;
let page: TestPage;
let folder: string;

/** For the tests of a block: a host to which every picture is large, and files from so many bytes on. */
function hostFor(largeBytes: number): void {
  beforeAll(async () => {
    codec = startCodec({ processes: 1, limits: { wholePixels: 0 } });
    real = await startRealHost({ codec, largeBytes });
    page = real.page();
    folder = await mkdtemp(join(tmpdir(), 'burnish-large-'));
  });

  afterAll(async () => {
    await real.stop();
    await codec.close();
    await rm(folder, { recursive: true, force: true });
    expect(real.complaints).toEqual([]);
  });
}

/** Opens the user's own file. */
async function openFile(path: string): Promise<DocumentState> {
  const from = page.events.length;
  await real.host.openFiles([path]);
  return page.event('document.changed', () => true, from);
}

async function shownPixels(state: DocumentState): Promise<Uint8Array> {
  await page.look(state);
  return page.pixels((await page.settled()).key);
}

async function exported(state: DocumentState): Promise<Uint8Array> {
  const options = { format: 'png', metadata: 'none', profile: 'none' } as const;
  const { download } = await page.call('export.save', { document: state.document.id, options });
  return samplesIn(await downloaded(download));
}

async function downloaded(download: string | null): Promise<Uint8Array> {
  const response = await real.host.resources(new Request(`http://host/${download}`));
  return new Uint8Array(await response.arrayBuffer());
}

async function samplesIn(file: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await sharp(file).raw().toBuffer());
}

/** Comparing them as lists takes seconds. */
function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  expect(Buffer.from(actual).equals(expected)).toBe(true);
}

const reversed = samples.map((level) => 255 - level);

function negative(state: DocumentState): Promise<unknown> {
  const step = { id: `negative-${state.document.id}`, operation: 'negative', params: {}, ...PLAIN_STEP };
  return page.call('edit.commit', {
    document: state.document.id,
    generation: page.next(),
    command: { type: 'step.add', time: 1, owner: state.document.layers[0].id, step, index: 0 },
  });
}

/** Files that the host keeps of open pictures, and that wait to be fetched. */
function kept(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((each) => readdirSync(join(real.folder, 'data', each, String(process.pid))));
}

const pictures = ['tiled.tif', 'photo.png'];
const cases = [
  ['in memory', 2 ** 30],
  ['on the disk', 0],
] as const;

describe.each(cases)('with files %s', (_, largeBytes) => {
  hostFor(largeBytes);

  describe.each(pictures)('a large %s', (name) => {
    const write = async (path: string): Promise<void> =>
      void (await (name.endsWith('.tif')
        ? picture().tiff({ compression: 'deflate', tile: true, tileWidth: 64, tileHeight: 64 }).toFile(path)
        : picture().png().toFile(path)));

    it('is shown, edited, exported, saved and opened again with the levels that it has', async () => {
      const path = join(folder, name);
      await write(path);
      const state = await openFile(path);
      expect(state.size).toEqual({ width: WIDTH, height: HEIGHT });
      const shown = await shownPixels(state);
      expectSame(
        shown.filter((_, at) => at % 4 < 3),
        samples,
      );
      await negative(state);
      expectSame(await exported(state), reversed);
      const saved = await page.call('document.save', { document: state.document.id, as: false });
      const project = await downloaded(saved.download);
      const options = { format: 'ora' } as const;
      const made = await page.call('export.save', { document: state.document.id, options });
      const layers = await downloaded(made.download);
      await page.call('document.close', { document: state.document.id });
      for (const [bytes, called] of [
        [project, 'again.burnish'],
        [layers, 'again.ora'],
      ] as const) {
        const again = await page.open(bytes, called);
        expectSame(await exported(again), reversed);
        await page.call('document.close', { document: again.document.id });
      }
    });

    it('loses nothing where the user’s file changes, is cut or goes while it is open', async () => {
      const changes: ((path: string) => Promise<void>)[] = [
        (path) => truncate(path, 300),
        (path) => writeFile(path, 'something else'),
        (path) => rm(path),
      ];
      for (const [index, change] of changes.entries()) {
        const path = join(folder, `${index}-${name}`);
        await write(path);
        const state = await openFile(path);
        await change(path);
        await negative(state);
        expectSame(await exported(state), reversed);
        await page.call('document.close', { document: state.document.id });
      }
    });
  });

  it('says of no frame that it is exact before it is, whatever comes into view', async () => {
    const path = join(folder, 'views.tif');
    await picture().tiff({ compression: 'deflate', tile: true, tileWidth: 64, tileHeight: 64 }).toFile(path);
    const state = await openFile(path);
    for (const [zoom, level] of [
      [1, 0],
      [0.25, 2],
      [0.5, 1],
      [1, 0],
    ] as const) {
      await page.look(state, zoom);
      expect((await page.settled()).level).toBe(level);
      // Views that follow each other closely are a movement.
      await new Promise((done) => setTimeout(done, 150));
    }
    await page.call('document.close', { document: state.document.id });
  });

  it('shows the smaller copy of a picture before the picture is open', async () => {
    const path = join(folder, 'pyramid.tif');
    const size = { width: 2400, height: 1800 };
    const wide = sharp(Buffer.alloc(2400 * 1800, 99), { raw: { ...size, channels: 1 } });
    await wide.tiff({ pyramid: true, tile: true, compression: 'deflate' }).toFile(path);
    const from = page.events.length;
    const state = await openFile(path);
    const told = page.events.slice(from).map(({ event }) => event);
    expect(told.indexOf('opening.frame')).toBeGreaterThan(told.indexOf('document.opening'));
    expect(told.indexOf('opening.frame')).toBeLessThan(told.indexOf('document.changed'));
    await page.call('document.close', { document: state.document.id });
  });

  it('keeps the file of a picture once, for as long as somebody uses it', async () => {
    const path = join(folder, 'twice.png');
    await picture().png().toFile(path);
    const bytes = await readFile(path);
    const [first, second] = await Promise.all([page.open(bytes, 'a.png'), page.open(bytes, 'b.png')]);
    const third = await page.open(await gradientPng(8, 8), 'small.png');
    const file = await page.upload(bytes, 'again.png');
    await page.call('source.open', { document: third.document.id, file });
    await expect.poll(() => kept('originals', 'uploads').length).toBe(2);
    for (const { document } of [first, third]) await page.call('document.close', { document: document.id });
    await expect.poll(() => kept('originals').length).toBe(1);
    expectSame(await exported(second), samples);
    await page.call('document.close', { document: second.document.id });
    await expect.poll(() => kept('originals')).toEqual([]);
  });

  it('says of a project that was damaged what it would say of a small one', async () => {
    const path = join(folder, 'whole.png');
    await picture().png().toFile(path);
    const state = await openFile(path);
    const saved = await page.call('document.save', { document: state.document.id, as: false });
    await page.call('document.close', { document: state.document.id });
    const project = Buffer.from(await downloaded(saved.download));
    const flipped = Buffer.from(project);
    flipped[project.indexOf(await readFile(path)) + 100] ^= 1;
    for (const [bytes, told] of [
      [flipped, /burnish\/sources\/[0-9a-f]{64}\.png: the checksum does not match/],
      [project.subarray(0, -200), /the archive is (cut off|broken)/],
    ] as const) {
      const answer = await page.ask('document.open', { file: await page.upload(bytes, 'copy.burnish') });
      expect(answer).toMatchObject({ ok: false, fault: { message: expect.stringMatching(told) } });
    }
    expect(kept('originals', 'uploads')).toEqual([]);
  });
});
