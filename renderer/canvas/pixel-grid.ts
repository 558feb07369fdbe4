/**
 * Draws lines between the pixels of a picture that is shown very large, and their levels into them. All in device pixels, on the same
 * whole ones as the picture itself, so that it stays crisp on every screen.
 */

import type { PixelBlock } from '../../core/protocol/reading-calls';
import { LARGEST_READ } from '../../core/protocol/reading-calls';
import { topOf } from '../../core/raster/raster';
import { intersect, isEmpty, wholeOf, type Rectangle, type Size } from '../../core/raster/rectangle';
import { channelName } from '../../core/derive/explanation';
import { levelOf, levelsIn } from '../session/pixel-block';
import type { PixelNumbers } from '../session/session.svelte';
import { inkOn } from './ink';
import { onCanvas, type Context } from './paint';
import { pictureAt, type Viewport } from './viewport';

/** Device pixels a picture pixel from which there are lines, and from which there are numbers. */
export const LINES_FROM = 8;
export const NUMBERS_FROM = 32;

export interface GridScene {
  readonly viewport: Viewport;
  /** The canvas in device pixels. */
  readonly canvas: Size;
  readonly picture: Size;
}

/** The pixels of the picture that are to be seen at least in part. */
export function visiblePixels({ viewport, canvas, picture }: GridScene): Rectangle {
  const start = pictureAt(viewport, { x: 0, y: 0 });
  const end = pictureAt(viewport, { x: canvas.width, y: canvas.height });
  const [x, y] = [Math.floor(start.x), Math.floor(start.y)];
  const seen = { x, y, width: Math.ceil(end.x) - x, height: Math.ceil(end.y) - y };
  return intersect(seen, wholeOf(picture));
}

/** The parts in which pixels are read: squares that stay the same while the picture is moved. */
export function partsOver(pixels: Rectangle): readonly Rectangle[] {
  if (isEmpty(pixels)) return [];
  const side = LARGEST_READ / 2;
  const parts: Rectangle[] = [];
  const from = (start: number): number => Math.floor(start / side) * side;
  for (let y = from(pixels.y); y < pixels.y + pixels.height; y += side) {
    for (let x = from(pixels.x); x < pixels.x + pixels.width; x += side) {
      parts.push({ x, y, width: side, height: side });
    }
  }
  return parts;
}

/** A dark line along the first device pixels of every cell, a light one beside it: one of them shows on any tone. */
export function drawLines(context: Context, scene: GridScene): void {
  const pixels = visiblePixels(scene);
  if (isEmpty(pixels)) return;
  const all = onCanvas(scene, pixels);
  for (const [shift, style] of [
    [-1, 'rgb(255 255 255 / 0.2)'],
    [0, 'rgb(0 0 0 / 0.34)'],
  ] as const) {
    context.fillStyle = style;
    for (let x = pixels.x; x <= pixels.x + pixels.width; x++) {
      const line = onCanvas(scene, { x, y: pixels.y, width: 1, height: 1 });
      context.fillRect(line.x + shift, all.y, 1, all.height);
    }
    for (let y = pixels.y; y <= pixels.y + pixels.height; y++) {
      const line = onCanvas(scene, { x: pixels.x, y, width: 1, height: 1 });
      context.fillRect(all.x, line.y + shift, all.width, 1);
    }
  }
}

/** What stands in a cell, line by line. Of equal colours one number says it; alpha is told where something shows through. */
export function numbersOf(
  block: PixelBlock,
  levels: readonly number[],
  show: PixelNumbers,
): readonly string[] {
  if (show !== 'All') return [String(levelOf(block, levels, show))];
  const top = topOf(block.depth);
  const hasAlpha = channelName(levels.length, levels.length - 1) === 'A';
  const colours = hasAlpha ? levels.slice(0, -1) : levels;
  const isGrey = colours.every((level) => level === colours[0]);
  const lines = (isGrey ? colours.slice(0, 1) : colours).map(String);
  const alpha = levels[levels.length - 1];
  return hasAlpha && alpha < top ? [...lines, `α${alpha}`] : lines;
}

/** The tone on which a cell's numbers stand: its colour over the middle of the checkers. */
function groundOf(block: PixelBlock, levels: readonly number[]): readonly [number, number, number] {
  const top = topOf(block.depth);
  const alpha = levels.length % 2 === 0 ? levels[levels.length - 1] / top : 1;
  const tone = (level: number): number => level * alpha + (top / 2) * (1 - alpha);
  return levels.length < 3
    ? [tone(levels[0]), tone(levels[0]), tone(levels[0])]
    : [tone(levels[0]), tone(levels[1]), tone(levels[2])];
}

/** Device pixels of a letter's width and a line's height, for a font one device pixel large. */
const LETTER = 0.58;
const LINE = 1.12;

/** Writes the levels of every pixel that is to be seen and known. */
export function drawNumbers(
  context: Context,
  scene: GridScene,
  blocks: readonly PixelBlock[],
  show: PixelNumbers,
): void {
  const { zoom } = scene.viewport;
  const seen = visiblePixels(scene);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  let set = 0;
  for (const block of blocks) {
    const { x, y, width, height } = intersect(block, seen);
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) {
        const levels = levelsIn(block, column, row);
        if (levels === null) continue;
        const lines = numbersOf(block, levels, show);
        const longest = Math.max(3, ...lines.map((line) => line.length));
        const count = Math.max(lines.length, show === 'All' && block.channels > 2 ? 3 : 2);
        const size = Math.floor(Math.min((zoom - 4) / (longest * LETTER), (zoom - 4) / (count * LINE)));
        const cell = onCanvas(scene, { x: column, y: row, width: 1, height: 1 });
        // Reading a font is dear, and nearly all cells have the same.
        if (size !== set) context.font = `${size}px "Inter Variable", system-ui, sans-serif`;
        set = size;
        context.fillStyle = inkOn(groundOf(block, levels), topOf(block.depth));
        const middle = cell.y + cell.height / 2 + 1;
        lines.forEach((line, at) => {
          const down = (at - (lines.length - 1) / 2) * size * LINE;
          context.fillText(line, cell.x + cell.width / 2, Math.round(middle + down));
        });
      }
    }
  }
}
