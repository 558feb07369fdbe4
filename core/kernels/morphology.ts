/**
 * Erosion and dilation (OPERATIONS.md 9): the smallest or largest sample under an element. Squares are rows, then columns;
 * crosses the lesser of both; disks a row of its own width for every line of the element. Dilation is erosion of the negative.
 *
 * Samples outside the picture are left out. They could not be filled in: what an erosion would make of them must not reach the
 * dilation that follows.
 */

import { topOf, type ChannelCount, type Depth, type Samples } from '../raster/raster';
import { withScratchSamples } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { scratchFor, slidingMinimum, type Sequence } from './sliding-minimum';

export type ElementShape = 'square' | 'cross' | 'disk';

export interface Element {
  readonly shape: ElementShape;
  readonly radius: number;
}

/** Samples that operations work on in place. */
export interface Field {
  readonly width: number;
  readonly height: number;
  readonly channels: ChannelCount;
  readonly depth: Depth;
  readonly data: Samples;
}

/** Whether the element covers the offset. */
export function covers({ shape, radius }: Element, dx: number, dy: number): boolean {
  if (Math.max(Math.abs(dx), Math.abs(dy)) > radius) return false;
  if (shape === 'square') return true;
  return shape === 'cross' ? dx === 0 || dy === 0 : dx * dx + dy * dy <= radius * radius;
}

/** Replaces every sample, alpha too, by the smallest under the element, `times` times over. */
export function erode(field: Field, element: Element, times: number, signal: Signal): void {
  const { shape, radius } = element;
  if (shape === 'square') {
    // Squares of squares are squares.
    alongRows(field, field.data, radius * times, signal);
    alongColumns(field, radius * times);
    return;
  }
  for (let done = 0; done < times; done++) {
    checkpoint(signal);
    if (shape === 'cross') erodeByCross(field, radius, signal);
    else erodeByDisk(field, radius, signal);
  }
}

/** Replaces every sample by the largest under the element. */
export function dilate(field: Field, element: Element, times: number, signal: Signal): void {
  negate(field);
  erode(field, element, times, signal);
  negate(field);
}

function negate({ data, depth }: Field): void {
  const top = topOf(depth);
  for (let i = 0; i < data.length; i++) data[i] = top - data[i];
}

/** Row minima of the field, written to `target`. */
function alongRows(field: Field, target: Samples, radius: number, signal: Signal): void {
  const { width, height, channels, data } = field;
  const row = (y: number): Sequence => ({ start: y * width * channels, entries: width, step: channels });
  withScratchSamples(field.depth, scratchFor(row(0), radius), (scratch) => {
    for (let y = 0; y < height; y++) {
      if (y % 64 === 0) checkpoint(signal);
      slidingMinimum(data, target, row(y), radius, scratch);
    }
  });
}

function alongColumns(field: Field, radius: number): void {
  const { width, height, channels, data } = field;
  const rows: Sequence = { start: 0, entries: height, step: width * channels };
  withScratchSamples(field.depth, scratchFor(rows, radius), (scratch) =>
    slidingMinimum(data, data, rows, radius, scratch),
  );
}

function erodeByCross(field: Field, radius: number, signal: Signal): void {
  const { data } = field;
  withScratchSamples(field.depth, data.length, (across) => {
    alongRows(field, across, radius, signal);
    alongColumns(field, radius);
    lower(data, 0, across, 0, data.length);
  });
}

/** For every width that a line of the disk has: the row minima once, then each line's into the result. */
function erodeByDisk(field: Field, radius: number, signal: Signal): void {
  const { data, width, height, channels } = field;
  const line = width * channels;
  withScratchSamples(field.depth, data.length, (result) => {
    result.fill(topOf(field.depth));
    withScratchSamples(field.depth, data.length, (across) => {
      let madeFor = -1;
      for (let dy = radius; dy >= 0; dy--) {
        checkpoint(signal);
        const half = Math.floor(Math.sqrt(radius * radius - dy * dy));
        if (half !== madeFor) alongRows(field, across, half, signal);
        madeFor = half;
        const count = Math.max(0, height - dy) * line;
        lower(result, 0, across, dy * line, count);
        lower(result, dy * line, across, 0, count);
      }
    });
    data.set(result);
  });
}

/** Takes the smaller of each pair of `count` samples. */
function lower(target: Samples, at: number, other: Samples, from: number, count: number): void {
  for (let i = 0; i < count; i++) if (other[from + i] < target[at + i]) target[at + i] = other[from + i];
}
