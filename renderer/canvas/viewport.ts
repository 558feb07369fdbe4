/**
 * Where the picture lies on the canvas, as plain arithmetic. A viewport says how many device pixels a picture pixel takes
 * and which picture point is at the top left corner of the canvas; so 100 % is one device pixel a picture pixel on every screen.
 */

import type { Rectangle, Size } from '../../core/raster/rectangle';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Viewport extends Point {
  /** Device pixels a picture pixel. `x`, `y`: the picture point at the canvas's top left corner. */
  readonly zoom: number;
}

export const SMALLEST_ZOOM = 0.005;
export const LARGEST_ZOOM = 64;

/** What zooming in and out by key or button goes through. */
const STOPS = [
  0.005,
  0.0075,
  0.01,
  0.015,
  0.02,
  0.03,
  0.05,
  0.07,
  0.1,
  0.15,
  0.2,
  0.25,
  1 / 3,
  0.5,
  2 / 3,
  1,
  1.5,
  2,
  3,
  4,
  6,
  8,
  12,
  16,
  24,
  32,
  48,
  64,
];

export function limitZoom(zoom: number): number {
  return Math.min(LARGEST_ZOOM, Math.max(SMALLEST_ZOOM, zoom));
}

/** The next larger stop, or the next smaller one for `direction` −1. */
export function nextStop(zoom: number, direction: 1 | -1): number {
  const near = 1.001;
  return direction > 0
    ? (STOPS.find((stop) => stop > zoom * near) ?? LARGEST_ZOOM)
    : (STOPS.findLast((stop) => stop < zoom / near) ?? SMALLEST_ZOOM);
}

/** The whole picture in the middle of the canvas with `margin` device pixels around it, never enlarged. */
export function fitted(picture: Size, canvas: Size, margin: number): Viewport {
  const zoom = Math.min(
    1,
    Math.max(1, canvas.width - 2 * margin) / picture.width,
    Math.max(1, canvas.height - 2 * margin) / picture.height,
  );
  return centred(picture, canvas, limitZoom(zoom));
}

/** From here on a pixel is seen as a square, and all are to be of one size. */
const SQUARES_FROM = 4;

/** A part of the picture in the middle of the canvas, as large as it can be with `margin` device pixels around it. */
export function framed(area: Rectangle, canvas: Size, margin: number, zoom: number | null = null): Viewport {
  const room = Math.min(
    Math.max(1, canvas.width - 2 * margin) / area.width,
    Math.max(1, canvas.height - 2 * margin) / area.height,
  );
  const chosen = limitZoom(zoom ?? (room < SQUARES_FROM ? room : Math.floor(room)));
  const { x, y } = centred(area, canvas, chosen);
  return { zoom: chosen, x: x + area.x, y: y + area.y };
}

/** The middle of the picture in the middle of the canvas. */
export function centred(picture: Size, canvas: Size, zoom: number): Viewport {
  return {
    zoom,
    x: (picture.width - canvas.width / zoom) / 2,
    y: (picture.height - canvas.height / zoom) / 2,
  };
}

/** The picture point under a canvas point (device pixels). */
export function pictureAt(viewport: Viewport, at: Point): Point {
  return { x: viewport.x + at.x / viewport.zoom, y: viewport.y + at.y / viewport.zoom };
}

/** Zooms so that the picture point under `at` stays under it. */
export function zoomedAt(viewport: Viewport, zoom: number, at: Point): Viewport {
  const limited = limitZoom(zoom);
  const under = pictureAt(viewport, at);
  return { zoom: limited, x: under.x - at.x / limited, y: under.y - at.y / limited };
}

/** Moves the picture by device pixels. */
export function panned(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x - dx / viewport.zoom, y: viewport.y - dy / viewport.zoom };
}

/** Keeps a part of the picture in sight: what fits stays in the middle, what does not may go to the middle of the canvas. */
export function held(viewport: Viewport, picture: Size, canvas: Size): Viewport {
  return {
    zoom: viewport.zoom,
    x: heldAlong(viewport.x, picture.width, canvas.width / viewport.zoom),
    y: heldAlong(viewport.y, picture.height, canvas.height / viewport.zoom),
  };
}

function heldAlong(start: number, length: number, seen: number): number {
  if (length <= seen) return (length - seen) / 2;
  return Math.min(length - seen / 2, Math.max(-seen / 2, start));
}

/** The same middle after the canvas changed its size. */
export function resized(viewport: Viewport, before: Size, after: Size): Viewport {
  return {
    zoom: viewport.zoom,
    x: viewport.x + (before.width - after.width) / 2 / viewport.zoom,
    y: viewport.y + (before.height - after.height) / 2 / viewport.zoom,
  };
}
