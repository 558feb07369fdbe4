/** The line along which the levels of an open document are plotted: like the selection, no part of the document. */

import { pixelCount, type Line } from '../../core/derive/line-profile';
import type { Size } from '../../core/raster/rectangle';

export type LineEnd = 'from' | 'to';

export class MeasuredLine {
  /** Between pixels of the picture; null: none. */
  line = $state.raw<Line | null>(null);
  /** The number of the pixel that is marked, on the plot and on the canvas; null: none. */
  marked = $state<number | null>(null);
  readonly #size: () => Size;

  /** `size` is that of the picture. */
  constructor(size: () => Size) {
    this.#size = size;
  }

  set(line: Line | null): void {
    this.line = line;
    if (line === null || (this.marked !== null && this.marked >= pixelCount(line))) this.marked = null;
  }

  /** From the middle of the left edge to the middle of the right one. */
  across(): void {
    const { width, height } = this.#size();
    const y = Math.floor(height / 2);
    this.set({ from: { x: 0, y }, to: { x: width - 1, y } });
  }

  /** Moves one end, or both, by whole pixels, as far as there is a picture. */
  move(which: LineEnd | 'both', dx: number, dy: number): void {
    if (this.line === null) return;
    const { from, to } = this.line;
    const size = this.#size();
    if (which !== 'both') {
      const end = this.line[which];
      this.set({ ...this.line, [which]: within({ x: end.x + dx, y: end.y + dy }, size) });
      return;
    }
    const bx = clampMove(dx, from.x, to.x, size.width);
    const by = clampMove(dy, from.y, to.y, size.height);
    this.set({ from: { x: from.x + bx, y: from.y + by }, to: { x: to.x + bx, y: to.y + by } });
  }

  /** The picture has another size now. */
  drop(): void {
    this.set(null);
  }
}

/** The pixel of the picture that is nearest to this place. */
export function within(
  { x, y }: { readonly x: number; readonly y: number },
  { width, height }: Size,
): { readonly x: number; readonly y: number } {
  return { x: Math.max(0, Math.min(width - 1, x)), y: Math.max(0, Math.min(height - 1, y)) };
}

/** As much of a move as keeps both places inside. */
function clampMove(by: number, a: number, b: number, length: number): number {
  return Math.max(-Math.min(a, b), Math.min(length - 1 - Math.max(a, b), by));
}
