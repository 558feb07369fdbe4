import { describe, expect, it } from 'vitest';
import { checkValues } from '../../../core/operation/check';
import type { GivenValues } from '../../../core/operation/parameter';
import { runOperation } from '../../../core/operation/run';
import { blend } from '../../../core/operations/blend';
import type { Raster } from '../../../core/raster/raster';
import { LAYOUTS } from '../../support/rasters';

function run(given: GivenValues, input: Raster, second: Raster): readonly number[] {
  const checked = checkValues(blend, { source: 'second', ...given }, input);
  if (!checked.ok) throw new Error(checked.fault.message);
  return [...runOperation(blend, checked.value, input, second).raster.data];
}

/** One pixel of as many channels as levels are given. */
function pixel(...levels: readonly number[]): Raster {
  const channels = LAYOUTS.find((count) => count === levels.length);
  if (channels === undefined) throw new Error(`a pixel of ${levels.length} channels`);
  return { width: 1, height: 1, channels, depth: 8, data: Uint8Array.from(levels) };
}

describe('blend', () => {
  it('takes normal and full opacity where nothing is said', () => {
    expect(run({}, pixel(10, 20, 30), pixel(40, 50, 60))).toEqual([40, 50, 60]);
  });

  it('multiplies the second picture’s alpha by the opacity', () => {
    // α = 0.5 · 128/255 = 0.25098…: 100 + 0.25098·(200 − 100) = 125.098
    expect(run({ opacity: 0.5 }, pixel(100, 100, 100), pixel(200, 200, 200, 128))).toEqual([125, 125, 125]);
  });

  it('computes a new alpha for a picture that has one', () => {
    // αo = 0.5 + 0.2·0.5 = 0.6; Co = (0.5·0.8·200 + 0.5·0.2·200 + 0.5·0.2·50) / 0.6 = 175
    expect(run({ opacity: 0.5 }, pixel(50, 50, 50, 51), pixel(200, 200, 200))).toEqual([175, 175, 175, 153]);
  });

  it('repeats a grey source over colour, and takes the luma of a colour source over grey', () => {
    expect(run({}, pixel(1, 2, 3), pixel(99))).toEqual([99, 99, 99]);
    expect(run({}, pixel(5), pixel(109, 143, 46))).toEqual([122]);
  });

  it('has no colour where neither picture has any', () => {
    expect(run({}, pixel(9, 9, 9, 0), pixel(7, 7, 7, 0))).toEqual([0, 0, 0, 0]);
  });
});
