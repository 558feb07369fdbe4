/**
 * A window that goes over a part of a picture like the light of a torch, and what it leaves behind: the cells of the result whose windows
 * are centred on the part, the cells of the picture that they look at (also those beyond its edges), and how each result comes about.
 * The levels are those that the engine stores: the map is made by the operation's own kernel, the explanation by its plain definition.
 */

import { applyArea, neededRegion, windowRegion } from '../operation/area';
import type { AnyValues, AreaOperation } from '../operation/operation';
import { boundaryIndex } from '../raster/boundary';
import type { Result } from '../raster/fault';
import { createRaster, scaleOf, type Raster, type Region, type Shape } from '../raster/raster';
import { intersect, isEmpty, unite, wholeOf, type Rectangle } from '../raster/rectangle';
import { neverAborted } from '../raster/signal';
import { explainStep } from './explain';
import type { Explanation } from './explanation';

export interface TorchScene {
  readonly operation: AreaOperation;
  /** Complete and checked. */
  readonly values: AnyValues;
  /** The picture that the operation meets. */
  readonly whole: Shape;
  /** Its pixels on which windows are centred. */
  readonly part: Rectangle;
}

/** First and last of the results along one side whose windows are centred on `from … from + count − 1`. */
function centredOn(
  from: number,
  count: number,
  stride: number,
  offset: number,
  results: number,
): { readonly first: number; readonly count: number } {
  const first = Math.max(0, Math.ceil((from - offset) / stride));
  const last = Math.min(results - 1, Math.floor((from + count - 1 - offset) / stride));
  return { first, count: Math.max(0, last - first + 1) };
}

/** The results whose windows are centred on the part, in pixels of the result; empty where there are none. A fault where there is no result. */
export function torchCells({ operation, values, whole, part }: TorchScene): Result<Rectangle> {
  const shape = operation.shape?.(values, whole) ?? { ok: true, value: whole };
  if (!shape.ok) return shape;
  const { stride, offsetX, offsetY } = operation.window(values);
  const across = centredOn(part.x, part.width, stride, offsetX, shape.value.width);
  const down = centredOn(part.y, part.height, stride, offsetY, shape.value.height);
  const value = { x: across.first, y: down.first, width: across.count, height: down.count };
  return { ok: true, value };
}

/** The pixels that the windows of `cells` cover, and the part itself; may reach outside the picture. */
export function torchGround({ operation, values, part }: TorchScene, cells: Rectangle): Rectangle {
  return isEmpty(cells) ? part : unite(part, windowRegion(operation, values, cells));
}

/** The part of the picture that must be known for `cells` and the ground beneath them. */
export function torchNeeds({ operation, values, whole, part }: TorchScene, cells: Rectangle): Rectangle {
  const own = intersect(part, wholeOf(whole));
  return isEmpty(cells) ? own : unite(own, neededRegion(operation, values, whole, cells));
}

/** The window of one result, in pixels of the picture. */
export function torchWindow(scene: TorchScene, x: number, y: number): Rectangle {
  return windowRegion(scene.operation, scene.values, { x, y, width: 1, height: 1 });
}

/** The stored levels of `cells`, from an input that holds `torchNeeds`. */
export function torchMap(scene: TorchScene, cells: Rectangle, input: Region): Raster {
  const { operation, values, whole } = scene;
  const { width, height } = cells;
  const raster = createRaster({ ...whole, width, height });
  applyArea(operation, values, input, whole, { raster, rectangle: cells }, neverAborted);
  return raster;
}

/** A pixel of the ground. */
export interface GroundCell {
  /** As the boundary rule continues the picture, where it lies outside; perhaps a fraction where that is a constant. */
  readonly level: number;
  readonly outside: boolean;
}

/** The levels of a channel on the ground, row by row, from an input that holds `torchNeeds`. */
export function groundCells(
  { operation, values, whole }: TorchScene,
  ground: Rectangle,
  { raster, rectangle }: Region,
  channel: number,
): readonly GroundCell[] {
  const { rule, constant } = operation.boundary(values);
  return Array.from({ length: ground.width * ground.height }, (_, at): GroundCell => {
    const x = ground.x + (at % ground.width);
    const y = ground.y + Math.floor(at / ground.width);
    const column = boundaryIndex(rule, x, whole.width);
    const row = boundaryIndex(rule, y, whole.height);
    const outside = x < 0 || y < 0 || x >= whole.width || y >= whole.height;
    if (column < 0 || row < 0) return { level: constant * scaleOf(whole.depth), outside };
    const pixel = (row - rectangle.y) * raster.width + (column - rectangle.x);
    return { level: raster.data[pixel * raster.channels + channel], outside };
  });
}

/** How one result comes about, from an input that holds `torchNeeds` of it. */
export function explainResult(scene: TorchScene, input: Region, x: number, y: number): Explanation {
  const { operation, values, whole } = scene;
  return explainStep({
    operation,
    values,
    channels: 'rgb',
    opacity: 1,
    mask: null,
    whole,
    x,
    y,
    input,
    measured: null,
    second: null,
    outcome: null,
  });
}

/** The scene in which the part is a picture of its own: its edges are where the boundary rule begins. */
export function aloneIn(scene: TorchScene): TorchScene {
  const { width, height } = scene.part;
  return {
    ...scene,
    whole: { ...scene.whole, width, height },
    part: { x: 0, y: 0, width, height },
  };
}
