// `burnish apply` on pictures that stay in their files writes the bytes that it writes of pictures in memory.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply } from '../../../../core/node/cli/apply';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { createSharedRaster, type Raster, type Shape } from '../../../../core/raster/raster';
import { noise } from '../../../support/rasters';
import { valueOf } from '../codec/files';

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

interface Ran {
  readonly status: number;
  readonly told: string;
  /** Pictures that were decoded into memory. */
  readonly whole: number;
}

/** Runs the command with a codec that leaves pictures of more than so many pixels in their files. */
async function run(wholePixels: number, input: string, output: string, ...op: string[]): Promise<Ran> {
  let told = '';
  const collected = (): Writable & { readonly isTTY: boolean } =>
    Object.assign(new Writable({ write: (chunk, _, done) => ((told += String(chunk)), done()) }), {
      isTTY: false,
    });
  let whole = 0;
  let create: (shape: Shape) => Raster = createSharedRaster;
  const codec: Codec = startCodec({
    processes: 2,
    limits: { wholePixels },
    createRaster: (shape) => (whole++, create(shape)),
  });
  try {
    const terminal = {
      stdin: Readable.from([]),
      stdout: collected(),
      stderr: collected(),
      version: '1.2.3',
      openEditor: () => Promise.resolve(0),
    };
    const options = { output, op, overwrite: true, quiet: true } as const;
    const decodeFor = (engine: { readonly createPicture: typeof create }): void =>
      void (create = engine.createPicture);
    const status = valueOf(await apply([input], options, terminal, 'apply', { codec, decodeFor, lanes: 2 }));
    return { status, told, whole };
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
