/** Paints levels as a grid of cells: each on its own tone, its number in it where there is room, hatched where the picture has no such pixel. */

import { inkOn } from '../canvas/ink';
import { levelText } from '../../core/raster/number-text';

export interface ToneCell {
  /** Null: nothing is known yet. */
  readonly level: number | null;
  readonly outside: boolean;
}

export interface CellPaint {
  readonly columns: number;
  readonly cells: readonly ToneCell[];
  /** Device pixels a cell. */
  readonly side: number;
  /** The largest level. */
  readonly top: number;
  /** The outline of cells of which nothing is known; they have no ground, for any would be the tone of a level. */
  readonly empty: string;
  readonly font: string;
}

/** A number needs so much of its cell's width a character. */
const SHARE = 0.24;
/** Smaller numbers cannot be read. */
const SMALLEST = 8;

/** The size of the numbers in device pixels; null where they would be too small. `ratio`: device pixels a CSS pixel. */
export function numberSize(side: number, digits: number, ratio: number): number | null {
  const size = Math.floor(Math.min(side * 0.4, (side * SHARE * 6) / digits));
  return size >= SMALLEST * ratio ? size : null;
}

function textOf(level: number): string {
  return levelText(level, 1);
}

/** Paints all cells from the top left corner. */
export function paintCells(context: CanvasRenderingContext2D, paint: CellPaint, ratio: number): void {
  const { columns, cells, side, top, empty, font } = paint;
  const size = numberSize(side, String(top).length, ratio);
  const gap = side >= 8 * ratio ? Math.max(1, Math.round(ratio)) : 0;
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.strokeStyle = empty;
  context.lineWidth = gap;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  if (size !== null) context.font = `${size}px ${font}`;
  cells.forEach(({ level, outside }, at) => {
    const x = (at % columns) * side;
    const y = Math.floor(at / columns) * side;
    if (level === null) {
      if (gap > 0) context.strokeRect(x + gap / 2, y + gap / 2, side - 2 * gap, side - 2 * gap);
      return;
    }
    const tone = Math.round((level / top) * 255);
    context.fillStyle = `rgb(${tone} ${tone} ${tone})`;
    context.fillRect(x, y, side - gap, side - gap);
    const ink = inkOn([level, level, level], top);
    if (outside) hatch(context, x, y, side - gap, ink, ratio);
    if (size === null) return;
    const text = textOf(level);
    if (outside) {
      // The number keeps a calm ground of its own between the lines.
      const width = context.measureText(text).width + 4 * ratio;
      context.fillStyle = `rgb(${tone} ${tone} ${tone})`;
      context.fillRect(x + (side - gap - width) / 2, y + (side - gap) / 2 - size * 0.6, width, size * 1.2);
    }
    context.fillStyle = ink;
    context.fillText(text, x + (side - gap) / 2, y + (side - gap) / 2 + size * 0.06);
  });
}

function hatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  side: number,
  ink: string,
  ratio: number,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, side, side);
  context.clip();
  context.strokeStyle = ink;
  context.globalAlpha = 0.45;
  context.lineWidth = ratio;
  context.beginPath();
  const step = Math.max(4 * ratio, side / 5);
  for (let from = -side; from < side; from += step) {
    context.moveTo(x + from, y + side);
    context.lineTo(x + from + side, y);
  }
  context.stroke();
  context.restore();
}
