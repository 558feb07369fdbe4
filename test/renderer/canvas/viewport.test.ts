import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onCanvas } from '../../../renderer/canvas/paint';
import {
  fitted,
  framed,
  held,
  LARGEST_ZOOM,
  nextStop,
  panned,
  pictureAt,
  resized,
  SMALLEST_ZOOM,
  zoomedAt,
} from '../../../renderer/canvas/viewport';

const canvas = { width: 1000, height: 700 };

describe('a viewport', () => {
  it('fits a large picture with a margin, in the middle', () => {
    const viewport = fitted({ width: 4000, height: 2000 }, canvas, 20);
    expect(viewport.zoom).toBeCloseTo(960 / 4000);
    expect(onCanvas({ viewport }, { x: 0, y: 0, width: 4000, height: 2000 })).toEqual({
      x: 20,
      y: 110,
      width: 960,
      height: 480,
    });
  });

  it('never enlarges a small picture', () => {
    expect(fitted({ width: 8, height: 8 }, canvas, 20)).toEqual({ zoom: 1, x: -496, y: -346 });
  });

  it('frames a part of the picture whole, in the middle, and by whole factors where pixels are squares', () => {
    const side = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(side, side, side, side, (x, y, width, height) => {
        const area = { x, y, width, height };
        const viewport = framed(area, canvas, 20);
        const shown = { width: width * viewport.zoom, height: height * viewport.zoom };
        expect((x - viewport.x) * viewport.zoom + shown.width / 2).toBeCloseTo(500, 6);
        expect((y - viewport.y) * viewport.zoom + shown.height / 2).toBeCloseTo(350, 6);
        expect(shown.width <= 960.001 && shown.height <= 660.001).toBe(true);
        if (viewport.zoom >= 4) expect(Number.isInteger(viewport.zoom)).toBe(true);
        else expect(Math.max(shown.width / 960, shown.height / 660)).toBeCloseTo(1, 6);
      }),
    );
    expect(framed({ x: 0, y: 0, width: 100, height: 100 }, canvas, 20, 1).zoom).toBe(1);
  });

  it('keeps the picture point under the pointer when it zooms', () => {
    const viewport = { zoom: 0.5, x: 100, y: 50 };
    const at = { x: 300, y: 200 };
    fc.assert(
      fc.property(fc.double({ min: SMALLEST_ZOOM, max: LARGEST_ZOOM, noNaN: true }), (zoom) => {
        const before = pictureAt(viewport, at);
        const after = pictureAt(zoomedAt(viewport, zoom, at), at);
        expect(after.x).toBeCloseTo(before.x, 6);
        expect(after.y).toBeCloseTo(before.y, 6);
      }),
    );
  });

  it('keeps to the largest and the smallest zoom', () => {
    const viewport = { zoom: 1, x: 0, y: 0 };
    expect(zoomedAt(viewport, 1e9, { x: 0, y: 0 }).zoom).toBe(LARGEST_ZOOM);
    expect(zoomedAt(viewport, 0, { x: 0, y: 0 }).zoom).toBe(SMALLEST_ZOOM);
  });

  it('keeps a part of the picture in sight, and what fits in the middle', () => {
    const picture = { width: 4000, height: 400 };
    const far = held(panned({ zoom: 1, x: 0, y: 0 }, -1e6, 1e6), picture, canvas);
    expect(far).toEqual({ zoom: 1, x: 3500, y: -150 });
    expect(held(far, picture, canvas)).toEqual(far);
  });

  it('keeps its middle when the canvas changes its size', () => {
    const viewport = { zoom: 2, x: 100, y: 100 };
    const after = resized(viewport, canvas, { width: 600, height: 500 });
    expect(pictureAt(after, { x: 300, y: 250 })).toEqual(pictureAt(viewport, { x: 500, y: 350 }));
  });

  it('zooms in stops that come back to 100 %', () => {
    let zoom = SMALLEST_ZOOM;
    const stops = [zoom];
    while (zoom < LARGEST_ZOOM) stops.push((zoom = nextStop(zoom, 1)));
    expect(stops).toContain(1);
    expect(nextStop(1, -1)).toBeLessThan(1);
    expect(nextStop(nextStop(1, -1), 1)).toBe(1);
    expect(nextStop(LARGEST_ZOOM, 1)).toBe(LARGEST_ZOOM);
  });
});

describe('on the canvas', () => {
  it('100 % is one device pixel a picture pixel, wherever the picture lies', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -500, max: 500, noNaN: true }),
        fc.integer({ min: 0, max: 300 }),
        (x, at) => {
          const part = onCanvas({ viewport: { zoom: 1, x, y: 0 } }, { x: at, y: 0, width: 64, height: 64 });
          expect(Number.isInteger(part.x)).toBe(true);
          expect([part.width, part.height]).toEqual([64, 64]);
        },
      ),
    );
  });

  it('neighbouring parts meet without a gap at every zoom', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 8, noNaN: true }),
        fc.double({ min: -99, max: 99, noNaN: true }),
        (zoom, x) => {
          const viewport = { zoom, x, y: 0 };
          const left = onCanvas({ viewport }, { x: 0, y: 0, width: 128, height: 1 });
          const right = onCanvas({ viewport }, { x: 128, y: 0, width: 64, height: 1 });
          expect(left.x + left.width).toBe(right.x);
        },
      ),
    );
  });
});
