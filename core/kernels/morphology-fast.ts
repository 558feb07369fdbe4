/**
 * Erosion and dilation by the fast kernels, which know one step: the lesser or greater of two samples, row by row
 * (wasm/assembly/lower.ts). Which samples, says element-steps.ts. A part of the picture small enough for the processor's second cache is
 * copied with its surroundings and taken through all passes before the next.
 */

import { samplesOver, topOf, type Depth, type Samples } from '../raster/raster';
import type { Rectangle } from '../raster/rectangle';
import { withArena } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import type { Element } from './element';
import { reachOf, stepsOf, type Segment } from './element-steps';
import type { Field } from './field';
import { squareExtremes } from './square-extremes';
import { copySamples } from './wasm/copy-samples';
import type { Lower } from './wasm/export-shapes';
import type { FastKernels } from './wasm/fast-kernels';

/** Bytes of a part with its surroundings, of which there are two, and pixels of a row of it. */
const PART = 2 ** 19;
const WIDEST = 512;
/** Bytes that vectors read behind the end. */
const SLACK = 64;

export type Extreme = 'smallest' | 'largest';

/** Replaces every sample by the extreme under the element, `times` times over. Says whether it could. */
export function extremeFast(
  fast: FastKernels,
  field: Field,
  element: Element,
  times: number,
  extreme: Extreme,
  signal: Signal,
): boolean {
  // Squares of squares are squares.
  const { shape, radius } = element;
  if (shape === 'square' && times > 1) {
    return extremeFast(fast, field, { shape, radius: radius * times }, 1, extreme, signal);
  }
  const { data, depth } = field;
  if (shape === 'square') {
    // Beyond the picture's size it has nothing more to reach.
    const within = Math.min(radius, Math.max(field.width, field.height));
    const choose = chooser(fast, depth, extreme);
    const outside = neverChosen(depth, extreme);
    if (squareExtremes({ fast, field, radius: within, choose, outside, signal })) return true;
  }
  return withArena(data.byteLength, ({ buffer, byteOffset }) => {
    const result = samplesOver(buffer, depth, byteOffset, data.length);
    for (let done = 0; done < times; done++) {
      if (!once(fast, field, result, element, extreme, signal)) return false;
      copySamples(result, 0, result.length, data, 0);
    }
    return true;
  });
}

function once(
  fast: FastKernels,
  field: Field,
  result: Samples,
  element: Element,
  extreme: Extreme,
  signal: Signal,
): boolean {
  const { width, height, channels, depth } = field;
  const bytes = depth / 8;
  const pixel = channels * bytes;
  // Beyond the picture's size a square has nothing more to reach.
  const radius =
    element.shape === 'square' ? Math.min(element.radius, Math.max(width, height)) : element.radius;
  const { chains, rest } = stepsOf({ shape: element.shape, radius });
  const choose = chooser(fast, depth, extreme);
  const margin = 2 * radius;
  const columns = Math.min(width, Math.max(margin, WIDEST));
  const rows = Math.min(height, Math.max(margin, Math.floor(PART / ((columns + margin) * pixel)) - margin));
  const line = (columns + margin) * channels;
  const count = line * (rows + margin);
  const room = Math.ceil((count * bytes + SLACK) / 16) * 16;
  const outside = neverChosen(depth, extreme);
  const into = fast.addressOf(result);
  const intoLine = width * pixel;
  return withArena(2 * room, ({ buffer, byteOffset }) => {
    const padded = samplesOver(buffer, depth, byteOffset, count);
    const source: Plane = { at: fast.addressOf(padded), line: line * bytes, pixel };
    const work: Plane = { ...source, at: source.at + room };
    for (let y = 0; y < height; y += rows) {
      for (let x = 0; x < width; x += columns) {
        checkpoint(signal);
        const part = { x, y, width: Math.min(columns, width - x), height: Math.min(rows, height - y) };
        copyWithSurroundings(field, part, radius, outside, padded, line);
        const target = into + y * intoLine + x * pixel;
        // What a plane holds at the offset from every pixel of the part goes into the result, which is empty at first.
        const take = ({ at }: Plane, dx: number, dy: number, isFirst: boolean): void => {
          const from = at + (radius + dy) * source.line + (radius + dx) * pixel;
          const [other, otherLine] = isFirst ? [from, source.line] : [target, intoLine];
          choose(target, intoLine, other, otherLine, from, source.line, part.width * pixel, part.height);
        };
        chains.forEach((chain, index) => {
          takeThrough(chain, source, work, part.height + margin, choose);
          // The result of a window stands at its first pixel.
          const { x: across, y: down } = reachOf(chain);
          take(work, -across / 2, -down / 2, index === 0);
        });
        for (const { dx, dy } of rest) take(source, dx, dy, false);
      }
    }
    return true;
  });
}

/** Samples by address; lines and pixels in bytes. */
interface Plane {
  readonly at: number;
  readonly line: number;
  readonly pixel: number;
}

function neverChosen(depth: Depth, extreme: Extreme): number {
  return extreme === 'smallest' ? topOf(depth) : 0;
}

function chooser(fast: FastKernels, depth: Depth, extreme: Extreme): Lower {
  if (extreme === 'smallest') return depth === 8 ? fast.lower8 : fast.lower16;
  return depth === 8 ? fast.raise8 : fast.raise16;
}

/** Fills `work` with the extremes under the chain's sum, each at the first pixel of its window; only windows inside count. */
function takeThrough(
  chain: readonly Segment[],
  source: Plane,
  work: Plane,
  height: number,
  choose: Lower,
): void {
  let from = source;
  let rows = height;
  for (const { dx, dy, copies } of chain) {
    for (let covered = 1; covered <= copies;) {
      const steps = Math.min(covered, copies + 1 - covered);
      const across = Math.abs(dx) * steps * work.pixel;
      rows -= dy * steps;
      // To the left the first samples have no partner, to the right the last.
      const start = dx < 0 ? across : 0;
      const partner = from.at + start + dy * steps * work.line + (dx < 0 ? -across : across);
      choose(
        work.at + start,
        work.line,
        from.at + start,
        work.line,
        partner,
        work.line,
        work.line - across,
        rows,
      );
      covered += steps;
      from = work;
    }
  }
}

/** Copies a part with `radius` pixels around it; what lies outside the picture is never chosen. */
function copyWithSurroundings(
  { width, height, channels, data }: Field,
  part: Rectangle,
  radius: number,
  outside: number,
  target: Samples,
  line: number,
): void {
  const left = Math.max(0, part.x - radius);
  const right = Math.min(width, part.x + part.width + radius);
  const start = (left - part.x + radius) * channels;
  const end = start + (right - left) * channels;
  for (let row = 0; row < part.height + 2 * radius; row++) {
    const y = part.y - radius + row;
    const at = row * line;
    if (y < 0 || y >= height) {
      target.fill(outside, at, at + line);
      continue;
    }
    target.fill(outside, at, at + start);
    copySamples(data, (y * width + left) * channels, end - start, target, at + start);
    target.fill(outside, at + end, at + line);
  }
}
