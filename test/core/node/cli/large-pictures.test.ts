// Commands on pictures that stay in their files, and on projects that hold such, write what they write where all is in memory.
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply } from '../../../../core/node/cli/apply';
import { explain } from '../../../../core/node/cli/explain';
import { info } from '../../../../core/node/cli/info';
import type { Thresholds } from '../../../../core/node/cli/input-content';
import { script } from '../../../../core/node/cli/script';
import type { Terminal } from '../../../../core/node/cli/terminal';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import type { SourceFile } from '../../../../core/node/project/project-file';
import type { Command } from '../../../../core/document/command';
import type { Source } from '../../../../core/document/document';
import { append, openLog } from '../../../../core/document/log';
import { createSharedRaster, shapeOf, type Raster, type Shape } from '../../../../core/raster/raster';
import { projectBytes, sha256 } from '../../../support/projects';
import { noise } from '../../../support/rasters';
import { step, valueOf } from '../../document/sample';

let folder: string;
const at = (name: string): string => join(folder, name);
const photo = noise({ width: 700, height: 530, channels: 3, depth: 8 }, 11);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'burnish-large-'));
  const { width, height, data } = photo;
  const picture = sharp(data, { raw: { width, height, channels: 3 } }).withMetadata({ orientation: 8 });
  await picture
    .clone()
    .tiff({ compression: 'lzw', tile: true, tileWidth: 64, tileHeight: 64 })
    .toFile(at('tiles.tif'));
  await picture.clone().tiff({ compression: 'deflate' }).toFile(at('strips.tif'));
  await picture.clone().jpeg({ quality: 95 }).toFile(at('photo.jpg'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const thresholdsFor = (wholePixels: number): Thresholds => ({
  wholePixels,
  largeBytes: wholePixels === 0 ? 0 : 1e9,
});

interface Ran {
  readonly status: number;
  readonly told: string;
  /** Pictures that were decoded into memory. */
  readonly whole: number;
}

/** A terminal that keeps what it is told. */
function quietTerminal(stdin?: Uint8Array): { readonly terminal: Terminal; readonly told: () => string } {
  let told = '';
  const collected = (): Writable & { readonly isTTY: boolean } =>
    Object.assign(new Writable({ write: (chunk, _, done) => ((told += String(chunk)), done()) }), {
      isTTY: false,
    });
  return {
    terminal: {
      stdin: Readable.from(stdin === undefined ? [] : [stdin]),
      stdout: collected(),
      stderr: collected(),
    },
    told: () => told,
  };
}

/**
 * Runs the command with a codec that leaves pictures of more than so many pixels in their files, and then files too. An input with `<` is
 * that file on standard input.
 */
async function run(wholePixels: number, input: string, output: string, ...op: string[]): Promise<Ran> {
  const through = input.startsWith('<') ? readFileSync(input.slice(1)) : undefined;
  const { terminal, told } = quietTerminal(through);
  let whole = 0;
  let create: (shape: Shape) => Raster = createSharedRaster;
  const codec: Codec = startCodec({
    processes: 2,
    limits: { wholePixels },
    createRaster: (shape) => (whole++, create(shape)),
  });
  try {
    const options = { output, op, overwrite: true, quiet: true } as const;
    const decodeFor = (engine: { readonly createPicture: typeof create }): void =>
      void (create = engine.createPicture);
    const thresholds = thresholdsFor(wholePixels);
    const { signal } = new AbortController();
    const means = { codec, decodeFor, lanes: 2, signal, thresholds };
    const words = [through === undefined ? input : '-'];
    const status = valueOf(await apply(words, options, terminal, 'apply', means));
    return { status, told: told(), whole };
  } finally {
    await codec.close();
  }
}

describe.each(['tiles.tif', 'strips.tif', 'photo.jpg'])('apply to %s', (name) => {
  it.each([
    ['negative'],
    ['boxBlur size=31', 'equalize'],
    ['rotate90 turns=1', 'resize width=900 height=200'],
  ])('with %s', async (...op) => {
    const asked = op.filter((each) => typeof each === 'string');
    const [plain, large] = [at('plain.png'), at('large.png')];
    expect(await run(1e9, at(name), plain, ...asked)).toEqual({ status: 0, told: '', whole: 1 });
    expect(await run(0, at(name), large, ...asked)).toEqual({ status: 0, told: '', whole: 0 });
    expect(readFileSync(large).equals(readFileSync(plain))).toBe(true);
  });

  it('over a picture that is as large, blended', async () => {
    const [plain, large] = [at('plain.tif'), at('large.tif')];
    const op = `blend source=${at('strips.tif')} mode=multiply opacity=0.7`;
    expect(await run(1e9, at(name), plain, op)).toMatchObject({ status: 0, whole: 2 });
    expect(await run(0, at(name), large, op)).toMatchObject({ status: 0, whole: 0 });
    expect(readFileSync(large).equals(readFileSync(plain))).toBe(true);
  });
});

it.runIf(process.platform === 'linux')(
  'a large picture that was handed over is decoded in memory',
  async () => {
    expect(await run(1e9, at('tiles.tif'), at('plain.png'))).toMatchObject({ status: 0 });
    const file = openSync(at('tiles.tif'), 'r');
    try {
      expect(await run(0, `/dev/fd/${file}`, at('handed.png'))).toEqual({ status: 0, told: '', whole: 1 });
    } finally {
      closeSync(file);
    }
    expect(readFileSync(at('handed.png')).equals(readFileSync(at('plain.png')))).toBe(true);
  },
);

it.each(['tiles.tif', 'photo.jpg'])(
  'a large %s through standard input stays in a file of ours',
  async (name) => {
    const before = leftOver();
    const [plain, large] = [at('plain.png'), at('large.png')];
    expect(await run(1e9, at(name), plain, 'boxBlur size=9')).toMatchObject({ status: 0 });
    expect(await run(0, `<${at(name)}`, large, 'boxBlur size=9')).toEqual({ status: 0, told: '', whole: 0 });
    expect(readFileSync(large).equals(readFileSync(plain))).toBe(true);
    expect(leftOver()).toEqual(before);
  },
);

/** A project of three layers, whose pictures lie in tiles, in strips and in one stream. */
async function makeProject(path: string): Promise<void> {
  const codec = startCodec({ processes: 1 });
  const files = new Map<string, SourceFile>();
  const source = async (name: string): Promise<Source> => {
    const bytes = readFileSync(at(name));
    const { info, raster } = valueOf(await codec.decode(bytes));
    const id = sha256(bytes);
    files.set(id, { name, bytes });
    return { ...shapeOf(raster), id, name, format: info.format, profile: info.profile };
  };
  const time = 1;
  const [tiles, strips, photo] = [
    await source('tiles.tif'),
    await source('strips.tif'),
    await source('photo.jpg'),
  ];
  const commands: readonly Command[] = [
    { type: 'step.add', time, owner: 'l', step: step('stretch', 'percentileStretch', { low: 5 }), index: 0 },
    { type: 'layer.add', time, layer: 'second', source: strips, name: 'second', index: 1 },
    { type: 'layer.mode', time, layer: 'second', mode: 'multiply' },
    { type: 'layer.add', time, layer: 'third', source: photo, name: 'third', index: 2 },
    { type: 'layer.opacity', time, layer: 'third', opacity: 0.4 },
    { type: 'step.add', time, owner: 'third', step: step('blur', 'boxBlur', { size: 9 }), index: 0 },
    { type: 'step.add', time, owner: 'canvas', step: step('gamma', 'gamma', { gamma: 1.8 }), index: 0 },
  ];
  const opened = openLog({ type: 'document.open', time, document: 'd', layer: 'l', source: tiles });
  const log = commands.reduce((before, command) => valueOf(append(before, command)), opened);
  writeFileSync(path, await projectBytes({ log, files }));
  await codec.close();
}

/** Private folders of this process. */
const leftOver = (): readonly string[] =>
  ['/dev/shm', '/var/tmp', tmpdir()].flatMap((place) =>
    existsSync(place)
      ? readdirSync(place).filter((name) => new RegExp(`^burnish-codec-.*-${process.pid}-`).test(name))
      : [],
  );

describe('a project of large pictures', () => {
  beforeAll(() => makeProject(at('large.burnish')));

  it.each([['png'], ['ora']])('is written to %s as it is where all of it is in memory', async (ending) => {
    const before = leftOver();
    const [plain, large] = [at(`plain.${ending}`), at(`large.${ending}`)];
    const op = ['convolve kernel=[[0,-1,0],[-1,5,-1],[0,-1,0]]'];
    expect(await run(1e9, at('large.burnish'), plain, ...op)).toEqual({ status: 0, told: '', whole: 3 });
    expect(await run(0, at('large.burnish'), large, ...op)).toEqual({ status: 0, told: '', whole: 0 });
    expect(readFileSync(large).equals(readFileSync(plain))).toBe(true);
    const through = at(`through.${ending}`);
    const streamed = await run(0, `<${at('large.burnish')}`, through, ...op);
    expect(streamed).toEqual({ status: 0, told: '', whole: 0 });
    expect(readFileSync(through).equals(readFileSync(plain))).toBe(true);
    expect(leftOver()).toEqual(before);
  });

  it('comes back from an OpenRaster file the same, read where it lies', async () => {
    expect(await run(1e9, at('large.burnish'), at('flat.ora'))).toMatchObject({ status: 0 });
    expect(await run(1e9, at('large.burnish'), at('wanted.png'))).toMatchObject({ status: 0 });
    expect(await run(0, at('flat.ora'), at('again.png'))).toMatchObject({ status: 0, whole: 0 });
    const [wanted, again] = await Promise.all(
      ['wanted.png', 'again.png'].map((name) => sharp(at(name)).raw().toBuffer()),
    );
    expect(again.equals(wanted)).toBe(true);
  });

  it('is explained, told of and written as a script as it is where all of it is in memory', async () => {
    expect(await run(1e9, at('large.burnish'), at('told.ora'))).toMatchObject({ status: 0 });
    const commands = [
      (terminal: Terminal, thresholds: Thresholds) =>
        explain([at('large.burnish')], { at: '70,210', json: true }, terminal, thresholds),
      (terminal: Terminal, thresholds: Thresholds) =>
        explain([at('tiles.tif')], { at: '70,210', op: ['equalize'] }, terminal, thresholds),
      (terminal: Terminal, thresholds: Thresholds) =>
        info([at('large.burnish'), at('told.ora')], { json: true }, terminal, thresholds),
      (terminal: Terminal, thresholds: Thresholds) => script([at('large.burnish')], {}, terminal, thresholds),
      (terminal: Terminal, thresholds: Thresholds) =>
        script([at('large.burnish')], { input: at('photo.jpg') }, terminal, thresholds),
    ];
    for (const command of commands) {
      const [plain, large] = [1e9, 0].map(async (wholePixels) => {
        const { terminal, told } = quietTerminal();
        expect(valueOf(await command(terminal, thresholdsFor(wholePixels)))).toBe(0);
        return told();
      });
      expect(await large).toBe(await plain);
      expect((await large).length).toBeGreaterThan(100);
    }
  });

  it('is refused where an original in it is damaged, and the target is left alone', async () => {
    const bytes = readFileSync(at('large.burnish'));
    bytes[bytes.indexOf(readFileSync(at('strips.tif'))) + 5000] ^= 1;
    writeFileSync(at('damaged.burnish'), bytes);
    const before = leftOver();
    const { status, told } = await run(0, at('damaged.burnish'), at('damaged.png'));
    expect(status).toBe(1);
    expect(told).toMatch(/^burnish: [^\n]*damaged\.burnish: [^\n]*the checksum does not match[^\n]*\n$/);
    expect(existsSync(at('damaged.png'))).toBe(false);
    expect(leftOver()).toEqual(before);
  });
});
