/**
 * Evaluates a program for a rectangle: the picture as a function. It runs in workers and, for tests, anywhere. Every node writes
 * into a raster that its consumer gives it, so a chain of point operations works in place on the tile it will be stored in.
 */

import { blendRegions, composeLayers } from '../colour/compose';
import { applyArea } from '../operation/area';
import { measure } from '../operation/measure';
import type { Measured } from '../operation/operation';
import { applyPoint, applyPointTo } from '../operation/point-program';
import { applyWhole } from '../operation/whole';
import { halve } from '../kernels/halve';
import { limit, type MaskLevels } from '../kernels/limit';
import { writeLuma } from '../kernels/luma';
import { maskRows } from '../kernels/mask';
import { rearrangeBy } from '../kernels/rearrange';
import { displayPixels, dropAlphaOf } from '../kernels/shuffle-pixels';
import { convertInto } from '../raster/convert';
import { copyRegion, sampleCount, shapeOf, type Raster, type Region, type Shape } from '../raster/raster';
import { intersect, isEmpty, sameRectangle, wholeOf, type Rectangle } from '../raster/rectangle';
import { withScratchSamples } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import type { LimitNode, Node } from './node';
import { areaOperation, geometryOperation, wholeOperation } from './registered';
import { inputRegions } from './regions';

/** Where the leaves of a program find their samples. */
export interface Leaves {
  /** The whole picture. */
  picture(source: string): Raster;
  /** Fills a region of a picture that is nowhere as a whole; false where it is somewhere. */
  read?(source: string, output: Region): boolean;
  /** Regions that together hold the part of the stored node that is read. */
  stored(slot: number): readonly Region[];
  /** Is told of what was measured on the way. */
  saw?(measured: Measured): void;
}

/** Fills `output`, whose rectangle lies inside the node. */
export function evaluate(node: Node, output: Region, leaves: Leaves, signal: Signal): void {
  checkpoint(signal);
  const part = output.rectangle;
  const regions = inputRegions(node, part);
  switch (node.kind) {
    case 'picture': {
      if (leaves.read?.(node.source, output) === true) return;
      const raster = leaves.picture(node.source);
      copyRegion({ raster, rectangle: wholeOf(raster) }, output, part);
      return;
    }
    case 'stored':
      for (const tile of leaves.stored(node.slot)) {
        const common = intersect(tile.rectangle, part);
        if (!isEmpty(common)) copyRegion(tile, output, common);
      }
      return;
    case 'point': {
      const held = heldBy(node.input, part, leaves);
      if (held !== null) {
        applyPointTo(node.program, held, output, signal);
        return;
      }
      evaluate(node.input, output, leaves, signal);
      applyPoint(node.program, output.raster, wholeOf(output.raster), signal, part);
      return;
    }
    case 'halve':
      withHolding(node.input, regions[0], leaves, signal, (input) => halve(input, output, signal));
      return;
    case 'area':
      withHolding(node.input, regions[0], leaves, signal, (input) =>
        applyArea(areaOperation(node.operation), node.values, input, node.input.shape, output, signal),
      );
      return;
    case 'geometry':
      withHolding(node.input, regions[0], leaves, signal, (input) =>
        geometryOperation(node.operation).move(node.values, node.input.shape, input, output, signal),
      );
      return;
    case 'rearrange':
      withHolding(node.input, regions[0], leaves, signal, (input) =>
        rearrangeBy(node.placement, input, output, signal),
      );
      return;
    case 'whole':
      withHolding(node.input, regions[0], leaves, signal, (input) => {
        const { operation, values, study } = node;
        applyWhole(wholeOperation(operation), values, study, input, node.input.shape, output, signal);
      });
      return;
    case 'convert':
      withEvaluated(node.input, regions[0], leaves, signal, (input) =>
        convertInto(input.raster, output.raster),
      );
      return;
    case 'luma':
      withEvaluated(node.input, regions[0], leaves, signal, (input) =>
        writeLuma(input.raster, output.raster, signal),
      );
      return;
    case 'opaque':
      withEvaluated(node.input, regions[0], leaves, signal, (input) =>
        dropAlphaOf(input.raster, output.raster, signal),
      );
      return;
    case 'display':
      withEvaluated(node.input, regions[0], leaves, signal, (input) =>
        displayPixels(input.raster, output.raster, signal),
      );
      return;
    case 'looked':
      evaluate(node.input, output, leaves, signal);
      leaves.saw?.(measure(node.look, output.raster));
      return;
    case 'limit':
      withEvaluated(node.before, regions[0], leaves, signal, (before) =>
        withEvaluated(node.after, regions[1], leaves, signal, (after) =>
          withMask(node, regions.slice(2), part, leaves, signal, (mask) =>
            limit(node.channels, node.opacity, before.raster, after.raster, output.raster, signal, mask),
          ),
        ),
      );
      return;
    case 'blend':
      withHolding(node.backdrop, regions[0], leaves, signal, (backdrop) =>
        withHolding(node.source, regions[1], leaves, signal, (source) =>
          blendRegions(backdrop, source, node.mode, node.opacity, output, signal),
        ),
      );
      return;
    case 'composite': {
      const gather = (index: number, gathered: readonly Region[]): void => {
        if (index === node.layers.length) {
          const layers = node.layers.map((layer, at) => ({
            region: gathered[at],
            whole: layer.node.shape,
            x: layer.x,
            y: layer.y,
            opacity: layer.opacity,
            mode: layer.mode,
          }));
          composeLayers(layers, output, signal);
          return;
        }
        withHolding(node.layers[index].node, regions[index], leaves, signal, (region) =>
          gather(index + 1, [...gathered, region]),
        );
      };
      gather(0, []);
      return;
    }
  }
}

/** Lends `use` a region that holds the input's part and perhaps more: the samples where they lie, if they lie together. */
function withHolding(
  input: Node,
  part: Rectangle,
  leaves: Leaves,
  signal: Signal,
  use: (region: Region) => void,
): void {
  const held = heldBy(input, part, leaves);
  if (held === null) withEvaluated(input, part, leaves, signal, use);
  else use(held);
}

/** Lends `use` the mask's rows of a part of the node; null where there is no mask. */
function withMask(
  { mask, pictures }: LimitNode,
  parts: readonly Rectangle[],
  { x, y }: Rectangle,
  leaves: Leaves,
  signal: Signal,
  use: (rows: MaskLevels | null) => void,
): void {
  if (mask === null) return use(null);
  const gather = (gathered: readonly Region[]): void => {
    const index = gathered.length;
    if (index < pictures.length) {
      withEvaluated(pictures[index], parts[index], leaves, signal, (region) => gather([...gathered, region]));
      return;
    }
    const rows = maskRows(mask, gathered);
    use((row, levels) => rows(x, y + row, levels));
  };
  gather([]);
}

function holds(outer: Rectangle, inner: Rectangle): boolean {
  return sameRectangle(intersect(outer, inner), inner);
}

/**
 * Lends `use` exactly a part of a node, which it only reads: the samples where they lie, if they lie end to end in a picture or a
 * tile, or else evaluated into scratch memory.
 */
export function withEvaluated<T>(
  input: Node,
  part: Rectangle,
  leaves: Leaves,
  signal: Signal,
  use: (region: Region) => T,
): T {
  const lying = lyingEndToEnd(input, part, leaves);
  if (lying !== null) return use(lying);
  const shape: Shape = { ...input.shape, width: part.width, height: part.height };
  return withScratchSamples(shape.depth, sampleCount(shape), (data) => {
    const raster: Raster = { ...shape, data };
    const region: Region = { raster, rectangle: part };
    if (!isEmpty(part)) evaluate(input, region, leaves, signal);
    return use(region);
  });
}

/** The part as it lies in a picture or in one tile of a stored node; null where its rows are apart, or in several tiles. */
function lyingEndToEnd(input: Node, part: Rectangle, leaves: Leaves): Region | null {
  if (isEmpty(part)) return null;
  const held = heldBy(input, part, leaves);
  if (held === null || (part.width !== held.rectangle.width && part.height > 1)) return null;
  const { raster, rectangle } = held;
  const shape: Shape = { ...shapeOf(raster), width: part.width, height: part.height };
  const first = ((part.y - rectangle.y) * raster.width + part.x - rectangle.x) * raster.channels;
  const data = raster.data.subarray(first, first + sampleCount(shape));
  return { raster: { ...shape, data }, rectangle: part };
}

/** A region with all of the part, where a leaf of the program has it in one piece. */
function heldBy(input: Node, part: Rectangle, leaves: Leaves): Region | null {
  if (input.kind === 'picture') {
    const raster = leaves.picture(input.source);
    return { raster, rectangle: wholeOf(raster) };
  }
  if (input.kind !== 'stored') return null;
  return leaves.stored(input.slot).find(({ rectangle }) => holds(rectangle, part)) ?? null;
}
