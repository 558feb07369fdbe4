/** Selections and lines at random, of pictures as small as tests use; selections may reach outside. */

import fc from 'fast-check';
import type { Line } from '../../core/derive/line-profile';
import type { Size } from '../../core/raster/rectangle';
import type { SelectedArea } from '../../core/raster/selection';

export function randomArea({ width, height }: Size): fc.Arbitrary<SelectedArea> {
  return fc.record({
    shape: fc.constantFrom('rectangle' as const, 'ellipse' as const),
    x: fc.nat(width + 5),
    y: fc.nat(height + 5),
    width: fc.integer({ min: 1, max: width + 10 }),
    height: fc.integer({ min: 1, max: height + 10 }),
    inverted: fc.boolean(),
  });
}

/** One that lies in the picture, as the window draws them. */
export function randomAreaIn({ width, height }: Size): fc.Arbitrary<SelectedArea> {
  return fc
    .record({
      shape: fc.constantFrom('rectangle' as const, 'ellipse' as const),
      x: fc.nat(width - 1),
      y: fc.nat(height - 1),
      inverted: fc.boolean(),
    })
    .chain((rest) =>
      fc
        .record({
          width: fc.integer({ min: 1, max: width - rest.x }),
          height: fc.integer({ min: 1, max: height - rest.y }),
        })
        .map((size) => ({ ...rest, ...size })),
    );
}

export function randomLine({ width, height }: Size): fc.Arbitrary<Line> {
  const pixel = fc.record({ x: fc.nat(width - 1), y: fc.nat(height - 1) });
  return fc.record({ from: pixel, to: pixel });
}
