// What a check says: pictures are the same exactly where no sample differs, numbers lie in a range exactly where they do, and the sentence names
// what is there and what is wanted.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../../core/derive/lesson/lesson';
import {
  differenceOf,
  judgeDifference,
  judgeRange,
  MET,
  readingText,
} from '../../../../core/derive/lesson/verdict';
import { createRaster, type ChannelCount, type Raster } from '../../../../core/raster/raster';

const raster = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom<ChannelCount>(1, 2, 3, 4),
    depth: fc.constantFrom(8 as const, 16 as const),
  })
  .chain((shape) => {
    const made = createRaster(shape);
    const top = shape.depth === 8 ? 255 : 65_535;
    const samples = fc.array(fc.integer({ min: 0, max: top }), {
      minLength: made.data.length,
      maxLength: made.data.length,
    });
    return samples.map((list): Raster => {
      const filled = createRaster(shape);
      filled.data.set(list);
      return filled;
    });
  });

const copyOf = (picture: Raster): Raster => ({ ...picture, data: picture.data.slice() });

describe('two pictures', () => {
  it('are the same where every sample is', () => {
    fc.assert(
      fc.property(raster, (picture) => {
        expect(differenceOf(picture, copyOf(picture))).toBeNull();
        expect(judgeDifference(picture, copyOf(picture))).toEqual(MET);
      }),
    );
  });

  it('differ in as many pixels as were changed, and the worst one is named with its levels', () => {
    fc.assert(
      fc.property(raster, fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (wanted, places) => {
        const picture = copyOf(wanted);
        const { width, channels } = picture;
        for (const place of places) {
          const at = place % picture.data.length;
          // Another level, and by how much depends on the place.
          const other = (wanted.data[at] + 1 + (place % 200)) % 256;
          picture.data[at] = other === wanted.data[at] ? other + 1 : other;
        }
        const changed = new Set(places.map((place) => Math.floor((place % wanted.data.length) / channels)));
        const difference = differenceOf(picture, wanted);
        if (difference?.kind !== 'samples') throw new Error('no difference was found');
        expect(difference.pixels).toBe(changed.size);
        const worst = difference.worst.y * width + difference.worst.x;
        const apart = (pixel: number): number =>
          Math.max(
            ...Array.from({ length: channels }, (_, channel) =>
              Math.abs(picture.data[pixel * channels + channel] - wanted.data[pixel * channels + channel]),
            ),
          );
        expect(apart(worst)).toBe(Math.max(...[...changed].map(apart)));
        expect(difference.is).toEqual([...picture.data.subarray(worst * channels, (worst + 1) * channels)]);
        expect(judgeDifference(picture, wanted)).toMatchObject({ met: false, pixel: difference.worst });
      }),
    );
  });

  it.each([
    [{ width: 3 }, 'The picture has 3 × 2 pixels and should have 2 × 2.'],
    [{ depth: 16 as const }, 'The picture has 16 bits a channel and should have 8.'],
    [{ channels: 3 as const }, 'The picture has 3 channels and should have 1.'],
  ])('of other shapes are told apart by what differs: %o', (different, found) => {
    const shape = { width: 2, height: 2, channels: 1, depth: 8 } as const;
    const judged = judgeDifference(createRaster({ ...shape, ...different }), createRaster(shape));
    expect(judged).toEqual({ met: false, found, pixel: null });
  });

  it('are compared in one sentence', () => {
    const shape = { width: 2, height: 1, channels: 3, depth: 8 } as const;
    const [picture, wanted] = [createRaster(shape), createRaster(shape)];
    wanted.data.set([0, 0, 0, 10, 20, 30]);
    expect(judgeDifference(picture, wanted).found).toBe(
      '1 of 2 pixels differ: (1, 0) has 0, 0, 0 and should have 10, 20, 30.',
    );
  });
});

describe('a number', () => {
  const mean: Reading = { kind: 'statistic', of: 'luma', statistic: 'mean' };
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

  it('is right exactly within its range, both ends included', () => {
    fc.assert(
      fc.property(finite, finite, finite, (value, one, other) => {
        const [min, max] = [Math.min(one, other), Math.max(one, other)];
        const { met, found } = judgeRange(mean, value, { min, max });
        expect(met).toBe(min <= value && value <= max);
        expect(found === '').toBe(met);
      }),
    );
    expect(judgeRange(mean, 5, { min: 5, max: 5 })).toEqual(MET);
  });

  it.each<[Reading, number | null, { min: number; max: number }, string]>([
    [mean, 61.25, { min: 100, max: 120 }, 'The mean of luma is 61.25 and should be between 100 and 120.'],
    [
      { kind: 'levels', of: 'red' },
      9,
      { min: 8, max: 8 },
      'The number of levels in red is 9 and should be 8.',
    ],
    [
      { kind: 'level', at: { x: 3, y: 4 }, of: 'green' },
      7,
      { min: 0, max: 0 },
      'The level of green at (3, 4) is 7 and should be 0.',
    ],
    [
      { kind: 'level', at: { x: 3, y: 4 }, of: 'green' },
      null,
      { min: 0, max: 0 },
      'There is no level of green at (3, 4) to read.',
    ],
    [
      { kind: 'share', of: 'luma', from: 10, to: 20 },
      0.125,
      { min: 0.5, max: 1 },
      'The share of pixels whose luma lies from 10 to 20 is 12.5 % and should be between 50 % and 100 %.',
    ],
    [
      { kind: 'size', side: 'width' },
      8,
      { min: 4, max: 4 },
      'The width of the picture is 8 and should be 4.',
    ],
    [
      { kind: 'reported', step: 1, name: 'threshold' },
      8,
      { min: 4, max: 4 },
      'The number threshold of step 1 is 8 and should be 4.',
    ],
  ])('that is not right is told with what it should be: %o', (reading, value, range, found) => {
    expect(judgeRange(reading, value, range)).toMatchObject({ met: false, found });
  });

  it('of a grey picture is called a level, for that is all there is', () => {
    const wrong = { min: 0, max: 0 };
    const found = (reading: Reading): string => judgeRange(reading, 9, wrong, true).found;
    expect(found(mean)).toBe('The mean is 9 and should be 0.');
    expect(found({ kind: 'levels', of: 'luma' })).toBe('The number of levels is 9 and should be 0.');
    expect(found({ kind: 'level', at: { x: 3, y: 4 }, of: 'luma' })).toBe(
      'The level at (3, 4) is 9 and should be 0.',
    );
    expect(found({ kind: 'share', of: 'luma', from: 1, to: 2 })).toContain(
      'pixels whose level lies from 1 to 2',
    );
    expect(found({ kind: 'levels', of: 'red' })).toBe('The number of levels in red is 9 and should be 0.');
  });

  it('points at its pixel, where it has one', () => {
    const level: Reading = { kind: 'level', at: { x: 3, y: 4 }, of: 'luma' };
    expect(judgeRange(level, 9, { min: 0, max: 0 }).pixel).toEqual({ x: 3, y: 4 });
    expect(judgeRange(level, null, { min: 0, max: 0 }).pixel).toBeNull();
    expect(judgeRange(mean, 9, { min: 0, max: 0 }).pixel).toBeNull();
  });

  it('is a percentage where it is a share', () => {
    expect(readingText({ kind: 'statistic', of: 'luma', statistic: 'black' }, 0.25)).toBe('25 %');
    expect(readingText(mean, 0.25)).toBe('0.25');
  });
});
