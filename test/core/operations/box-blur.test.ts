import { describe, expect, it } from 'vitest';
import { checkValues } from '../../../core/operation/check';
import type { AreaOperation } from '../../../core/operation/operation';
import type { GivenValues } from '../../../core/operation/parameter';
import { runOperation } from '../../../core/operation/run';
import { boxBlur } from '../../../core/operations/box-blur';
import { BOUNDARIES } from '../../../core/raster/boundary';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { noise } from '../../support/rasters';

function run(given: GivenValues, input: Raster): Raster {
  const checked = checkValues(boxBlur, given, input);
  if (!checked.ok) throw new Error(checked.fault.message);
  return runOperation(boxBlur, checked.value, input).raster;
}

function row(levels: readonly number[]): Raster {
  return { width: levels.length, height: 1, channels: 1, depth: 8, data: Uint8Array.from(levels) };
}

describe('boxBlur', () => {
  it('of an even size reaches one further up and left', () => {
    const impulse = createRaster({ width: 31, height: 31, channels: 1, depth: 8 });
    impulse.data[15 * 31 + 15] = 255;
    const { data } = run({ size: 4 }, impulse);
    const touched = [...data.keys()].filter((at) => data[at] > 0);
    expect([...new Set(touched.map((at) => at % 31))]).toEqual([14, 15, 16, 17]);
    expect([...new Set(touched.map((at) => Math.floor(at / 31)))]).toEqual([14, 15, 16, 17]);
    expect(touched.every((at) => data[at] === 16)).toBe(true);
  });

  it('keeps flat pictures flat, for every size and every rule that knows only the picture', () => {
    for (const level of [1, 77, 254, 255]) {
      const flat = row(new Array<number>(6).fill(level));
      for (const size of [1, 2, 5, 15, 60, 333, 999]) {
        for (const boundary of BOUNDARIES.filter((rule) => rule !== 'constant')) {
          expect([...run({ size, boundary }, flat).data]).toEqual([...flat.data]);
        }
      }
    }
  });

  it('is the same picture at size 1', () => {
    const picture = noise({ width: 9, height: 7, channels: 4, depth: 16 });
    expect(run({ size: 1, boundary: 'constant', constant: 0.3 }, picture)).toEqual(picture);
  });

  it('counts a tone between two levels beyond the edge exactly', () => {
    // Two of nine are inside, seven beyond: 7 · 0.5 / 9 = 0.39, 7 · 0.65 / 9 = 0.506.
    const black = createRaster({ width: 1, height: 2, channels: 1, depth: 8 });
    expect([...run({ size: 3, boundary: 'constant', constant: 0.5 }, black).data]).toEqual([0, 0]);
    expect([...run({ size: 3, boundary: 'constant', constant: 0.65 }, black).data]).toEqual([1, 1]);
  });

  it('follows each rule where the window is many times larger than the picture', () => {
    // Eleven columns around each pixel of a row a b, five or six of them b; every row is the same.
    const pair = row([0, 110]);
    const blurred = (boundary: string) => [...run({ size: 11, boundary }, pair).data];
    expect(blurred('symmetric')).toEqual([50, 60]);
    expect(blurred('wrap')).toEqual([60, 50]);
    expect(blurred('replicate')).toEqual([50, 60]);
  });

  it('says what its mean is made of', () => {
    const operation: AreaOperation = boxBlur;
    const checked = checkValues(operation, { size: 9 }, null);
    expect(checked.ok && operation.formula(checked.value)).toBe(
      'Σ v(x + j − 4, y + i − 4) / 81, i and j from 0 to 8',
    );
  });
});
