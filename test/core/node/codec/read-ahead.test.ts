import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import type { Decoded } from '../../../../core/node/codec/messages';
import { readAhead, type ReadAhead } from '../../../../core/node/codec/read-ahead';
import { VIPS_HEADER, vipsHeader } from '../../../../core/node/codec/vips-file';
import { createRaster, shapeOf, type Raster, type Shape } from '../../../../core/raster/raster';
import { noise } from '../../../support/rasters';
import { fileOf, open } from './files';

/** More bytes than those from which on it is done. */
const LARGE: Shape = { width: 2_600, height: 1_300, channels: 3, depth: 8 };

let folder = '';
let files = 0;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'burnish-ahead-'))));
afterAll(() => rmSync(folder, { recursive: true }));
const newPath = (): string => join(folder, `${files++}.v`);

function bytesOf({ data }: Raster): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** What the child would say of a picture of this shape. */
function decoded(shape: Shape, differently: Partial<Decoded> = {}): Decoded {
  const info = { ...shapeOf(shape), format: 'PNG', orientation: 1, profile: null, frames: 1 };
  return {
    info: { ...info, colourSpace: 'srgb', hasPosition: false, facts: {} },
    shape: shapeOf(shape),
    offset: VIPS_HEADER,
    once: true,
    lengths: { exif: 0, xmp: 0, iptc: 0, icc: 0 },
    notices: [],
    ...differently,
  };
}

describe('pixels that are still being written', () => {
  const picture = noise(LARGE);
  const bytes = bytesOf(picture);

  /** Begins to read a file, and writes it in pieces that end at these places. */
  async function written(ends: readonly number[]): Promise<ReadAhead> {
    const path = newPath();
    let made = false;
    const ahead = readAhead(path, (shape) => ((made = true), createRaster(shape)));
    writeFileSync(path, vipsHeader(LARGE));
    await vi.waitUntil(() => made);
    let at = 0;
    for (const end of [...ends].sort((a, b) => a - b)) {
      appendFileSync(path, bytes.subarray(at, end));
      at = end;
      await new Promise((done) => setImmediate(done));
    }
    return ahead;
  }

  it('are their beginning, whatever pieces they come in', async () => {
    const ends = fc.array(fc.integer({ min: 0, max: bytes.length }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(ends, async (places) => {
        const read = await (await written(places)).stop(decoded(LARGE));
        if (read === null) throw new Error('nothing was read');
        expect(read.bytes).toBeLessThanOrEqual(Math.max(...places));
        const same = bytesOf(read.raster).subarray(0, read.bytes).equals(bytes.subarray(0, read.bytes));
        expect(same).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('are all there when nobody has hurried, whatever follows them', async () => {
    const path = newPath();
    let raster: Raster | null = null;
    const ahead = readAhead(path, (shape) => (raster = createRaster(shape)));
    writeFileSync(path, Buffer.concat([vipsHeader(LARGE), bytes, Buffer.from('<xml/>')]));
    const last = bytes.findLastIndex((level) => level !== 0);
    await vi.waitUntil(() => raster?.data[last] === bytes[last]);
    const read = await ahead.stop(decoded(LARGE));
    if (read === null) throw new Error('nothing was read');
    expect([shapeOf(read.raster), read.bytes]).toEqual([LARGE, bytes.length]);
    expect(bytesOf(read.raster).equals(bytes)).toBe(true);
  });

  it.each([
    ['the job has failed', null],
    ['they were written more than once', decoded(LARGE, { once: false })],
    ['they were put elsewhere in the file', decoded(LARGE, { offset: 0 })],
    ['they have become another picture', decoded({ ...LARGE, channels: 4 })],
  ])('do not count where %s', async (_, answer) => {
    expect(await (await written([bytes.length])).stop(answer)).toBeNull();
  });

  it('do not count where the file was begun anew and is shorter', async () => {
    const path = newPath();
    let made = false;
    const ahead = readAhead(path, (shape) => ((made = true), createRaster(shape)));
    writeFileSync(path, Buffer.concat([vipsHeader(LARGE), bytes]));
    await vi.waitUntil(() => made);
    truncateSync(path, VIPS_HEADER);
    expect(await ahead.stop(decoded(LARGE, { once: false }))).toBeNull();
  });

  it('are let alone where there are few, where they are no levels yet, and where nobody has room', async () => {
    const small: Shape = { width: 20, height: 10, channels: 3, depth: 8 };
    const floats = Buffer.from(vipsHeader(LARGE));
    floats.writeInt32LE(6, 20);
    const tries = [
      [vipsHeader(small), createRaster],
      [floats, createRaster],
      [vipsHeader(LARGE), () => null],
    ] as const;
    for (const [header, make] of tries) {
      const path = newPath();
      const ahead = readAhead(path, make);
      writeFileSync(path, header);
      await new Promise((done) => setTimeout(done, 30));
      expect(await ahead.stop(decoded(LARGE))).toBeNull();
    }
  });

  it('are waited for no longer once it is stopped', async () => {
    const ahead = readAhead(newPath(), createRaster);
    expect(await ahead.stop(null)).toBeNull();
  });
});

/** A picture of fine texture, turned and interlaced in the ways in which files hold them. */
const photo = (): Sharp => fileOf(noise(LARGE)).blur(1);
const FILES: Readonly<Record<string, () => Promise<Buffer>>> = {
  JPEG: () => photo().jpeg({ quality: 90 }).toBuffer(),
  'JPEG, progressive': () => photo().jpeg({ quality: 90, progressive: true }).toBuffer(),
  'JPEG, turned': () => photo().jpeg().withMetadata({ orientation: 6 }).toBuffer(),
  PNG: () => photo().png({ compressionLevel: 1 }).toBuffer(),
  'PNG, interlaced': () => photo().png({ compressionLevel: 1, progressive: true }).toBuffer(),
  'TIFF in tiles': () => photo().tiff({ compression: 'deflate', tile: true }).toBuffer(),
  WebP: () => photo().webp({ lossless: true, effort: 0 }).toBuffer(),
};

it.each(Object.entries(FILES))('libvips only ever appends to the pixels of a %s file', async (_, make) => {
  const file = await make();
  const partial: number[] = [];
  // As often as it takes to see one half written: how often it can be looked at depends on the machine.
  for (let attempt = 0; attempt < 50 && partial.length === 0; attempt++) {
    const path = newPath();
    const seen: Buffer[] = [];
    let ended = false;
    const writing = sharp(file)
      .autoOrient()
      .toFile(path)
      .finally(() => (ended = true));
    while (!ended) {
      await new Promise((done) => setImmediate(done));
      try {
        const now = readFileSync(path);
        if (now.length > (seen.at(-1)?.length ?? 0)) seen.push(now);
      } catch {
        // It is not there yet.
      }
    }
    await writing;
    const whole = readFileSync(path);
    rmSync(path);
    for (const each of seen) {
      expect(each.equals(whole.subarray(0, each.length)), `${each.length} of ${whole.length}`).toBe(true);
      if (each.length > VIPS_HEADER && each.length < whole.length) partial.push(each.length);
    }
  }
  expect(partial.length).toBeGreaterThan(0);
});

describe.each(['native', 'wasm'] as const)('the codec, %s,', (build) => {
  let codec: Codec;
  beforeAll(() => (codec = startCodec({ processes: 1, build })));
  afterAll(() => codec.close());

  it.each(Object.entries(FILES))('gives the levels of a large %s file', async (_, make) => {
    const file = await make();
    const { data, info } = await sharp(file).autoOrient().raw().toBuffer({ resolveWithObject: true });
    const { raster } = await open(codec, file);
    expect([raster.width, raster.height, raster.channels]).toEqual([info.width, info.height, info.channels]);
    expect(bytesOf(raster).equals(data)).toBe(true);
  });

  it('gives those of the second attempt where a file is damaged', async () => {
    const file = (await FILES['JPEG']()).subarray(0, -20_000);
    const { data } = await sharp(file, { failOn: 'none' }).raw().toBuffer({ resolveWithObject: true });
    const { raster, notices } = await open(codec, file);
    expect(notices.length).toBe(1);
    expect(bytesOf(raster).equals(data)).toBe(true);
  });
});
