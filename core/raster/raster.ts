/**
 * Rasters hold integer levels, 0 … L−1 at their depth (OPERATIONS.md 1), interleaved, row by row, alpha last and straight.
 * Every operation maps integer rasters to integer rasters, so what a panel says about a pixel is the stored level.
 * The samples may lie in shared memory; nothing here cares.
 */

import type { Rectangle, Size } from './rectangle';

/** Bits a sample. */
export type Depth = 8 | 16;

/** 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha. */
export type ChannelCount = 1 | 2 | 3 | 4;

/** Everything about a picture but its samples. */
export interface Shape extends Size {
  readonly channels: ChannelCount;
  readonly depth: Depth;
}

export type Samples = Uint8Array | Uint16Array;

export interface Raster extends Shape {
  /** width × height × channels samples; Uint8Array at 8 bit, Uint16Array at 16 bit. */
  readonly data: Samples;
}

/** A part of a picture: the samples of `rectangle` (which may reach outside the picture where a boundary rule filled it in). */
export interface Region {
  readonly raster: Raster;
  readonly rectangle: Rectangle;
}

/** Number of levels L: 256 or 65,536. */
export function levelsOf(depth: Depth): number {
  return depth === 8 ? 256 : 65_536;
}

/** Top level T = L − 1. */
export function topOf(depth: Depth): number {
  return depth === 8 ? 255 : 65_535;
}

/** K = T / 255: what one unit of the 255 scale is in levels. */
export function scaleOf(depth: Depth): number {
  return depth === 8 ? 1 : 257;
}

export function hasAlpha(shape: { readonly channels: ChannelCount }): boolean {
  return shape.channels === 2 || shape.channels === 4;
}

/** 1 for grey pictures, 3 for colour. */
export function colourChannelsOf(shape: { readonly channels: ChannelCount }): 1 | 3 {
  return shape.channels <= 2 ? 1 : 3;
}

export function channelsFor(colour: 1 | 3, alpha: boolean): ChannelCount {
  return colour === 1 ? (alpha ? 2 : 1) : alpha ? 4 : 3;
}

export function sampleCount(shape: Shape): number {
  return shape.width * shape.height * shape.channels;
}

export function byteLength(shape: Shape): number {
  return sampleCount(shape) * (shape.depth === 8 ? 1 : 2);
}

export function shapeOf(raster: Shape): Shape {
  return { width: raster.width, height: raster.height, channels: raster.channels, depth: raster.depth };
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.width === b.width && a.height === b.height && a.channels === b.channels && a.depth === b.depth;
}

/** Typed samples over existing memory. */
export function samplesOver(
  buffer: ArrayBufferLike,
  depth: Depth,
  byteOffset: number,
  count: number,
): Samples {
  return depth === 8 ? new Uint8Array(buffer, byteOffset, count) : new Uint16Array(buffer, byteOffset, count);
}

/** A black (and, with alpha, fully transparent) raster in ordinary memory. */
export function createRaster(shape: Shape): Raster {
  const count = sampleCount(shape);
  return { ...shapeOf(shape), data: shape.depth === 8 ? new Uint8Array(count) : new Uint16Array(count) };
}

/** A black raster in shared memory, which worker threads can read and write. */
export function createSharedRaster(shape: Shape): Raster {
  const buffer = new SharedArrayBuffer(byteLength(shape));
  return { ...shapeOf(shape), data: samplesOver(buffer, shape.depth, 0, sampleCount(shape)) };
}

/** Copies `from` of the source region into the same picture coordinates of the target region; both must hold all of it. */
export function copyRegion(source: Region, target: Region, part: Rectangle): void {
  const { channels } = source.raster;
  const run = part.width * channels;
  for (let row = 0; row < part.height; row++) {
    const y = part.y + row;
    const start = ((y - source.rectangle.y) * source.raster.width + (part.x - source.rectangle.x)) * channels;
    const at = ((y - target.rectangle.y) * target.raster.width + (part.x - target.rectangle.x)) * channels;
    target.raster.data.set(source.raster.data.subarray(start, start + run), at);
  }
}
