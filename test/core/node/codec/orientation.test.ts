import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import type { Raster } from '../../../../core/raster/raster';
import { open, plain, raster, save, valueOf } from './files';

let codec: Codec;
beforeAll(() => {
  codec = startCodec();
});
afterAll(() => codec.close());

// sharp writes an orientation into colour pictures only, so the numbers below stand for greys of three
// channels.
const grey = (levels: readonly number[]): number[] => levels.flatMap((level) => [level, level, level]);

async function fileWith(orientation: number, format: 'png' | 'tiff', stored: Raster): Promise<Buffer> {
  const { width, height, channels, data } = stored;
  const pipeline = sharp(data, { raw: { width, height, channels } }).withMetadata({ orientation });
  return format === 'png' ? pipeline.png().toBuffer() : pipeline.tiff({ compression: 'deflate' }).toBuffer();
}

// 1 2 3 over 4 5 6, as it is stored; and how it stands upright under each orientation (EXIF 2.32, 4.6.4).
const stored = raster(3, 2, 3, grey([1, 2, 3, 4, 5, 6]));
const upright: Readonly<Record<number, readonly [width: number, height: number, ...levels: number[]]>> = {
  1: [3, 2, 1, 2, 3, 4, 5, 6],
  2: [3, 2, 3, 2, 1, 6, 5, 4],
  3: [3, 2, 6, 5, 4, 3, 2, 1],
  4: [3, 2, 4, 5, 6, 1, 2, 3],
  5: [2, 3, 1, 4, 2, 5, 3, 6],
  6: [2, 3, 4, 1, 5, 2, 6, 3],
  7: [2, 3, 6, 3, 5, 2, 4, 1],
  8: [2, 3, 3, 6, 2, 5, 1, 4],
};

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i', (orientation) => {
  const [width, height, ...levels] = upright[orientation];

  it.each(['png', 'tiff'] as const)('is applied once to a %s file, and told', async (format) => {
    const file = await fileWith(orientation, format, stored);
    const { raster: opened, info } = await open(codec, file);
    expect(plain(opened)).toEqual(raster(width, height, 3, grey(levels)));
    expect([info.width, info.height, info.orientation]).toEqual([width, height, orientation]);
    expect(valueOf(await codec.info(file))).toEqual(info);
  });

  it('is 1 in what is exported, with every format', async () => {
    const file = await fileWith(orientation, 'png', stored);
    const { raster: opened, metadata } = await open(codec, file);
    for (const format of ['jpeg', 'png', 'webp', 'tiff', 'avif'] as const) {
      const exported = await save(codec, opened, { format, metadata: 'all+gps' }, metadata);
      const info = valueOf(await codec.info(exported));
      expect([format, info.width, info.height, info.orientation]).toEqual([format, width, height, 1]);
    }
  });
});

it('turns a reduced picture too', async () => {
  const wide = raster(400, 200, 3, Array<number>(240_000).fill(9));
  const file = await fileWith(6, 'png', wide);
  const { raster: reduced, info } = await open(codec, file, { reducedTo: { width: 50, height: 50 } });
  expect([reduced.width, reduced.height]).toEqual([25, 50]);
  expect([info.width, info.height]).toEqual([200, 400]);
});
