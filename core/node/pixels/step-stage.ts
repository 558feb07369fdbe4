/** A step of a document where it stands, with the picture that it meets, for panels that show something of that picture. */

import { stackOf, type Document, type StackOwner, type StepId } from '../../document/document';
import type { Raster, Shape } from '../../raster/raster';
import type { Size } from '../../raster/rectangle';
import { createRaster } from '../../raster/raster';
import { lumaRegion } from '../../derive/explain';
import { toColour } from '../../raster/convert';
import { sceneOf } from './document-scene';
import { lookedAs, renderPart, stagesOf, type Scene, type Stage, type StackScene } from './stage';

export interface StandingStep {
  readonly scene: StackScene;
  readonly stage: Stage;
}

/** Null where the step is not carried out. Throws a `FaultError` where a step cannot stand. */
export async function standingStep(
  scene: Scene,
  document: Document,
  owner: StackOwner,
  step: StepId,
): Promise<StandingStep | null> {
  const own = await sceneOf(scene, document, owner);
  if (own === null) return null;
  const stage = stagesOf(own.input, [], stackOf(document, owner)).find((each) => each.step.id === step);
  return stage === undefined ? null : { scene: own, stage };
}

/** Places 0 … length − 1 at equal distances, `count` of them at most, each in the middle of its part. */
function placesAlong(length: number, count: number): readonly number[] {
  const places = Math.min(length, count);
  return Array.from({ length: places }, (_, at) => Math.floor(((at + 0.5) * length) / places));
}

/** The grid over a picture of this size whose longer side has at most `longest` places. */
function gridSize({ width, height }: Size, longest: number): Size {
  const share = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/**
 * A few of the pixels that a step meets, on a regular grid, as the operation meets them: not a reduced picture, whose means would be
 * levels that no pixel has.
 */
export async function sampledInput({ scene, stage }: StandingStep, longest: number): Promise<Raster> {
  const { input, beneath } = stage;
  const document = scene.after(beneath);
  const size = gridSize(input, longest);
  const columns = placesAlong(input.width, size.width);
  const rows = placesAlong(input.height, size.height);
  const lines = await Promise.all(
    rows.map(async (y) =>
      met(stage, await renderPart(scene, document, { x: 0, y, width: input.width, height: 1 })),
    ),
  );
  const shape: Shape = { ...size, channels: lines[0].channels, depth: lines[0].depth };
  const grid = createRaster(shape);
  for (const [row, { data, channels }] of lines.entries()) {
    for (const [column, x] of columns.entries()) {
      const to = (row * size.width + column) * channels;
      grid.data.set(data.subarray(x * channels, (x + 1) * channels), to);
    }
  }
  return grid;
}

function met(stage: Stage, region: Parameters<typeof lumaRegion>[0]): Raster {
  const { as } = lookedAs(stage);
  if (as === 'luma') return lumaRegion(region).raster;
  return as === 'colour' ? toColour(region.raster) : region.raster;
}
