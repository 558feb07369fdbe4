/**
 * Draws the frames that are there onto the canvas, wherever the viewport has moved meanwhile: a frame knows which part of the
 * picture it is, so an old one is simply scaled until the new one has come. From 100 % on pixels stay hard; below, the
 * browser's scaling takes a frame of at most twice the size down to the screen.
 */

import type { Rectangle, Size } from '../../core/raster/rectangle';
import type { DrawnFrame } from '../session/frame-store';
import type { Viewport } from './viewport';

export interface Scene {
  readonly viewport: Viewport;
  /** The canvas in device pixels. */
  readonly canvas: Size;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  readonly after: DrawnFrame | null;
  readonly before: DrawnFrame | null;
  /** Of the whole picture, under `after`. */
  readonly backing: DrawnFrame | null;
  readonly show: 'after' | 'before' | 'both';
  /** Where the split stands, 0 … 1. */
  readonly split: number;
}

/** What shows through transparent parts. */
export interface Checkers {
  readonly light: string;
  readonly dark: string;
}

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export function paint(context: Context, scene: Scene, checkers: Checkers): void {
  const { canvas, show, after, before, backing, split } = scene;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (show !== 'both') {
    const front = show === 'before' ? (before ?? after) : after;
    paintPicture(context, scene, checkers, show === 'before' && before ? null : backing, front);
    return;
  }
  const at = Math.round(split * canvas.width);
  clipped(context, { x: 0, y: 0, width: at, height: canvas.height }, () =>
    paintPicture(context, scene, checkers, null, before ?? after),
  );
  clipped(context, { x: at, y: 0, width: canvas.width - at, height: canvas.height }, () =>
    paintPicture(context, scene, checkers, backing, after),
  );
}

/** One picture: the checkers, what is behind, and the frame in front. */
function paintPicture(
  context: Context,
  scene: Scene,
  checkers: Checkers,
  backing: DrawnFrame | null,
  front: DrawnFrame | null,
): void {
  if (front === null) return;
  const { full } = front.frame;
  // Of one that still grows, the rest is not transparent: nobody knows yet what it is.
  const isAll = front.frame.growing !== true || backing !== null;
  const area = isAll ? onCanvas(scene, { x: 0, y: 0, ...full }) : placeOf(scene, front);
  clipped(context, area, () => {
    context.fillStyle = checkerPattern(context, scene, checkers);
    context.fillRect(area.x, area.y, area.width, area.height);
    if (backing !== null && backing !== front && sameSize(backing.frame.full, full)) {
      drawFrame(context, scene, backing);
      // A transparent frame must not show an older one through.
      const place = placeOf(scene, front);
      context.fillRect(place.x, place.y, place.width, place.height);
    }
    drawFrame(context, scene, front);
  });
}

function drawFrame(context: Context, scene: Scene, { frame, picture }: DrawnFrame): void {
  const place = placeOf(scene, { frame });
  context.imageSmoothingEnabled = frame.level > 0 || scene.viewport.zoom < 1;
  // A preview has to be there soon; the exact frame may take some milliseconds to look its best.
  context.imageSmoothingQuality = frame.exact ? 'medium' : 'low';
  context.drawImage(picture.image, place.x, place.y, place.width, place.height);
}

/** Where a frame lies on the canvas. */
export function placeOf(scene: Pick<Scene, 'viewport'>, { frame }: Pick<DrawnFrame, 'frame'>): Rectangle {
  const factor = 2 ** frame.level;
  const { x, y, width, height } = frame.region;
  return onCanvas(scene, { x: x * factor, y: y * factor, width: width * factor, height: height * factor });
}

/** A rectangle of the picture in whole device pixels of the canvas, so that 100 % is a copy. */
export function onCanvas({ viewport }: Pick<Scene, 'viewport'>, part: Rectangle): Rectangle {
  const { zoom } = viewport;
  const x = originOf(viewport.x, zoom);
  const y = originOf(viewport.y, zoom);
  const left = Math.round(x + part.x * zoom);
  const top = Math.round(y + part.y * zoom);
  return {
    x: left,
    y: top,
    width: Math.round(x + (part.x + part.width) * zoom) - left,
    height: Math.round(y + (part.y + part.height) * zoom) - top,
  };
}

/** Where the picture's edge falls: on a whole device pixel. */
function originOf(start: number, zoom: number): number {
  return Math.round(-start * zoom);
}

function clipped(context: Context, area: Rectangle, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.width, area.height);
  context.clip();
  draw();
  context.restore();
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

/** A CSS pixel count for one square of the checkers. */
const SQUARE = 8;
let made: { readonly pattern: CanvasPattern; readonly name: string } | null = null;

function checkerPattern(
  context: Context,
  { ratio }: Scene,
  { light, dark }: Checkers,
): CanvasPattern | string {
  const square = Math.max(1, Math.round(SQUARE * ratio));
  const name = `${square} ${light} ${dark}`;
  if (made?.name === name) return made.pattern;
  const tile = new OffscreenCanvas(2 * square, 2 * square);
  const drawing = tile.getContext('2d');
  if (drawing === null) return light;
  drawing.fillStyle = light;
  drawing.fillRect(0, 0, 2 * square, 2 * square);
  drawing.fillStyle = dark;
  drawing.fillRect(square, 0, square, square);
  drawing.fillRect(0, square, square, square);
  const pattern = context.createPattern(tile, 'repeat');
  if (pattern === null) return light;
  made = { pattern, name };
  return pattern;
}
