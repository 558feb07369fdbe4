/** The definition of an operation, sample by sample, with no faster path; what fast paths are held against. */

import { referenceArea, windowRegion } from '../../core/operation/area';
import { measure } from '../../core/operation/measure';
import type { AnyValues, AreaOperation, GeometryOperation, Operation } from '../../core/operation/operation';
import { evaluatePixel, measurementFor, pointFormula } from '../../core/operation/point-formula';
import { needsColour } from '../../core/operation/working-shape';
import { toColour } from '../../core/raster/convert';
import { createRaster, topOf, type Raster } from '../../core/raster/raster';
import { wholeOf } from '../../core/raster/rectangle';
import { store } from '../../core/raster/rounding';

/** Definitions are slow on purpose; windows so large that a test would take minutes are left to their faster relatives. */
const MOST_READS = 4e6;

/** How many samples the definition reads. */
function readsOf(operation: AreaOperation, values: AnyValues, input: Raster): number {
  const { width, height } = windowRegion(operation, values, { x: 0, y: 0, width: 1, height: 1 });
  return input.data.length * width * height;
}

/** Null where samples are only moved. */
function geometryReference(operation: GeometryOperation, values: AnyValues, input: Raster): Raster | null {
  const shape = operation.shape(values, input);
  if (operation.reference === undefined || !shape.ok) return null;
  const output = createRaster(shape.value);
  const { width, height, channels, data } = output;
  const source = { raster: input, rectangle: wholeOf(input) };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const levels = operation.reference(values, input, source, x, y);
      data.set(
        levels.map((level) => store(level, topOf(input.depth))),
        (y * width + x) * channels,
      );
    }
  }
  return output;
}

/** Null for kinds whose only definition is the one path there is (moves, blending); the reference set holds those. */
export function plainReference(operation: Operation, values: AnyValues, given: Raster): Raster | null {
  const input = needsColour(operation) ? toColour(given) : given;
  switch (operation.kind) {
    case 'point':
    case 'global': {
      const wanted = measurementFor(operation, values, input);
      const measured = wanted === null ? null : measure(wanted, input);
      const point = pointFormula(operation, values, input, measured);
      const output = createRaster(input);
      for (let at = 0; at < input.data.length; at += input.channels) {
        const pixel = [...input.data.subarray(at, at + input.channels)];
        const index = at / input.channels;
        const place = { x: index % input.width, y: Math.floor(index / input.width) };
        output.data.set(evaluatePixel(point, pixel, input, place).stored, at);
      }
      return output;
    }
    case 'area':
      return readsOf(operation, values, input) > MOST_READS ? null : referenceArea(operation, values, input);
    case 'geometry':
      return geometryReference(operation, values, input);
    case 'whole':
    case 'blend':
    case 'composed':
      return null;
  }
}
