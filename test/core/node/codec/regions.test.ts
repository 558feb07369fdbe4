// Pictures that stay in their files: every part of them is what the whole would have there.
import fc from 'fast-check';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp, type TiffOptions } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec, type RegionPicture } from '../../../../core/node/codec/codec';
import { layDirectory, longField, tiffHeader } from '../../../../core/node/codec/tiff-laying';
import { FaultError, type Fault } from '../../../../core/raster/fault';
import {
  copyRegion,
  createRaster,
  createSharedRaster,
  shapeOf,
  type Raster,
  type Shape,
} from '../../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../../core/raster/rectangle';
import { expectSameLevels, noise } from '../../../support/rasters';
import { corpusFiles, corpusFolder } from './corpus';
import { open, valueOf } from './files';
import { tiffOf } from './handmade';

let codec: Codec;
let folder: string;

beforeAll(async () => {
  codec = startCodec({ limits: { wholePixels: 0 } });
  folder = await mkdtemp(join(tmpdir(), 'burnish-regions-'));
});

afterAll(async () => {
  await codec.close();
  await rm(folder, { recursive: true, force: true });
});

let files = 0;

async function fileWith(bytes: Uint8Array): Promise<string> {
  const path = join(folder, `picture-${files++}`);
  await writeFile(path, bytes);
  return path;
}

async function regionsOf(path: string): Promise<RegionPicture> {
  const regions = valueOf(await codec.regions(path));
  if (regions === null) throw new Error('not read by parts');
  return regions;
}

async function read(picture: RegionPicture, part: Rectangle): Promise<Raster> {
  const { width, height } = part;
  const raster = createSharedRaster({ ...picture.shape, width, height });
  if (typeof picture.levels !== 'function') throw new Error('the picture was decoded whole');
  await picture.levels(part, raster);
  return raster;
}

function cut(raster: Raster, part: Rectangle): Raster {
  const { width, height } = part;
  const small = createRaster({ ...raster, width, height });
  copyRegion({ raster, rectangle: wholeOf(raster) }, { raster: small, rectangle: part }, part);
  return small;
}

/** Rectangles inside a picture of this size. */
function partOf({ width, height }: Shape): fc.Arbitrary<Rectangle> {
  return fc
    .tuple(fc.nat(width - 1), fc.nat(height - 1))
    .chain(([x, y]) =>
      fc
        .tuple(fc.integer({ min: 1, max: width - x }), fc.integer({ min: 1, max: height - y }))
        .map(([w, h]) => ({ x, y, width: w, height: h })),
    );
}

/** Every part, and what is said of the file, is as in the whole picture. */
async function expectSame(
  bytes: Uint8Array,
  { runs = 4, metadata = {} }: { readonly runs?: number; readonly metadata?: object } = {},
): Promise<void> {
  const whole = await open(codec, bytes);
  const picture = await regionsOf(await fileWith(bytes));
  expect(picture.shape).toEqual(shapeOf(whole.raster));
  expect(picture.info).toEqual(whole.info);
  expect(picture.metadata).toEqual({ ...whole.metadata, ...metadata });
  expect(picture.notices).toEqual(whole.notices);
  expectSameLevels(await read(picture, wholeOf(whole.raster)), whole.raster);
  await fc.assert(
    fc.asyncProperty(partOf(whole.raster), async (part) => {
      expectSameLevels(await read(picture, part), cut(whole.raster, part));
    }),
    { numRuns: runs },
  );
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const error: unknown = await work.then(
    () => new Error('no fault'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof FaultError)) throw error;
  return error.fault;
}

function pictureOf({ width, height, channels, data, depth }: Raster): Sharp {
  const made = sharp(data, { raw: { width, height, channels } });
  return depth === 16 ? made.toColourspace(channels <= 2 ? 'grey16' : 'rgb16') : made;
}

const SIZE = { width: 150, height: 117 };
const photo = noise({ ...SIZE, channels: 3, depth: 8 }, 3);
const TILED: TiffOptions = { tile: true, tileWidth: 32, tileHeight: 16 };

describe('a part of a TIFF file is the same part of the picture', () => {
  it.each(['none', 'lzw', 'deflate', 'packbits', 'jpeg'] as const)('with %s', async (compression) => {
    for (const form of [TILED, {}]) {
      await expectSame(
        await pictureOf(photo)
          .tiff({ compression, quality: 90, ...form })
          .toBuffer(),
      );
    }
  });

  it.each([1, 2, 3, 4] as const)('with %i channels of 8 and 16 bits', async (channels) => {
    for (const depth of [8, 16] as const) {
      const picture = noise({ ...SIZE, channels, depth }, 4);
      const predictor = depth === 8 ? 'horizontal' : 'none';
      for (const form of [TILED, {}]) {
        await expectSame(
          await pictureOf(picture)
            .tiff({ compression: 'deflate', predictor, ...form })
            .toBuffer(),
        );
      }
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('with orientation %i', async (orientation) => {
    for (const form of [TILED, {}]) {
      const file = pictureOf(photo).withMetadata({ orientation });
      await expectSame(await file.tiff({ compression: 'deflate', ...form }).toBuffer(), { runs: 8 });
    }
  });

  it('with a profile that is converted, and with CMYK', async () => {
    const p3 = await pictureOf(photo)
      .withIccProfile('p3')
      .tiff({ compression: 'lzw', ...TILED })
      .toBuffer();
    await expectSame(p3);
    await expectSame(
      await pictureOf(photo)
        .toColourspace('cmyk')
        .tiff({ compression: 'lzw', ...TILED })
        .toBuffer(),
    );
  });

  it('with notes, further pages and addresses of 64 bits', async () => {
    const noted = pictureOf(photo).withExif({
      IFD0: { Artist: 'A. Painter', Copyright: 'free' },
      IFD2: { FNumber: '28/10' },
    });
    await expectSame(
      await noted
        .clone()
        .tiff({ compression: 'deflate', ...TILED })
        .toBuffer(),
    );
    await expectSame(
      await noted
        .clone()
        .tiff({ compression: 'deflate', pyramid: true, ...TILED })
        .toBuffer(),
    );
    for (const form of [TILED, {}]) {
      const big = await pictureOf(photo)
        .tiff({ compression: 'none', bigtiff: true, ...form })
        .toBuffer();
      // Elsewhere the notes of such files are not read.
      await expectSame(big, { metadata: { exif: expect.anything() } });
    }
  });

  it('with one bit a sample, whole numbers of 32 bits and floating point', async () => {
    await expectSame(
      await pictureOf(noise({ ...SIZE, channels: 1, depth: 8 }, 9))
        .toColourspace('b-w')
        .tiff({ bitdepth: 1, compression: 'none', ...TILED })
        .toBuffer(),
    );
    await expectSame(tiffOf('uint32', [0, 1e9, 2 ** 32 - 1, 5e8]));
    await expectSame(tiffOf('float32', [0, 0.25, 1, 0.5]));
  });

  it('with channels that lie apart, and with one strip of plain samples', async () => {
    for (const little of [true, false]) {
      await expectSame(plainTiff(photo, { little, rows: 10, apart: true }));
      await expectSame(plainTiff(photo, { little, rows: SIZE.height, apart: false }));
    }
  });

  it.skipIf(corpusFolder === undefined)('in every file of the corpus that is read by parts', async () => {
    let seen = 0;
    const names = corpusFiles(corpusFolder ?? '').map(({ file }) => file);
    for (const name of names.filter((each) => /\.tiff?$/i.test(each))) {
      const path = join(corpusFolder ?? '', name);
      const regions = await codec.regions(path);
      if (!regions.ok || regions.value === null || typeof regions.value.levels !== 'function') continue;
      const whole = await open(codec, await readFile(path));
      const named = { ...shapeOf(whole.raster), path };
      expect({ ...regions.value.shape, path }).toEqual(named);
      expect({ path, info: regions.value.info }).toEqual({ path, info: whole.info });
      expectSameLevels(await read(regions.value, wholeOf(whole.raster)), whole.raster);
      seen++;
    }
    expect(seen).toBeGreaterThan(20);
  });
});

/** A TIFF file of plain RGB samples of 8 bits, together or a plane after the other. */
function plainTiff(
  { width, height, data }: Raster,
  { little, rows, apart }: { readonly little: boolean; readonly rows: number; readonly apart: boolean },
): Buffer {
  const strips: Buffer[] = [];
  for (const plane of apart ? [0, 1, 2] : [null]) {
    for (let top = 0; top < height; top += rows) {
      const strip = data.slice(top * width * 3, Math.min(height, top + rows) * width * 3);
      strips.push(Buffer.from(plane === null ? strip : strip.filter((_, at) => at % 3 === plane)));
    }
  }
  const short = (tag: number, ...values: number[]) => longField(tag, values, little);
  let at = 8;
  const offsets = strips.map((strip) => (at += strip.length) - strip.length);
  const start = at + (at & 1);
  const fields = [
    short(256, width),
    short(257, height),
    short(258, 8, 8, 8),
    short(259, 1),
    short(262, 2),
    short(273, ...offsets),
    short(277, 3),
    short(278, rows),
    short(279, ...strips.map((strip) => strip.length)),
    short(284, apart ? 2 : 1),
  ];
  const header = Buffer.from(tiffHeader(little));
  if (little) header.writeUInt32LE(start, 4);
  else header.writeUInt32BE(start, 4);
  const parts = [
    header,
    ...strips,
    Buffer.alloc(start - at),
    Buffer.from(layDirectory(fields, start, little)),
  ];
  return Buffer.concat(parts);
}

describe('a picture is decoded from end to end', () => {
  /** Onto the disk, with what decoding it into memory gives. */
  async function expectSpooled(bytes: Uint8Array): Promise<void> {
    const whole = await open(codec, bytes);
    const picture = await regionsOf(await fileWith(bytes));
    if (typeof picture.levels === 'function') throw new Error('it is read by parts');
    const { path, offset } = picture.levels;
    const { buffer, byteOffset, byteLength } = whole.raster.data;
    // Behind the levels libvips says more about them.
    const levels = (await readFile(path)).subarray(offset, offset + byteLength);
    expect(levels.equals(new Uint8Array(buffer, byteOffset, byteLength))).toBe(true);
    expect([picture.shape, picture.info]).toEqual([shapeOf(whole.raster), whole.info]);
    expect([picture.metadata, picture.notices]).toEqual([whole.metadata, whole.notices]);
    picture.close();
    await expect.poll(() => existsSync(path)).toBe(false);
  }

  it('where its format has no parts, or none that can be read alone', async () => {
    await expectSpooled(await pictureOf(photo).png().toBuffer());
    await expectSpooled(await pictureOf(photo).withMetadata({ orientation: 6 }).jpeg().toBuffer());
    const grey = pictureOf(noise({ ...SIZE, channels: 1, depth: 8 }, 9)).toColourspace('b-w');
    await expectSpooled(await grey.tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer());
  });

  it('where the file has fewer pixels than it says', async () => {
    const taller: Raster = { ...photo, height: photo.height + 20 };
    await expectSpooled(plainTiff(taller, { little: true, rows: 10, apart: false }));
  });

  it('into memory where it is not large', async () => {
    const files = [
      await pictureOf(photo)
        .tiff({ compression: 'deflate', ...TILED })
        .toBuffer(),
      await pictureOf(photo).png().toBuffer(),
      await pictureOf(photo).jpeg().toBuffer(),
    ];
    const pixels = SIZE.width * SIZE.height;
    const small = startCodec({ limits: { wholePixels: pixels } });
    const smaller = startCodec({ limits: { wholePixels: pixels - 1 } });
    try {
      for (const bytes of files) {
        expect(await small.mayStay(bytes)).toBe(false);
        expect(valueOf(await small.regions(await fileWith(bytes)))).toBeNull();
        expect(await smaller.mayStay(bytes)).toBe(true);
      }
    } finally {
      await Promise.all([small.close(), smaller.close()]);
    }
  });
});

describe('a file that is not what it was', () => {
  // Of few levels, so that it is coded in earnest, and higher than a part.
  const tall = noise({ width: 100, height: 1_100, channels: 3, depth: 8 }, 5);
  const dull: Raster = { ...tall, data: tall.data.map((level) => level & 0x70) };
  const plain = (): Promise<Buffer> =>
    pictureOf(dull)
      .tiff({ compression: 'deflate', ...TILED })
      .toBuffer();

  it('is told of in one line, whether it was cut, replaced or removed', async () => {
    const ways: ((path: string) => Promise<void>)[] = [
      (path) => truncate(path, 4_000),
      async (path) => rename(await fileWith(await plain()), path),
      (path) => rm(path),
    ];
    for (const change of ways) {
      const path = await fileWith(await plain());
      const picture = await regionsOf(path);
      const part = { x: 0, y: 0, width: 9, height: 9 };
      await read(picture, part);
      await change(path);
      expect(await faultOf(read(picture, part))).toMatchObject({ code: 'changed', remedy: 'open it again' });
    }
  });

  it('keeps the parts that are not damaged', async () => {
    const bytes = await plain();
    const whole = await open(codec, bytes);
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff, 150_000, 150_600);
    const picture = await regionsOf(await fileWith(damaged));
    const top = { x: 0, y: 0, width: 100, height: 512 };
    expectSameLevels(await read(picture, top), cut(whole.raster, top));
    expect(await faultOf(read(picture, wholeOf(whole.raster)))).toMatchObject({
      code: 'damaged',
      message: expect.stringContaining('a part of the TIFF file'),
    });
  });

  it('is read whole, as far as that goes, where it is damaged from the beginning', async () => {
    const damaged = await plain();
    damaged.fill(0xff, 20_000, 20_600);
    const picture = await regionsOf(await fileWith(damaged));
    expect(picture.levels).toHaveProperty('path');
    expect(picture.notices).toEqual(['This file is damaged; what could be read is shown.']);
    picture.close();
  });
});
