/**
 * Operations that give colour to a gray picture (OPERATIONS.md 12b) are written for RGB alone: a gray picture is repeated to three
 * channels before them, and what they limit (2.6) is that picture.
 */

import { channelsFor, hasAlpha, type Shape } from '../raster/raster';
import type { Operation } from './operation';

export function needsColour(operation: Operation): boolean {
  return operation.kind === 'point' && operation.inColour === true;
}

/** The picture that the operation meets, given its input: the same, in RGB where it needs that. */
export function workingShape(operation: Operation, input: Shape): Shape {
  return needsColour(operation) ? { ...input, channels: channelsFor(3, hasAlpha(input)) } : input;
}
