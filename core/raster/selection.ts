/**
 * A selection as a value: a rectangle or an ellipse of the document's picture, or everything else. It is no part of the document.
 * What is selected of a picture is decided by a pixel's centre alone (core/kernels/selected.ts).
 */

import type { Mask } from './mask';
import type { Rectangle } from './rectangle';

export type SelectionShape = 'rectangle' | 'ellipse';

/** In whole pixels of the document's picture at full resolution; of an ellipse, the rectangle around it. */
export interface SelectedArea extends Rectangle {
  readonly shape: SelectionShape;
  /** What lies outside the shape is selected. */
  readonly inverted: boolean;
}

/** As a step carries it: the same shape, without a feather. */
export function maskOf({ shape, x, y, width, height, inverted }: SelectedArea): Mask {
  return { parts: [{ shape, mode: 'add', x, y, width, height, feather: 0 }], inverted };
}

export function sameArea(a: SelectedArea | null, b: SelectedArea | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.shape === b.shape &&
    a.inverted === b.inverted &&
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height
  );
}
