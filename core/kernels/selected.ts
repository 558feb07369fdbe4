/**
 * Which pixels lie in a selection's shape: those where the shape's mask has a level of at least 128, that is, whose centre is inside
 * or on the edge. Selected are those in the shape, or, of an inverted selection, those that are not; so a selection and its inverse
 * share no pixel and leave none out.
 *
 * Both shapes are convex, so what lies in one of a row is a single span. It is found from where its ends must be, and settled by the
 * mask itself, so that it can never differ from what an operation is limited to.
 */

import { maskOf, type SelectedArea } from '../raster/selection';
import { maskRows } from './mask';

/** The mask's level from which on a pixel counts as inside. */
export const INSIDE = 128;

/** Columns from … to, `to` excluded; empty where they are equal. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What of row `y` lies in the shape, whether the selection is inverted or not. */
export type SpanOfRow = (y: number) => Span;

export function spansIn(area: SelectedArea): SpanOfRow {
  const { x, y, width, height } = area;
  const nothing: Span = { from: x, to: x };
  const rows = (row: number): boolean => row >= y && row < y + height;
  if (area.shape === 'rectangle') return (row) => (rows(row) ? { from: x, to: x + width } : nothing);
  const levels = maskRows(maskOf({ ...area, inverted: false }), []);
  const level = new Uint8Array(1);
  const middle = x + width / 2;
  return (row) => {
    if (!rows(row)) return nothing;
    const isInside = (column: number): boolean => {
      levels(column, row, level);
      return level[0] >= INSIDE;
    };
    const across = (2 * (row + 0.5 - y)) / height - 1;
    const half = (width / 2) * Math.sqrt(Math.max(0, 1 - across * across));
    let from = Math.floor(middle - half + 0.5);
    let to = Math.floor(middle + half - 0.5) + 1;
    while (isInside(from - 1)) from--;
    while (from < to && !isInside(from)) from++;
    while (isInside(to)) to++;
    while (to > from && !isInside(to - 1)) to--;
    return from < to ? { from, to } : nothing;
  };
}
