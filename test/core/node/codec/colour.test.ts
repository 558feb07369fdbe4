import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { readProfile } from '../../../../core/node/codec/icc';
import { topOf, type Depth, type Raster } from '../../../../core/raster/raster';
import { noise } from '../../../support/rasters';
import { fileOf, greatestDifference, open, plain, plainly, raster, save } from './files';
import { pngWith } from './handmade';
import { greyProfile } from './profiles';

let codec: Codec;
beforeAll(() => {
  codec = startCodec();
});
afterAll(() => codec.close());

/** A smooth picture of moderate colours, which every profile can hold. */
function colours(depth: Depth, channels: 3 | 4 = 3): Raster {
  const top = topOf(depth);
  const data = Array.from({ length: 32 * 24 * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    const share = i % channels === 0 ? pixel % 32 : i % channels === 1 ? Math.floor(pixel / 32) : 12;
    return i % channels === 3 ? Math.round(top / 3) : Math.round(top * (0.3 + share / 80));
  });
  const samples = depth === 8 ? Uint8Array.from(data) : Uint16Array.from(data);
  return { width: 32, height: 24, channels, depth, data: samples };
}

describe('a colour profile', () => {
  it.each([8, 16] as const)('is converted to sRGB, and remembered: %i bit', async (depth) => {
    const inP3 = colours(depth);
    // sharp converts to a profile before it attaches it; so these levels are first made to be P3's.
    const sRgb = await sharp(inP3.data, { raw: inP3 })
      .pipelineColourspace('scrgb')
      .toColourspace(depth === 8 ? 'srgb' : 'rgb16')
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const stored = await plainly(sRgb);
    const { raster: opened, info, metadata } = await open(codec, sRgb);
    expect(greatestDifference(stored, inP3)).toBeGreaterThan(topOf(depth) / 100);
    expect(opened.depth).toBe(depth);
    expect(greatestDifference(plain(opened), inP3)).toBeLessThanOrEqual(depth === 8 ? 2 : 400);
    expect(info.profile).toBe('sP3C');
    expect(metadata.icc?.length).toBeGreaterThan(100);

    // `keep` goes all the way back.
    const kept = await save(codec, opened, { format: 'png', profile: 'keep' }, metadata);
    expect(greatestDifference(await plainly(kept), stored)).toBeLessThanOrEqual(depth === 8 ? 2 : 400);
    expect(readProfile((await sharp(kept).metadata()).icc ?? new Uint8Array())?.description).toBe('sP3C');
  });

  it('leaves the levels alone where it is sRGB under whatever name', async () => {
    for (const depth of [8, 16] as const) {
      const picture = noise({ width: 40, height: 30, channels: 3, depth });
      const tagged = await save(codec, picture, { format: 'png' });
      const { icc } = await sharp(tagged).metadata();
      expect(icc?.length).toBe(480);
      const { raster: opened, metadata } = await open(codec, tagged);
      expect(plain(opened)).toEqual(picture);
      const kept = await save(codec, opened, { format: 'tiff', profile: 'keep' }, metadata);
      expect(await plainly(kept)).toEqual(picture);
      expect((await sharp(kept).metadata()).icc).toEqual(icc);
    }
  });

  it('is not embedded when none is wanted, and alpha is no part of it', async () => {
    const picture = colours(16, 4);
    const bare = await save(codec, picture, { format: 'png', profile: 'none' });
    expect((await sharp(bare).metadata()).icc).toBeUndefined();
    const tagged = await save(codec, picture, { format: 'tiff', profile: 'srgb' });
    expect((await sharp(tagged).metadata()).icc?.length).toBe(480);
    expect(await plainly(tagged)).toEqual(picture);
  });

  it('of another kind of picture is not used, and said so', async () => {
    const jpeg = await fileOf(raster(1, 1, 3, [90, 90, 90]))
      .jpeg({ quality: 100 })
      .toBuffer();
    const plainly = [...(await open(codec, jpeg)).raster.data];
    const { raster: opened, notices } = await open(codec, withProfileSegment(jpeg, greyProfile(1.8)));
    expect([...opened.data]).toEqual(plainly);
    expect(notices).toEqual([
      'The embedded colour profile is damaged or does not fit this picture; it was not used.',
    ]);
  });
});

/** A JPEG file with a profile in a segment behind its start (ICC.1:2022, B.4). */
function withProfileSegment(jpeg: Buffer, profile: Uint8Array): Buffer {
  const head = Buffer.from('\xff\xe2\0\0ICC_PROFILE\0\x01\x01', 'latin1');
  head.writeUInt16BE(head.length - 2 + profile.length, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, profile, jpeg.subarray(2)]);
}

function iccp(profile: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('name\0\0', 'latin1'), deflateSync(profile)]);
}

describe('a grey profile', () => {
  // Gamma 1.8 at half: 0.5 ^ 1.8 = 0.2872 of the light, which sRGB writes as 0.5726.
  const half = 0.5726;

  it.each([8, 16] as const)('is applied as a curve, and the picture stays grey: %i bit', async (depth) => {
    const top = topOf(depth);
    const levels = [0, Math.round(top / 2), top];
    const samples = depth === 8 ? Uint8Array.from(levels) : Uint16Array.from(levels);
    const png = await sharp(samples, { raw: { width: 3, height: 1, channels: 1 } })
      .toColourspace(depth === 8 ? 'b-w' : 'grey16')
      .png()
      .toBuffer();
    const {
      raster: opened,
      info,
      metadata,
      notices,
    } = await open(codec, pngWith(png, ['iCCP', iccp(greyProfile(1.8))]));
    expect([opened.channels, opened.depth, info.profile, notices]).toEqual([1, depth, 'Grey of a test', []]);
    expect([opened.data[0], opened.data[2]]).toEqual([0, top]);
    expect(opened.data[1] / top).toBeCloseTo(half, 2);

    const kept = await save(codec, opened, { format: 'png', profile: 'keep' }, metadata);
    const back = await plainly(kept);
    expect(back.channels).toBe(1);
    expect(Math.abs(back.data[1] - levels[1])).toBeLessThanOrEqual(depth === 8 ? 1 : 3);
    expect((await sharp(kept).metadata()).icc).toEqual(Buffer.from(greyProfile(1.8)));
  });
});

describe('other colours', () => {
  it('of CMYK become sRGB of 8 bits', async () => {
    const cmyk = await fileOf(raster(1, 1, 3, [150, 120, 110]))
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const { raster: opened, info } = await open(codec, cmyk);
    expect([opened.channels, opened.depth, info.colourSpace]).toEqual([3, 8, 'cmyk']);
    for (const [i, level] of [150, 120, 110].entries())
      expect(Math.abs(opened.data[i] - level)).toBeLessThan(20);
  });
});
