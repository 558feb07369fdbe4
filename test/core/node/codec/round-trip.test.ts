import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec, type EncodeOptions } from '../../../../core/node/codec/codec';
import { convertDepth } from '../../../../core/raster/convert';
import { channelsFor, colourChannelsOf, hasAlpha, type Raster } from '../../../../core/raster/raster';
import { noise, shapes, shapeText } from '../../../support/rasters';
import { greatestDifference, open, plain, save } from './files';

let codec: Codec;
beforeAll(() => {
  codec = startCodec();
});
afterAll(() => codec.close());

const sizes = [
  [1, 1],
  [1, 9],
  [31, 1],
  [37, 23],
  [130, 70],
] as const;

async function andBack(raster: Raster, options: EncodeOptions): Promise<Raster> {
  return plain((await open(codec, await save(codec, raster, options))).raster);
}

describe('what is written and read again', () => {
  const lossless: readonly EncodeOptions[] = [
    { format: 'png' },
    { format: 'png', profile: 'none', metadata: 'none', effort: 0 },
    { format: 'png', profile: 'keep', effort: 9 },
    { format: 'tiff' },
    { format: 'tiff', profile: 'none', metadata: 'none' },
  ];
  it.each(shapes(...sizes).map((shape) => [shapeText(shape), shape] as const))(
    'is the same: %s',
    async (_, shape) => {
      const raster = noise(shape, shape.width);
      for (const options of lossless) expect(await andBack(raster, options), options.format).toEqual(raster);
    },
  );

  it('is the same in lossless WebP, for colour at 8 bits', async () => {
    for (const shape of shapes([37, 23]).filter(({ channels, depth }) => channels >= 3 && depth === 8)) {
      const raster = noise(shape);
      expect(await andBack(raster, { format: 'webp', lossless: true })).toEqual(raster);
    }
  });

  it('has the levels of a smooth picture nearly, in every lossy format', async () => {
    for (const shape of shapes([64, 48]).filter(({ depth }) => depth === 8)) {
      const raster: Raster = { ...shape, data: new Uint8Array(64 * 48 * shape.channels) };
      raster.data.forEach((_, i) => (raster.data[i] = 60 + Math.floor(i / shape.channels / 32)));
      for (const format of ['jpeg', 'webp', 'avif'] as const) {
        const back = await andBack(raster, { format, quality: 95 });
        // JPEG has no alpha; WebP and AVIF, as libvips writes them, have no grey.
        const wanted = format === 'jpeg' ? colourChannelsOf(shape) : channelsFor(3, hasAlpha(shape));
        expect([format, back.channels, back.depth]).toEqual([format, wanted, 8]);
        if (wanted === shape.channels)
          expect(greatestDifference(back, raster), format).toBeLessThanOrEqual(6);
      }
    }
  });
});

describe('depth', () => {
  it('is halved and doubled by the one rule', async () => {
    const deep = noise({ width: 40, height: 30, channels: 4, depth: 16 });
    expect(await andBack(deep, { format: 'png', depth: 8 })).toEqual(convertDepth(deep, 8));
    const shallow = noise({ width: 40, height: 30, channels: 2, depth: 8 });
    expect(await andBack(shallow, { format: 'tiff', depth: 16 })).toEqual(convertDepth(shallow, 16));
  });

  it('is 8 in the formats that hold no more, whatever is asked for', async () => {
    const raster = noise({ width: 40, height: 30, channels: 3, depth: 16 });
    for (const format of ['jpeg', 'webp', 'avif'] as const) {
      expect((await andBack(raster, { format, depth: 16 })).depth).toBe(8);
    }
  });
});

describe('transparency in a JPEG file', () => {
  const half = (channels: 2 | 4): Raster => {
    const pixel = channels === 4 ? [200, 100, 0, 128] : [100, 128];
    return {
      width: 16,
      height: 16,
      channels,
      depth: 8,
      data: Uint8Array.from(Array(256).fill(pixel).flat()),
    };
  };

  it('shows white unless another colour is asked for', async () => {
    const white = await andBack(half(4), { format: 'jpeg', quality: 100 });
    expect([...white.data.subarray(0, 3)]).toEqual([227, 177, 128]);
    const blue = await andBack(half(4), { format: 'jpeg', quality: 100, background: [0, 0, 255] });
    // JPEG itself is off by one or two.
    for (const [i, level] of [100, 50, 127].entries()) {
      expect(Math.abs(blue.data[i] - level)).toBeLessThanOrEqual(2);
    }
  });

  it('shows the luma of the colour under a grey picture', async () => {
    const grey = await andBack(half(2), { format: 'jpeg', quality: 100, background: [255, 0, 0] });
    // 76 + (100 − 76) · 128/255
    expect([grey.channels, grey.data[0]]).toEqual([1, 88]);
  });
});

it('takes rasters in shared memory and parts of larger buffers', async () => {
  const raster = noise({ width: 20, height: 10, channels: 3, depth: 16 });
  const shared = new Uint16Array(new SharedArrayBuffer(2000), 400, 600);
  shared.set(raster.data);
  expect(await andBack({ ...raster, data: shared }, { format: 'png' })).toEqual(raster);
});
