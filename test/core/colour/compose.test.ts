import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCUMULATED } from '../../../core/colour/accumulator';
import { BLEND_MODES } from '../../../core/colour/blend-mode';
import { blendRegions, composeLayers, type ComposedLayer } from '../../../core/colour/compose';
import { copyRegion, createRaster, topOf, type Raster, type Region } from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { store } from '../../../core/raster/rounding';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { composePixel, nothing, type Paint, type Triple } from '../../support/plain-composition';
import { DEPTHS, LAYOUTS, noise } from '../../support/rasters';
import { runs } from '../../support/runs';

type Placed = Omit<ComposedLayer, 'region' | 'whole'> & { readonly picture: Raster };

function layersOf(placed: readonly Placed[]): readonly ComposedLayer[] {
  return placed.map(({ picture, ...rest }) => ({
    ...rest,
    region: { raster: picture, rectangle: wholeOf(picture) },
    whole: picture,
  }));
}

function compose(placed: readonly Placed[], canvas: Omit<Raster, 'data'>): Raster {
  const raster = createRaster(canvas);
  // What was there before must not shine through.
  raster.data.fill(77);
  composeLayers(layersOf(placed), { raster, rectangle: wholeOf(raster) }, neverAborted);
  return raster;
}

/** A pixel of a layer in the canvas's depth, as 0 … 1. */
function paintAt(
  { picture, x, y, opacity }: Placed,
  column: number,
  row: number,
  canvas: Omit<Raster, 'data'>,
): Paint {
  const at = { x: column - x, y: row - y };
  if (at.x < 0 || at.y < 0 || at.x >= picture.width || at.y >= picture.height) return nothing;
  const from = (at.y * picture.width + at.x) * picture.channels;
  const value = (channel: number): number => {
    const level = picture.data[from + channel];
    return picture.depth === 16 && canvas.depth === 8
      ? store(level / 257, 255) / 255
      : level / topOf(picture.depth);
  };
  const alpha = picture.channels % 2 === 0 ? value(picture.channels - 1) : 1;
  const rgb: Triple = picture.channels <= 2 ? [value(0), value(0), value(0)] : [value(0), value(1), value(2)];
  const luma = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
  const colour: Triple = canvas.channels <= 2 && picture.channels >= 3 ? [luma, luma, luma] : rgb;
  return { colour, alpha: alpha * opacity };
}

function plain(placed: readonly Placed[], canvas: Omit<Raster, 'data'>): readonly number[] {
  const top = topOf(canvas.depth);
  const levels: number[] = [];
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const { colour, alpha } = placed.reduce<Paint>(
        (below, layer) => composePixel(layer.mode, below, paintAt(layer, x, y, canvas), canvas.channels <= 2),
        nothing,
      );
      const colours = canvas.channels <= 2 ? 1 : 3;
      for (let c = 0; c < colours; c++) levels.push(store(colour[c] * top, top));
      if (canvas.channels % 2 === 0) levels.push(store(alpha * top, top));
    }
  }
  return levels;
}

const opacity = fc.oneof(
  fc.constantFrom(0, 0.5, 1),
  fc.integer({ min: 1, max: 999 }).map((thousandths) => thousandths / 1000),
);

function layerOn(width: number, height: number): fc.Arbitrary<Placed> {
  return fc
    .record({
      width: fc.integer({ min: 1, max: 2 * width }),
      height: fc.integer({ min: 1, max: 2 * height }),
      channels: fc.constantFrom(...LAYOUTS),
      depth: fc.constantFrom(...DEPTHS),
      seed: fc.nat(),
      x: fc.integer({ min: -width, max: width }),
      y: fc.integer({ min: -height, max: height }),
      opacity,
      mode: fc.constantFrom(...BLEND_MODES),
    })
    .map(({ seed, x, y, opacity, mode, ...shape }) => ({ picture: noise(shape, seed), x, y, opacity, mode }));
}

describe('composeLayers', () => {
  it.each(DEPTHS.flatMap((depth) => LAYOUTS.map((channels) => [depth, channels] as const)))(
    'composes random layers as the formula says, at %s bit with %s channels',
    (depth, channels) => {
      const canvas = { width: 6, height: 5, channels, depth };
      fc.assert(
        fc.property(fc.array(layerOn(6, 5), { maxLength: 4 }), (placed) => {
          expect([...compose(placed, canvas).data]).toEqual(plain(placed, canvas));
        }),
        { numRuns: runs(60) },
      );
    },
  );

  it.each(DEPTHS.flatMap((depth) => LAYOUTS.map((channels) => [depth, channels] as const)))(
    'keeps one opaque layer bit for bit, at %s bit with %s channels',
    (depth, channels) => {
      const picture = noise({ width: 300, height: 220, channels, depth });
      if (channels % 2 === 0) {
        for (let at = channels - 1; at < picture.data.length; at += channels) picture.data[at] = topOf(depth);
      }
      const alone: Placed = { picture, x: 0, y: 0, opacity: 1, mode: 'normal' };
      expect(compose([alone], picture).data).toEqual(picture.data);
    },
  );

  it('gives the same part by part, across the pieces that rows are made in', () => {
    const canvas = { width: 4 * ACCUMULATED + 77, height: 3, channels: 4, depth: 8 } as const;
    const placed: Placed[] = [
      { picture: noise({ ...canvas, channels: 3, width: 900 }), x: 100, y: 0, opacity: 1, mode: 'normal' },
      { picture: noise({ ...canvas, width: 700 }, 2), x: -50, y: 1, opacity: 0.7, mode: 'overlay' },
      { picture: noise({ ...canvas, width: 800, depth: 16 }, 3), x: 333, y: -1, opacity: 0.4, mode: 'hue' },
    ];
    const whole = compose(placed, canvas);
    expect([...whole.data]).toEqual(plain(placed, canvas));
    const parts: Rectangle[] = [
      { x: 0, y: 0, width: 130, height: 2 },
      { x: 130, y: 0, width: 971, height: 2 },
      { x: 0, y: 2, width: 1101, height: 1 },
    ];
    for (const rectangle of parts) {
      const raster = createRaster({ ...canvas, width: rectangle.width, height: rectangle.height });
      composeLayers(layersOf(placed), { raster, rectangle }, neverAborted);
      const expected: Region = { raster: createRaster(raster), rectangle };
      copyRegion({ raster: whole, rectangle: wholeOf(whole) }, expected, rectangle);
      expect(raster.data).toEqual(expected.raster.data);
    }
  });

  it('asks of a layer no more than what lies under the output', () => {
    const picture = noise({ width: 20, height: 20, channels: 3, depth: 8 });
    const whole = compose([{ picture, x: -4, y: -6, opacity: 1, mode: 'normal' }], picture);
    const rectangle = { x: 5, y: 7, width: 3, height: 2 };
    const needed = { x: 9, y: 13, width: 3, height: 2 };
    const region = { raster: createRaster({ ...picture, width: 3, height: 2 }), rectangle: needed };
    copyRegion({ raster: picture, rectangle: wholeOf(picture) }, region, needed);
    const raster = createRaster({ ...picture, width: 3, height: 2 });
    const layer: ComposedLayer = { region, whole: picture, x: -4, y: -6, opacity: 1, mode: 'normal' };
    composeLayers([layer], { raster, rectangle }, neverAborted);
    const expected = createRaster(raster);
    copyRegion({ raster: whole, rectangle: wholeOf(whole) }, { raster: expected, rectangle }, rectangle);
    expect(raster.data).toEqual(expected.data);
  });

  it('is black, and transparent where it can be, without layers', () => {
    const canvas = { width: 2, height: 1, channels: 4, depth: 8 } as const;
    expect([...compose([], canvas).data]).toEqual(new Array<number>(8).fill(0));
  });

  it('stops when it is aborted', () => {
    const raster = noise({ width: 2, height: 2, channels: 3, depth: 8 });
    const output = { raster, rectangle: wholeOf(raster) };
    expect(() => composeLayers([], output, { aborted: true })).toThrow(Cancelled);
  });
});

describe('blendRegions', () => {
  const shape = { width: 5, height: 4, channels: 4, depth: 8 } as const;

  function blended(backdrop: Raster, source: Raster, opacity: number): Raster {
    const raster = createRaster(backdrop);
    const whole = wholeOf(raster);
    const output = { raster, rectangle: whole };
    const below = { raster: backdrop, rectangle: whole };
    blendRegions(below, { raster: source, rectangle: whole }, 'multiply', opacity, output, neverAborted);
    return raster;
  }

  it('changes nothing at opacity 0, not even the colour of transparent pixels', () => {
    const backdrop = noise(shape);
    expect(backdrop.data.some((level, at) => at % 4 === 3 && level === 0)).toBe(true);
    expect(blended(backdrop, noise(shape, 2), 0).data).toEqual(backdrop.data);
  });

  it('produces no alpha for a picture without', () => {
    const backdrop = noise({ ...shape, channels: 3 });
    const source: Raster = { ...shape, data: new Uint8Array(5 * 4 * 4) };
    expect(blended(backdrop, source, 1)).toEqual(backdrop);
  });

  it('counts a colour source over grey with its unrounded luma', () => {
    const backdrop: Raster = { width: 1, height: 1, channels: 1, depth: 8, data: Uint8Array.of(200) };
    const source: Raster = { width: 1, height: 1, channels: 3, depth: 8, data: Uint8Array.of(109, 143, 46) };
    // 121.776 · 200 / 255 = 95.51…, where the rounded luma 122 would give 95.69 and the cut one 121 gives 94.90.
    expect([...blended(backdrop, source, 1).data]).toEqual([store((121.776 * 200) / 255, 255)]);
  });
});
