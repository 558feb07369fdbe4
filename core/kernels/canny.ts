/**
 * J. Canny's edge detector (IEEE Trans. PAMI 8, 1986) as scikit-image 0.19 does it: smoothed by a Gaussian, the slope by Sobel's
 * windows, only the ridges of the slope, of those the strong ones and the weak ones that hang together with a strong one.
 *
 * Of two neighbours on the very top of a symmetric edge the last bits decide which is on the ridge: so sums are added in the order
 * of scipy, from the middle outward in pairs.
 */

import { checkpoint, neverAborted, type Signal } from '../raster/signal';
import { gaussianRadius, gaussianWeights } from './gaussian-weights';

/** The share of the Gaussian that lies on the picture is known but for this much, as in scikit-image. */
const EPSILON = Number.EPSILON;
const TRUNCATE = 4;

/**
 * 1 where there is an edge, else 0, row by row. `plane` holds the brightness and is used as memory; `low` and `high` are on its
 * scale.
 */
export function cannyEdges(
  plane: Float64Array,
  width: number,
  height: number,
  sigma: number,
  low: number,
  high: number,
  signal: Signal,
): Uint8Array {
  const smooth = smoothed(plane, width, height, sigma, signal);
  const slope = plane;
  eachSlope(smooth, width, height, signal, (at, across, down) => {
    slope[at] = Math.sqrt(across * across + down * down);
  });
  const edges = new Uint8Array(plane.length);
  const strong: number[] = [];
  eachSlope(smooth, width, height, signal, (at, across, down) => {
    const x = at % width;
    const isBorder = x === 0 || x === width - 1 || at < width || at >= plane.length - width;
    if (isBorder || slope[at] < low || !isRidge(slope, width, at, across, down)) return;
    edges[at] = WEAK;
    if (slope[at] >= high) strong.push(at);
  });
  follow(edges, width, strong);
  return edges;
}

/** What is known of one pixel before edges are followed. */
export interface CannyPixel {
  /** The smoothed brightness of the pixel and its eight neighbours, row by row, mirrored beyond the picture. */
  readonly smooth: readonly number[];
  readonly across: number;
  readonly down: number;
  readonly slope: number;
  /** The slopes a step back and a step on across the edge; null where nothing slopes, and at the outermost pixels, which are never edges. */
  readonly beside: readonly [before: number, after: number] | null;
  readonly isRidge: boolean;
}

/** How far around a pixel the brightness decides about it: the Gaussian's reach, and a step each for the slope and for its neighbours. */
export function cannyReach(sigma: number): number {
  return gaussianRadius(sigma, TRUNCATE) + 2;
}

/**
 * The pixel (x, y) of a plane that holds the picture's brightness as far as `cannyReach` around it, on all sides where the picture goes on so far.
 * The same numbers as of the whole picture, to the last bit: the sums are the same sums.
 */
export function cannyPixel(
  plane: Float64Array,
  width: number,
  height: number,
  sigma: number,
  x: number,
  y: number,
  isOutermost: boolean,
): CannyPixel {
  const smooth = smoothed(plane, width, height, sigma, neverAborted);
  const slope = new Float64Array(plane.length);
  const at = y * width + x;
  let [across, down] = [0, 0];
  eachSlope(smooth, width, height, neverAborted, (place, beside, below) => {
    slope[place] = Math.sqrt(beside * beside + below * below);
    if (place === at) [across, down] = [beside, below];
  });
  const held = (place: number, length: number): number => Math.min(length - 1, Math.max(0, place));
  const around = [-1, 0, 1].flatMap((dy) =>
    [-1, 0, 1].map((dx) => smooth[held(y + dy, height) * width + held(x + dx, width)]),
  );
  const known = { smooth: around, across, down, slope: slope[at] };
  if (isOutermost || slope[at] === 0) return { ...known, beside: null, isRidge: false };
  const beside = (sign: 1 | -1): number => slopeBeside(slope, width, at, across, down, sign);
  return { ...known, beside: [beside(-1), beside(1)], isRidge: isRidge(slope, width, at, across, down) };
}

/** An edge only if a strong one is found to touch it. */
const WEAK = 2;

/** Weighted sums along a line of a plane, beyond whose ends there is nothing: from the middle outward, in pairs. */
function smoothLine(
  from: Float64Array,
  start: number,
  step: number,
  count: number,
  weights: Float64Array,
  to: Float64Array,
): void {
  const radius = (weights.length - 1) / 2;
  for (let i = 0; i < count; i++) {
    let sum = from[start + i * step] * weights[radius];
    for (let reach = radius; reach > 0; reach--) {
      const before = i - reach >= 0 ? from[start + (i - reach) * step] : 0;
      const after = i + reach < count ? from[start + (i + reach) * step] : 0;
      sum += (before + after) * weights[radius - reach];
    }
    to[i] = sum;
  }
}

/** The Gaussian mean over what lies on the picture. */
function smoothed(
  plane: Float64Array,
  width: number,
  height: number,
  sigma: number,
  signal: Signal,
): Float64Array {
  const weights = gaussianWeights(sigma, gaussianRadius(sigma, TRUNCATE));
  const result = new Float64Array(plane.length);
  const column = new Float64Array(height);
  for (let x = 0; x < width; x++) {
    checkpoint(signal);
    smoothLine(plane, x, width, height, weights, column);
    for (let y = 0; y < height; y++) result[y * width + x] = column[y];
  }
  // How much of the window lies on the picture: of its rows, which is the same in every column, then of its columns.
  const rowsCovered = new Float64Array(height);
  smoothLine(new Float64Array(height).fill(1), 0, 1, height, weights, rowsCovered);
  const row = new Float64Array(width);
  const covered = new Float64Array(width);
  const even = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    checkpoint(signal);
    smoothLine(result, y * width, 1, width, weights, row);
    smoothLine(even.fill(rowsCovered[y]), 0, 1, width, weights, covered);
    for (let x = 0; x < width; x++) result[y * width + x] = row[x] / (covered[x] + EPSILON);
  }
  return result;
}

/** Sobel's slopes, the picture mirrored beyond its edges. */
function eachSlope(
  plane: Float64Array,
  width: number,
  height: number,
  signal: Signal,
  use: (at: number, across: number, down: number) => void,
): void {
  for (let y = 0; y < height; y++) {
    checkpoint(signal);
    const here = y * width;
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - 1);
      const right = Math.min(width - 1, x + 1);
      const across =
        (plane[here + right] - plane[here + left]) * 2 +
        (plane[above + right] - plane[above + left] + (plane[below + right] - plane[below + left]));
      const down =
        (plane[below + x] - plane[above + x]) * 2 +
        (plane[below + left] - plane[above + left] + (plane[below + right] - plane[above + right]));
      use(here + x, across, down);
    }
  }
}

/** Whether no slope is greater a step up or down the slope. */
function isRidge(slope: Float64Array, width: number, at: number, across: number, down: number): boolean {
  const own = slope[at];
  if (own === 0) return false;
  return (
    slopeBeside(slope, width, at, across, down, 1) <= own &&
    slopeBeside(slope, width, at, across, down, -1) <= own
  );
}

/** The slope a step down the slope (1) or up (−1), between the two neighbours there. Of a pixel that slopes. */
function slopeBeside(
  slope: Float64Array,
  width: number,
  at: number,
  across: number,
  down: number,
  sign: 1 | -1,
): number {
  const steep = Math.abs(down);
  const flat = Math.abs(across);
  // Directions that lie between two cases go to the last of them, as in scikit-image.
  const opposed = (down >= 0 && across <= 0) || (down <= 0 && across >= 0);
  const vertical = steep >= flat;
  const straight = vertical ? (opposed ? -width : width) : 1;
  const diagonal = opposed ? 1 - width : width + 1;
  const share = vertical ? flat / steep : steep / flat;
  return slope[at + sign * diagonal] * share + slope[at + sign * straight] * (1 - share);
}

/** From every strong pixel to all weak ones that touch, eight neighbours each; the other weak ones are dropped. */
function follow(edges: Uint8Array, width: number, strong: number[]): void {
  for (const at of strong) edges[at] = 1;
  for (let at = strong.pop(); at !== undefined; at = strong.pop()) {
    for (const row of [-width, 0, width]) {
      for (const column of [-1, 0, 1]) {
        const neighbour = at + row + column;
        // The border has no edges, so no neighbour lies around a corner.
        if (edges[neighbour] !== WEAK) continue;
        edges[neighbour] = 1;
        strong.push(neighbour);
      }
    }
  }
  for (let at = 0; at < edges.length; at++) if (edges[at] === WEAK) edges[at] = 0;
}
