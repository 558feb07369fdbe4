import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuse } from '../../../core/plan/fuse';
import { evaluate, type Leaves } from '../../../core/plan/evaluate';
import type { Looked } from '../../../core/plan/look';
import { lookThrough } from '../../../core/plan/look-through';
import type { Node } from '../../../core/plan/node';
import { geometryOperation } from '../../../core/plan/registered';
import { measure } from '../../../core/operation/measure';
import type { AnyValues, Measurement } from '../../../core/operation/operation';
import {
  colourChannelsOf,
  createRaster,
  levelsOf,
  type Raster,
  type Shape,
} from '../../../core/raster/raster';
import { wholeOf } from '../../../core/raster/rectangle';
import { neverAborted } from '../../../core/raster/signal';
import { DEPTHS, LAYOUTS, noise } from '../../support/rasters';

const leavesOf = (picture: Raster): Leaves => ({ picture: () => picture, stored: () => [] });

function pictureOf(node: Node, source: Raster): Raster {
  const raster = createRaster(node.shape);
  evaluate(node, { raster, rectangle: wholeOf(raster) }, leavesOf(source), neverAborted);
  return raster;
}

function sourceNode(shape: Shape): Node {
  return { kind: 'picture', key: 'source', shape, step: null, source: 'source' };
}

function tableNode(input: Node, seed: number): Node {
  const { shape } = input;
  const tables = Array.from({ length: colourChannelsOf(shape) }, (_, channel) => {
    const size: Shape = { width: levelsOf(shape.depth), height: 1, channels: 1, depth: shape.depth };
    const { data } = noise(size, seed + channel);
    // One that rises, one that falls, and one that does as it likes.
    if (seed % 3 === 0) data.sort();
    if (seed % 3 === 1) data.sort().reverse();
    return data;
  });
  return {
    kind: 'point',
    key: `${input.key} ${seed}`,
    shape,
    step: null,
    program: { kind: 'table', tables },
    input,
  };
}

const MOVES: readonly (readonly [operation: string, values: AnyValues])[] = [
  ['flip', { axis: 'horizontal' }],
  ['flip', { axis: 'vertical' }],
  ['rotate90', { turns: 1 }],
  ['rotate90', { turns: 2 }],
  ['rotate90', { turns: 3 }],
  ['crop', { x: 1, y: 2, width: 9, height: 7 }],
];

function moveNode(input: Node, move: number): Node {
  const [operation, values] = MOVES[move];
  const shape = geometryOperation(operation).shape(values, input.shape);
  if (!shape.ok) throw new Error(shape.fault.message);
  const key = `${input.key} ${operation} ${move}`;
  return { kind: 'geometry', key, shape: shape.value, step: null, operation, values, input };
}

const picture = fc.record({
  width: fc.integer({ min: 3, max: 12 }),
  height: fc.integer({ min: 3, max: 12 }),
  channels: fc.constantFrom(...LAYOUTS),
  depth: fc.constantFrom(...DEPTHS),
});

/** Tables (given by a seed above 100) and moves in a row. */
const steps = fc.array(fc.oneof(fc.nat(MOVES.length - 1), fc.integer({ min: 101, max: 1e6 })), {
  minLength: 1,
  maxLength: 5,
});

function chain(shape: Shape, made: readonly number[]): Node | null {
  let node = sourceNode(shape);
  for (const step of made) {
    if (step < 100 && MOVES[step][0] === 'crop' && (node.shape.width < 3 || node.shape.height < 4))
      return null;
    node = step > 100 ? tableNode(node, step) : moveNode(node, step);
  }
  return node;
}

/** Deep comparison of 65,536 numbers takes longer than counting them. */
function textOf(looked: Looked): string {
  if (looked.kind !== 'histogram') return JSON.stringify(looked);
  const { levels, count, bins } = looked.histogram;
  return `${levels} levels, ${count} pixels: ${bins.map((counts) => counts.join()).join('; ')}`;
}

it('what follows from a look at the input is what a look at the picture itself sees', () => {
  const looks: readonly Measurement[] = [
    'histogram',
    'histogramWithAlpha',
    'lumaHistogram',
    'extremes',
    'largestLuma',
  ];
  let followed = 0;
  fc.assert(
    fc.property(picture, steps, fc.constantFrom(...looks), (shape, made, look) => {
      const node = chain(shape, made);
      fc.pre(node !== null);
      const source = noise(shape);
      const seen = (at: Node, wanted: Measurement): Looked => {
        const through = lookThrough(at, wanted);
        if (through === null || typeof through.look === 'object' || through.look === 'opaque') {
          return measure(wanted, pictureOf(at, source));
        }
        followed++;
        return through.follow(seen(through.node, through.look));
      };
      expect(textOf(seen(node, look))).toBe(textOf(measure(look, pictureOf(node, source))));
    }),
  );
  expect(followed).toBeGreaterThan(0);
});

it('whether anything is transparent is seen beneath what leaves alpha alone, and not beneath a cut', () => {
  const source = sourceNode({ width: 12, height: 12, channels: 4, depth: 8 });
  expect(lookThrough(tableNode(source, 101), 'opaque')?.node).toBe(source);
  expect(lookThrough(moveNode(source, 0), 'opaque')?.node).toBe(source);
  expect(lookThrough(moveNode(source, 5), 'opaque')).toBeNull();
});

it('moves in a row become one, which gives the same picture', () => {
  let joined = 0;
  fc.assert(
    fc.property(picture, steps, (shape, made) => {
      const node = chain(shape, made);
      fc.pre(node !== null);
      const fused = fuse(node, null);
      if (fused.kind === 'rearrange') joined++;
      const source = noise(shape);
      const [one, all] = [pictureOf(fused, source), pictureOf(node, source)];
      expect({ ...one, data: one.data.join() }).toEqual({ ...all, data: all.data.join() });
    }),
  );
  expect(joined).toBeGreaterThan(0);
});

it('a move is not joined with what lies beneath the step being dragged', () => {
  const source = sourceNode({ width: 12, height: 12, channels: 1, depth: 8 });
  const held = { ...moveNode(moveNode(source, 0), 2), step: 'held' };
  expect(fuse(held, 'held').kind).toBe('geometry');
  expect(fuse(held, null).kind).toBe('rearrange');
});
