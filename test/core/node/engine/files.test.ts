// From real files to pictures, through codec and engine: what stays in its file gives what it gives decoded.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec, type RegionPicture } from '../../../../core/node/codec/codec';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { shapeOf } from '../../../../core/raster/raster';
import { documentWith, sourceFor, stepOf } from '../../../support/documents';
import { expectSameLevels, noise } from '../../../support/rasters';
import { open, valueOf } from '../codec/files';

let codec: Codec;
let engine: Engine;
let folder: string;

beforeAll(async () => {
  codec = startCodec({ limits: { wholePixels: 0 } });
  engine = startEngine({ workers: 2, tile: { width: 300, height: 40 }, memory: 3e5 });
  folder = await mkdtemp(join(tmpdir(), 'burnish-files-'));
});

afterAll(async () => {
  await Promise.all([engine.close(), codec.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** Wider than what is read of plain rows at a time. */
const wide = noise({ width: 2_600, height: 301, channels: 3, depth: 8 }, 7);
const deep = noise({ width: 2_100, height: 90, channels: 4, depth: 16 }, 8);

function fileOf({ width, height, channels, data, depth }: typeof wide): Sharp {
  const made = sharp(data, { raw: { width, height, channels } });
  return depth === 16 ? made.toColourspace('rgb16') : made;
}

async function regionsOf(bytes: Uint8Array): Promise<RegionPicture> {
  const path = join(folder, 'picture');
  await writeFile(path, bytes);
  const regions = valueOf(await codec.regions(path));
  if (regions === null) throw new Error('it is decoded into memory');
  return regions;
}

const files: readonly (readonly [name: string, file: () => Promise<Buffer>])[] = [
  ['JPEG', () => fileOf(wide).jpeg().toBuffer()],
  ['JPEG that is turned', () => fileOf(wide).withMetadata({ orientation: 6 }).jpeg().toBuffer()],
  ['PNG', () => fileOf(wide).png({ compressionLevel: 1 }).toBuffer()],
  ['PNG of 16 bits', () => fileOf(deep).png({ compressionLevel: 1 }).toBuffer()],
  ['TIFF in tiles', () => fileOf(wide).tiff({ compression: 'lzw', tile: true }).toBuffer()],
  [
    'TIFF for faxes',
    () => fileOf(wide).toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer(),
  ],
];

describe.each(files)('a large %s', (name, make) => {
  it('gives the same pictures as in memory, and leaves nothing behind', async () => {
    const bytes = await make();
    const whole = await open(codec, bytes);
    const picture = await regionsOf(bytes);
    expect(picture.shape).toEqual(shapeOf(whole.raster));
    expect(picture.info).toEqual(whole.info);
    expect(picture.notices).toEqual(whole.notices);
    expect(picture.fileBytes).toBe(bytes.length);
    const [inMemory, inFile] = [`${name} in memory`, `${name} in its file`];
    engine.addSource(inMemory, whole.raster);
    engine.addFile(inFile, picture);
    // Inside the picture also where it is turned.
    const region = { x: 31, y: 40, width: 40, height: 20 };
    const steps = [stepOf('boxBlur', { size: 9 }), stepOf('rotate90', { turns: 1 }), stepOf('equalize', {})];
    for (const stack of [[], steps]) {
      const requests = [
        { level: 0, exact: true, region: null, format: 'export' },
        { level: 0, exact: true, region, format: 'display' },
        { level: 3, exact: true, region: null, format: 'display' },
        { level: 4, exact: false, region: null, format: 'display' },
      ] as const;
      for (const request of requests) {
        const [expected, made] = await Promise.all(
          [inMemory, inFile].map(async (id) => {
            const document = documentWith(sourceFor(id, picture.shape), stack);
            return valueOf(await engine.render({ document, ...request }));
          }),
        );
        expectSameLevels(made.raster, expected.raster);
        expect(Object.values(made.reported)).toEqual(Object.values(expected.reported));
      }
    }
    engine.dropSource(inMemory);
    engine.dropSource(inFile);
    const { levels } = picture;
    if (typeof levels === 'function') return;
    await expect.poll(() => existsSync(levels.path)).toBe(false);
  });
});

it('a file that cannot be read at all is told as it is when it is decoded', async () => {
  const bytes = await fileOf(wide).png().toBuffer();
  const damaged = Buffer.concat([bytes.subarray(0, 60), Buffer.alloc(200)]);
  const path = join(folder, 'damaged');
  await writeFile(path, damaged);
  const [decoded, regions] = [await codec.decode(damaged), await codec.regions(path)];
  expect(decoded.ok).toBe(regions.ok);
  if (!decoded.ok) expect(regions).toEqual(decoded);
});
