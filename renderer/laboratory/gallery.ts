/** What hangs in the gallery: the step's own matrix, where it has one, and every kernel that has a name. */

import { kernelParameter, namedKernelValues } from '../../core/derive/kernel-facts';
import { kernelOf } from '../../core/operation/named-kernels';
import type { Operation } from '../../core/operation/operation';
import { titleOf, type GivenValues, type Matrix } from '../../core/operation/parameter';
import type { Size } from '../../core/raster/rectangle';

export interface Exhibit {
  readonly id: string;
  readonly title: string;
  readonly matrix: Matrix;
  /** The values that give a step this kernel; empty for the one that it has. */
  readonly values: GivenValues;
  /** Whether the step has it. */
  readonly current: boolean;
}

/** An own matrix comes first, so that it can be compared with the others. */
export function exhibitsOf(operation: Operation, given: GivenValues): readonly Exhibit[] {
  const name = kernelParameter(operation);
  const parameter = name === null ? undefined : operation.parameters[name];
  if (name === null || parameter?.kind !== 'kernel') return [];
  const now = given[name];
  const named = parameter.names.map((kernel) => ({
    id: kernel,
    title: titleOf(kernel),
    matrix: kernelOf(kernel).matrix,
    values: namedKernelValues(operation, kernel),
    current: now === kernel,
  }));
  if (!isMatrix(now)) return named;
  return [{ id: 'own', title: 'Own matrix', matrix: now, values: {}, current: true }, ...named];
}

function isMatrix(value: unknown): value is Matrix {
  return Array.isArray(value) && Array.isArray(value[0]);
}

/** The exhibit that a key leads to from another, `columns` a row; null where it is no such key. */
export function neighbour(key: string, at: number, count: number, columns: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return Math.min(count - 1, at + 1);
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowDown':
      return at + columns < count ? at + columns : at;
    case 'ArrowUp':
      return at >= columns ? at - columns : at;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Of a card's picture, in CSS pixels, from the largest. */
const PICTURES: readonly Size[] = [400, 320, 280, 240, 200, 160].map((width) => ({
  width,
  height: width * 0.75,
}));
/** What a card takes besides its picture: its edges, its name and its numbers, and the gap to the next one. */
const AROUND: Size = { width: 20, height: 86 };
/** The list's own edges, less the gap that the last card of a row does not need. */
const EDGES = 20;

/** The largest pictures with which so many cards are to be seen at once in the room that there is; the smallest where none are. */
export function pictureSize(count: number, room: Size): Size {
  const smallest = PICTURES[PICTURES.length - 1];
  const fits = ({ width, height }: Size): boolean => {
    const columns = Math.floor((room.width - EDGES) / (width + AROUND.width));
    return columns > 0 && Math.ceil(count / columns) * (height + AROUND.height) <= room.height;
  };
  return PICTURES.find(fits) ?? smallest;
}
