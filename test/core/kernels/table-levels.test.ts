import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableLevels } from '../../../core/kernels/table-levels';
import { shapeOfTable } from '../../../core/kernels/table-shape';
import { plainApplyPoint } from '../../../core/operation/apply-point';
import { applyPoint, applyPointTo } from '../../../core/operation/point-program';
import {
  colourChannelsOf,
  copyRegion,
  createRaster,
  hasAlpha,
  levelsOf,
  topOf,
  type ChannelCount,
  type Depth,
  type Raster,
  type Samples,
} from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, expectSameLevels, LAYOUTS, noise } from '../../support/rasters';

type Entry = (level: number, top: number) => number;

function tableOf(depth: Depth, entry: Entry): Samples {
  const levels = levelsOf(depth);
  const table = depth === 8 ? new Uint8Array(levels) : new Uint16Array(levels);
  return table.map((_, level) => entry(level, levels - 1));
}

const noisyTable = (depth: Depth, seed: number): Samples =>
  noise({ width: levelsOf(depth), height: 1, channels: 1, depth }, seed).data;

const clamp: Entry = (level, top) => Math.max(0, Math.min(top, level));
const ruled: Readonly<Record<string, Entry>> = {
  identity: (level) => level,
  negative: (level, top) => top - level,
  brighter: (level, top) => clamp(level + 57, top),
  darker: (level, top) => clamp(level - 201, top),
  'reversed and brighter': (level, top) => top - clamp(level - 31, top),
  black: () => 0,
  threshold: (level, top) => (level >= 0x9c ? top : 0),
  slice: (level, top) => (level >= 70 && level <= 93 ? top : 9),
  'slice over the picture': (level, top) => (level >= 70 && level <= 93 ? top - 1 : level),
  'nothing but a slice': (level) => (level >= 70 && level <= 93 ? level : 3),
  'lowest bit': (level, top) => ((level & 1) === 0 ? 0 : top),
  'highest bit': (level, top) => (level > top / 2 ? top : 4),
  'bit 3': (level, top) => ((level & 8) === 0 ? 17 : top - 3),
};

/** Large enough for the fast kernels, of any width, so that rows end at any place in a vector. */
const shape = fc
  .record({
    channels: fc.constantFrom(...LAYOUTS),
    depth: fc.constantFrom(...DEPTHS),
    width: fc.integer({ min: 17, max: 90 }),
    more: fc.nat(20),
  })
  .map(({ channels, depth, width, more }) => ({
    channels,
    depth,
    width,
    height: Math.ceil(2 ** 15 / width / channels) + more,
  }));

function plain(tables: readonly Samples[], input: Raster): Raster {
  const output: Raster = { ...input, data: input.data.slice() };
  plainApplyPoint({ kind: 'table', tables }, output, wholeOf(output), neverAborted);
  return output;
}

/** Held against the plain loop from one raster to another and in place, inside the pool and outside. */
function compare(tables: readonly Samples[], input: Raster): void {
  const expected = plain(tables, input);
  for (const source of [input, pooled(input)]) {
    for (const output of [createRaster(input), pooled(createRaster(input))]) {
      expect(tableLevels(tables, source, output, neverAborted)).toBe(true);
      expectSameLevels(output, expected);
    }
  }
  for (const both of [pooled(input), { ...input, data: input.data.slice() }]) {
    expect(tableLevels(tables, both, both, neverAborted)).toBe(true);
    expectSameLevels(both, expected);
  }
}

const kernelFor: Readonly<Record<Depth, Readonly<Record<ChannelCount, string>>>> = {
  8: { 1: 'mapPairs2', 2: 'mapPairs2', 3: 'mapPairs3', 4: 'mapPairs2' },
  16: { 1: 'mapWords1', 2: 'mapWords2', 3: 'mapWords3', 4: 'mapWords4' },
};

describe('tableLevels', () => {
  withFastKernels();

  it('gives the levels of the plain loops for any tables, in every layout', () => {
    fc.assert(
      fc.property(shape, fc.nat(), fc.boolean(), (layout, seed, alike) => {
        const own = Array.from({ length: colourChannelsOf(layout) }, (_, channel) =>
          noisyTable(layout.depth, alike ? 5 : seed + channel),
        );
        const tables = alike ? own.map(() => own[0]) : own;
        compare(tables, noise(layout, seed));
      }),
      { numRuns: 60 },
    );
  });

  it.each(DEPTHS.flatMap((depth) => LAYOUTS.map((channels) => [depth, channels] as const)))(
    'uses the kernel for pictures of %s bit with %s channels',
    (depth, channels) => {
      const input = noise({ width: 181, height: 190, channels, depth });
      const tables = Array.from({ length: colourChannelsOf(input) }, (_, at) => noisyTable(depth, at + 1));
      expectFast([kernelFor[depth][channels] as 'mapPairs2'], () => compare(tables, input));
    },
  );

  it.each(Object.entries(ruled))('gives the levels of the plain loops for a table that is %s', (_, entry) => {
    for (const depth of DEPTHS) {
      const table = tableOf(depth, entry);
      expect(shapeOfTable(table)).not.toBeNull();
      for (const channels of LAYOUTS) {
        const input = noise({ width: 47, height: 720, channels, depth }, channels);
        const tables = Array.from({ length: colourChannelsOf(input) }, () => table);
        if (!hasAlpha(input) || channels === 4) compare(tables, input);
        else compare([table], input);
      }
    }
  });

  it('reads the rule of a table off its entries, all of them', () => {
    const negative = tableOf(8, (level, top) => top - level);
    expect(shapeOfTable(negative)).toEqual({ kind: 'shift', plus: 0, minus: 0, flip: 255 });
    const slice = tableOf(16, ruled['slice over the picture']);
    expect(shapeOfTable(slice)).toEqual({ kind: 'slice', low: 70, high: 93, inside: 65_534, outside: -1 });
    for (const [name, entry] of Object.entries(ruled)) {
      for (const at of [0, 100, 255]) {
        const table = tableOf(8, (level, top) => (level === at ? entry(level, top) ^ 2 : entry(level, top)));
        const found = shapeOfTable(table);
        // One level apart from the rest may still make a slice; then the rule must say so.
        if (found !== null) expect([name, at, found.kind]).toEqual([name, at, 'slice']);
      }
    }
    expect(shapeOfTable(tableOf(8, (level) => level >> 1))).toBeNull();
  });

  it('leaves small pictures to the plain loops', () => {
    const input = noise({ width: 20, height: 20, channels: 3, depth: 8 });
    const table = noisyTable(8, 1);
    expect(tableLevels([table, table, table], input, createRaster(input), neverAborted)).toBe(false);
  });

  it('stops between bands when it is aborted', () => {
    const input = pooled(noise({ width: 300, height: 900, channels: 3, depth: 8 }));
    const output = pooled(createRaster(input));
    const table = tableOf(8, (level) => level >> 1);
    let asked = 0;
    const signal = {
      get aborted() {
        return ++asked > 1;
      },
    };
    expect(() => tableLevels([table, table, table], input, output, signal)).toThrow(Cancelled);
    expect(output.data.at(-1)).toBe(0);
  });
});

describe('applyPointTo', () => {
  const parts: readonly Rectangle[] = [
    { x: 0, y: 0, width: 210, height: 200 },
    { x: 0, y: 20, width: 210, height: 170 },
    { x: 13, y: 7, width: 190, height: 180 },
    { x: 209, y: 199, width: 1, height: 1 },
  ];

  const check = (): void => {
    for (const depth of DEPTHS) {
      const picture = noise({ width: 210, height: 200, channels: 3, depth });
      const place = { x: 40, y: 50, width: 210, height: 200 };
      const tables = [1, 2, 3].map((seed) => noisyTable(depth, seed));
      const programs = [
        { kind: 'table', tables } as const,
        { kind: 'loop', formula: 'min(r + x + y, T)', constants: {} } as const,
      ];
      for (const program of programs) {
        for (const part of parts) {
          const rectangle = { ...part, x: part.x + place.x, y: part.y + place.y };
          const expected = createRaster({ ...picture, width: part.width, height: part.height });
          copyRegion({ raster: picture, rectangle: place }, { raster: expected, rectangle }, rectangle);
          plainApplyPoint(program, expected, wholeOf(expected), neverAborted, rectangle);
          const output = createRaster(expected);
          const input = { raster: picture, rectangle: place };
          applyPointTo(program, input, { raster: output, rectangle }, neverAborted);
          expectSameLevels(output, expected);
          copyRegion({ raster: picture, rectangle: place }, { raster: output, rectangle }, rectangle);
          applyPoint(program, output, wholeOf(output), neverAborted, rectangle);
          expectSameLevels(output, expected);
        }
      }
    }
  };

  it('does what copying and applyPoint do, for any part', check);

  describe('with fast kernels', () => {
    withFastKernels();
    it('does the same', () => expectFast(['mapPairs3', 'mapWords3'], check));
  });

  it('keeps white white', () => {
    const input = noise({ width: 3, height: 3, channels: 1, depth: 8 });
    input.data.fill(topOf(8));
    const output = createRaster(input);
    const program = { kind: 'table', tables: [tableOf(8, (level) => level)] } as const;
    applyPointTo(
      program,
      { raster: input, rectangle: wholeOf(input) },
      { raster: output, rectangle: wholeOf(input) },
      neverAborted,
    );
    expectSameLevels(output, input);
  });
});
