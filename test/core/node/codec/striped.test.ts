import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  EXPORT_FORMATS,
  startCodec,
  type Codec,
  type EncodeOptions,
  type ForkChild,
  type StripedPicture,
} from '../../../../core/node/codec/codec';
import { forkWithNode } from '../../../../core/node/codec/fork';
import { rewrite } from '../../../../core/node/codec/rewrite';
import { flatten } from '../../../../core/node/codec/samples';
import { VIPS_HEADER, vipsHeader } from '../../../../core/node/codec/vips-file';
import { convertDepth } from '../../../../core/raster/convert';
import { shapeOf, type Raster, type Samples } from '../../../../core/raster/raster';
import { Cancelled } from '../../../../core/raster/signal';
import { DEPTHS, LAYOUTS, noise, shapes, shapeText } from '../../../support/rasters';
import { valueOf } from './files';

let codec: Codec;
let folder = '';
let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'burnish-striped-'));
  const fork: ForkChild = (path, environment) => {
    folder = environment['BURNISH_CODEC_FOLDER'];
    return forkWithNode(path, environment);
  };
  codec = startCodec({ processes: 1, fork });
});
afterAll(async () => {
  await codec.close();
  rmSync(home, { recursive: true });
});

/** The raster as strips of so many rows, all in one buffer, as an engine would give them. */
async function* cut(raster: Raster, rows: number): AsyncGenerator<Samples, void> {
  const row = raster.width * raster.channels;
  const buffer = raster.data.slice(0, row * rows);
  for (let at = 0; at < raster.data.length; at += row * rows) {
    const part = raster.data.subarray(at, at + row * rows);
    buffer.set(part);
    yield buffer.subarray(0, part.length);
    buffer.fill(0);
  }
}

function striped(raster: Raster, rows: number): StripedPicture {
  return { ...shapeOf(raster), strips: cut(raster, rows) };
}

async function encoded(picture: Raster | StripedPicture, options: EncodeOptions): Promise<Buffer> {
  return Buffer.from(valueOf(await codec.encode(picture, null, options)));
}

describe('a picture in strips', () => {
  it.each(EXPORT_FORMATS)(
    'gives the bytes of the whole one as %s, in every layout and depth',
    async (format) => {
      for (const shape of shapes([13, 37], [1, 1])) {
        const raster = noise(shape, 3);
        const whole = await encoded(raster, { format });
        for (const rows of [1, 7, 36]) {
          expect(
            whole.equals(await encoded(striped(raster, rows), { format })),
            `${shapeText(shape)}, ${rows}`,
          ).toBe(true);
        }
      }
    },
  );

  it('must be all of it', async () => {
    const raster = noise({ width: 5, height: 9, channels: 3, depth: 8 }, 1);
    const short = { ...shapeOf(raster), height: 12, strips: cut(raster, 4) };
    await expect(codec.encode(short, null, { format: 'png' })).rejects.toThrow('45 bytes too few');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that is given up half-way leaves nothing', async () => {
    const raster = noise({ width: 5, height: 9, channels: 3, depth: 8 }, 1);
    async function* strips(): AsyncGenerator<Samples, void> {
      yield* cut({ ...raster, height: 4, data: raster.data.subarray(0, 60) }, 4);
      throw new Cancelled();
    }
    const picture = { ...shapeOf(raster), strips: strips() };
    await expect(codec.encode(picture, null, { format: 'jpeg' })).rejects.toThrow(Cancelled);
    expect(readdirSync(folder)).toEqual([]);
    expect(valueOf(await codec.encode(raster, null, { format: 'jpeg' })).length).toBeGreaterThan(100);
  });
});

describe('a file of pixels', () => {
  function write(raster: Raster): string {
    const path = join(home, 'pixels.v');
    const { buffer, byteOffset, byteLength } = raster.data;
    writeFileSync(path, Buffer.concat([vipsHeader(raster), new Uint8Array(buffer, byteOffset, byteLength)]));
    return path;
  }

  it.each(shapes([3, 2]).map((shape) => [shapeText(shape), shape] as const))(
    'is begun as libvips begins it: %s',
    async (_, shape) => {
      const { width, height, channels, data } = noise(shape, 2);
      const path = join(home, 'theirs.v');
      const spaces = { 8: ['b-w', 'srgb'], 16: ['grey16', 'rgb16'] } as const;
      const space = spaces[shape.depth][channels <= 2 ? 0 : 1];
      await sharp(data, { raw: { width, height, channels } }).toColourspace(space).toFile(path);
      const theirs = readFileSync(path).subarray(0, VIPS_HEADER);
      const ours = vipsHeader(shape);
      expect([...ours]).toEqual([...theirs]);
    },
  );

  it('is rewritten in its place as the whole would be: smaller, larger and of the same size', async () => {
    for (const channels of LAYOUTS) {
      for (const depth of DEPTHS) {
        const raster = noise({ width: 7, height: 23, channels, depth }, 4);
        for (const [form, convert] of [
          [{ channels, depth: 8 }, (rows: Raster) => convertDepth(rows, 8)],
          [{ channels, depth: 16 }, (rows: Raster) => convertDepth(rows, 16)],
          ...(channels === 4
            ? [[{ channels: 3, depth }, (rows: Raster) => flatten(rows, [9, 8, 7])] as const]
            : []),
        ] as const) {
          for (const stripBytes of [1, 100, 10_000]) {
            const path = write(raster);
            const shape = await rewrite(path, raster, { form, convert }, stripBytes);
            expect(shape).toEqual({ ...shapeOf(raster), ...form });
            const file = readFileSync(path);
            const { data } = convert(raster);
            const wanted = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
            expect([...file]).toEqual([...vipsHeader(shape), ...wanted]);
          }
        }
      }
    }
  });
});
