import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixRow } from '../../../core/colour/blend';
import { BLEND_MODES, type BlendMode } from '../../../core/colour/blend-mode';
import { mixTriple, type Triple } from '../../support/plain-composition';

function mix(
  mode: BlendMode,
  backdrop: readonly number[],
  source: readonly number[],
  colours: 1 | 3,
): number[] {
  const mixed = new Float64Array(backdrop.length);
  mixRow(mode, colours, Float64Array.from(backdrop), Float64Array.from(source), mixed, backdrop.length);
  return [...mixed];
}

/** Black and white and the middle as often as anything between. */
const value = fc.oneof(
  fc.constantFrom(0, 0.25, 0.5, 1),
  fc.integer({ min: 0, max: 255 }).map((v) => v / 255),
);
const triple = fc.tuple(value, value, value);

describe.each(BLEND_MODES)('%s', (mode) => {
  it('gives what the formula says for a colour', () => {
    fc.assert(
      fc.property(triple, triple, (backdrop: Triple, source: Triple) => {
        const expected = mixTriple(mode, backdrop, source);
        mix(mode, backdrop, source, 3).forEach((got, c) => {
          expect(got).toBeCloseTo(expected[c], 12);
          expect(got).toBeGreaterThanOrEqual(0);
          expect(got).toBeLessThanOrEqual(1 + 1e-15);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('may write over the backdrop', () => {
    const backdrop = Float64Array.of(0.2, 0.4, 0.9);
    const source = Float64Array.of(0.7, 0.1, 0.3);
    const expected = mix(mode, [...backdrop], [...source], 3);
    mixRow(mode, 3, backdrop, source, backdrop, 3);
    expect([...backdrop]).toEqual(expected);
  });
});

describe('on grey', () => {
  it.each([
    ['luminosity', 0.7],
    ['hue', 0.2],
    ['saturation', 0.2],
    ['color', 0.2],
  ] as const)('%s is one of the two pictures', (mode, expected) => {
    expect(mix(mode, [0.2], [0.7], 1)).toEqual([expected]);
  });
});

describe('at the edges', () => {
  it('dodge keeps black and burn keeps white, even a rounding error away from them', () => {
    expect(mix('colorDodge', [0, 1e-17, 0.1], [1, 1, 1], 3)).toEqual([0, 0, 1]);
    expect(mix('colorBurn', [1, 1 - 2 ** -53, 0.9], [0, 0, 0], 3)).toEqual([1, 1, 0]);
  });

  it('setting the luminosity of white and black divides nothing by nothing', () => {
    for (const mode of ['hue', 'saturation', 'color', 'luminosity'] as const) {
      for (const grey of [0, 1]) {
        for (const got of mix(mode, [grey, grey, grey], [1, 1, 1], 3)) expect(got).not.toBeNaN();
        for (const got of mix(mode, [grey, grey, grey], [0.3, 0.9, 0.1], 3)) {
          if (mode !== 'luminosity') expect(got).toBeCloseTo(grey, 12);
        }
      }
    }
  });
});
