/** What is selected is what the shape's mask says, pixel by pixel, in the plain words of test/support/plain-mask.ts. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INSIDE, spansIn } from '../../../core/kernels/selected';
import { maskOf, type SelectedArea } from '../../../core/raster/selection';
import { plainMask } from '../../support/plain-mask';
import { randomArea } from '../../support/random-selection';

const size = { width: 60, height: 45 };

/** 1 where a pixel of the picture lies in the shape. */
function inside(area: SelectedArea): number[] {
  const spanOf = spansIn(area);
  return Array.from({ length: size.width * size.height }, (_, at) => {
    const { from, to } = spanOf(Math.floor(at / size.width));
    const column = at % size.width;
    return column >= from && column < to ? 1 : 0;
  });
}

describe('a row of a selection', () => {
  it('is where the mask is at least half there, inverted or not', () => {
    fc.assert(
      fc.property(randomArea(size), (area) => {
        const levels = plainMask(maskOf({ ...area, inverted: false }), size, {});
        expect(inside(area)).toEqual(Array.from(levels, (level) => (level >= INSIDE ? 1 : 0)));
      }),
      { numRuns: 400 },
    );
  });

  it('of a circle has the pixels whose centres are inside', () => {
    const circle: SelectedArea = { shape: 'ellipse', x: 0, y: 0, width: 4, height: 4, inverted: false };
    const spanOf = spansIn(circle);
    // Centres at (±½, ±3/2) from the middle are √2.5 away, within the radius of 2; those at (±3/2, ±3/2) are √4.5 away.
    expect([0, 1, 2, 3].map(spanOf)).toEqual([
      { from: 1, to: 3 },
      { from: 0, to: 4 },
      { from: 0, to: 4 },
      { from: 1, to: 3 },
    ]);
    expect(spanOf(-1)).toEqual(spanOf(4));
  });

  it('of a very large ellipse ends where its mask does', () => {
    const area: SelectedArea = {
      shape: 'ellipse',
      x: 3,
      y: 1,
      width: 19_997,
      height: 7_001,
      inverted: false,
    };
    const spanOf = spansIn(area);
    const isInside = (x: number, y: number): boolean =>
      ((x + 0.5 - 3) / 9_998.5 - 1) ** 2 + ((y + 0.5 - 1) / 3_500.5 - 1) ** 2 <= 1;
    for (let y = 1; y < 7_002; y += 97) {
      const { from, to } = spanOf(y);
      expect([isInside(from - 1, y), isInside(from, y), isInside(to - 1, y), isInside(to, y)]).toEqual([
        false,
        true,
        true,
        false,
      ]);
    }
  });
});
