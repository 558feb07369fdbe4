import { describe, expect, it } from 'vitest';
import { combineMeasured, measure } from '../../../core/operation/measure';
import type { Measured, Measurement } from '../../../core/operation/operation';
import { noise, shapes, shapeText } from '../../support/rasters';

const measurements: readonly Measurement[] = ['histogram', 'extremes', 'largestLuma'];

/** A histogram's bins that are not empty, because comparing 65,536 zeros takes its time. */
function occurring(measured: Measured): unknown {
  if (measured.kind !== 'histogram') return measured;
  const { levels, count, bins } = measured.histogram;
  return {
    levels,
    count,
    bins: bins.map((counts) => [...counts.entries()].filter(([, times]) => times > 0)),
  };
}

describe.each(measurements)('%s', (measurement) => {
  it.each(shapes([7, 5]).map((shape) => [shapeText(shape), shape] as const))(
    'of parts in any order is that of the whole: %s',
    (_, shape) => {
      const raster = noise(shape);
      const parts = [
        { x: 0, y: 0, width: 3, height: 5 },
        { x: 3, y: 0, width: 4, height: 1 },
        { x: 3, y: 1, width: 4, height: 4 },
      ].map((part) => measure(measurement, raster, part));
      const whole = measure(measurement, raster);
      expect(occurring(parts.reduce(combineMeasured))).toEqual(occurring(whole));
      expect(occurring(parts.toReversed().reduce(combineMeasured))).toEqual(occurring(whole));
    },
  );
});

it('measures the luma unrounded', () => {
  const raster = {
    width: 2,
    height: 1,
    channels: 3,
    depth: 8,
    data: Uint8Array.of(0, 0, 0, 109, 143, 46),
  } as const;
  expect(measure('largestLuma', raster)).toEqual({ kind: 'largestLuma', level: expect.closeTo(121.776, 9) });
});

it('does not let alpha count', () => {
  const raster = { width: 1, height: 1, channels: 2, depth: 8, data: Uint8Array.of(7, 200) } as const;
  expect(measure('largestLuma', raster)).toEqual({ kind: 'largestLuma', level: 7 });
});

it('never mixes kinds', () => {
  const raster = noise({ width: 1, height: 1, channels: 1, depth: 8 });
  expect(() => combineMeasured(measure('histogram', raster), measure('largestLuma', raster))).toThrow(
    'kinds',
  );
});
