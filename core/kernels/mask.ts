/**
 * Masks, level by level: where a step shows, 0 … 255, from a few numbers and a pixel's place alone. Nothing of a mask is ever
 * stored; whoever needs a row of it asks for that row, whatever tile it lies in.
 *
 * A shape's part of a pixel follows from d, the signed distance of the pixel's centre to the shape's edge, positive inside: with
 * s = clamp(½ + d/2ρ, 0, 1) it is s²(3 − 2s). The ramp reaches ρ to either side of the edge; ρ is the feather, at least ½, which
 * smooths the edge by one pixel, and for rectangles and ellipses at most half the smaller side, so that their middle is always
 * whole. docs/masks.md has all of it. Everything here is + − × ÷ √, so that other programs come to the same doubles.
 */

import type { BoxPart, Mask, MaskMode, MaskPart, PolygonPart } from '../raster/mask';
import type { Region } from '../raster/raster';
import { topOf } from '../raster/raster';
import { store } from '../raster/rounding';

/** Fills `levels` with those of row `y` from column `x` on. */
export type MaskRows = (x: number, y: number, levels: Uint8Array) => void;

/** `pictures` are the lumas of the picture parts, in order, as gray regions; beyond a region a picture counts as black. */
export function maskRows({ parts, inverted }: Mask, pictures: readonly Region[]): MaskRows {
  let next = 0;
  const sharers = parts.map((part) => ({
    mode: part.mode,
    share: part.shape === 'picture' ? pictureShares(pictures[next++]) : shapeShares(part),
  }));
  const fromAll = parts[0].mode !== 'add';
  let whole = new Float64Array(0);
  let own = new Float64Array(0);
  return (x, y, levels) => {
    if (whole.length !== levels.length) {
      whole = new Float64Array(levels.length);
      own = new Float64Array(levels.length);
    }
    if (fromAll) whole.fill(1);
    sharers.forEach(({ mode, share }, at) => {
      // A first part that adds to nothing is all there is yet.
      const isAlone = at === 0 && !fromAll;
      share(x, y, isAlone ? whole : own);
      if (!isAlone) join(mode, whole, own);
    });
    for (let i = 0; i < levels.length; i++) {
      const part = inverted ? 1 - whole[i] : whole[i];
      // Nearly all levels are one of two.
      levels[i] = part === 0 ? 0 : part === 1 ? 255 : store(255 * part, 255);
    }
  };
}

/** The level of one pixel. */
export function maskLevel(mask: Mask, pictures: readonly Region[], x: number, y: number): number {
  const level = new Uint8Array(1);
  maskRows(mask, pictures)(x, y, level);
  return level[0];
}

/** The mask of the same picture, `factor` times as large. */
export function scaledMask({ parts, inverted }: Mask, factor: number): Mask {
  const scaled = parts.map((part): MaskPart => {
    if (part.shape === 'picture') return part;
    const feather = part.feather * factor;
    if (part.shape === 'polygon') {
      return { ...part, feather, points: part.points.map(([x, y]) => [x * factor, y * factor] as const) };
    }
    const { x, y, width, height } = part;
    return {
      ...part,
      x: x * factor,
      y: y * factor,
      width: width * factor,
      height: height * factor,
      feather,
    };
  });
  return { parts: scaled, inverted };
}

/** Fills a row with the share that a part has in each pixel, 0 … 1. */
type Shares = (x: number, y: number, shares: Float64Array) => void;

function join(mode: MaskMode, whole: Float64Array, own: Float64Array): void {
  for (let i = 0; i < whole.length; i++) {
    if (mode === 'add') whole[i] = Math.max(whole[i], own[i]);
    else whole[i] = Math.min(whole[i], mode === 'intersect' ? own[i] : 1 - own[i]);
  }
}

function ramp(distance: number, reach: number): number {
  const s = Math.min(1, Math.max(0, 0.5 + distance / (2 * reach)));
  return s * s * (3 - 2 * s);
}

function shapeShares(part: BoxPart | PolygonPart): Shares {
  if (part.shape === 'polygon') return polygonShares(part);
  const reach = Math.max(0.5, Math.min(part.feather, part.width / 2, part.height / 2));
  return part.shape === 'rectangle' ? rectangleShares(part, reach) : ellipseShares(part, reach);
}

/** Added to what is certain by the formulas, so that it stays so however doubles round. */
const MARGIN = 1e-6;

/**
 * Outside as the crow flies, round the corners; inside to the nearest side. A row has shares to compute only near the left and right
 * side, or anywhere near the upper and lower one: a pixel farther than the ramp from every side is wholly in or out.
 */
function rectangleShares({ x: left, y: above, width, height }: BoxPart, reach: number): Shares {
  const far = reach + MARGIN;
  return (x, y, shares) => {
    const py = y + 0.5;
    const down = Math.max(above - py, py - (above + height));
    const oy = Math.max(down, 0);
    const compute = (from: number, to: number): void => {
      for (let i = from; i < to; i++) {
        const px = x + i + 0.5;
        const across = Math.max(left - px, px - (left + width));
        const ox = Math.max(across, 0);
        const outside = Math.sqrt(ox * ox + oy * oy);
        shares[i] = ramp(-(outside + Math.min(Math.max(across, down), 0)), reach);
      }
    };
    const isOut = down >= far;
    const isIn = down <= -far;
    fillRow(
      shares,
      x,
      isOut ? null : [left - far, left + width + far],
      isIn ? [left + far, left + width - far] : null,
      compute,
    );
  };
}

/** From … to, places on the row. */
type Stretch = readonly [from: number, to: number];

/** Fills a row of which nothing outside `touched` and everything in `whole` is the shape's; the rest is computed. */
function fillRow(
  shares: Float64Array,
  x: number,
  touched: Stretch | null,
  whole: Stretch | null,
  compute: (from: number, to: number) => void,
): void {
  const count = shares.length;
  /** The number of the first pixel whose centre lies at or right of a place. */
  const firstAt = (place: number, least: number): number =>
    Math.max(least, Math.min(count, Math.ceil(place - 0.5 - x)));
  const begin = touched === null ? count : firstAt(touched[0], 0);
  const end = touched === null ? count : firstAt(touched[1], begin);
  const inner = whole === null ? end : Math.min(end, firstAt(whole[0], begin));
  const outer = whole === null ? end : Math.min(end, firstAt(whole[1], inner));
  shares.fill(0, 0, begin);
  compute(begin, inner);
  shares.fill(1, inner, outer);
  compute(outer, end);
  shares.fill(0, end);
}

/**
 * To first order: with q = √((dx/a)² + (dy/b)²), which is 1 on the edge, (1 − q) ÷ |grad q|. Exact for circles, and on the edge of
 * every ellipse; the middle counts as far inside as the smaller half axis.
 *
 * As |grad q| ≤ 1 ÷ the smaller half axis m, a pixel is at least |1 − q|·m from the edge. So those whose q is not within reach ÷ m of 1
 * are wholly in or out, and in a row they are found by their column.
 */
function ellipseShares({ x: left, y: above, width, height }: BoxPart, reach: number): Shares {
  const a = width / 2;
  const b = height / 2;
  const ramped = (reach + MARGIN) / Math.min(a, b) + MARGIN;
  /** Where a row's q is at most this; null where it is nowhere. */
  const within = (q: number, v: number): Stretch | null => {
    if (q <= Math.abs(v)) return null;
    const half = a * Math.sqrt(q * q - v * v);
    return [left + a - half, left + a + half];
  };
  return (x, y, shares) => {
    const v = (y + 0.5 - (above + b)) / b;
    fillRow(shares, x, within(1 + ramped, v), within(1 - ramped, v), (from, to) => {
      for (let i = from; i < to; i++) {
        const u = (x + i + 0.5 - (left + a)) / a;
        const q = Math.sqrt(u * u + v * v);
        const slope = Math.sqrt((u / a) * (u / a) + (v / b) * (v / b));
        shares[i] = ramp(q === 0 ? Math.min(a, b) : ((1 - q) * q) / slope, reach);
      }
    });
  };
}

/**
 * To the nearest of the edges. A row looks only at those edges that its ramps reach, and each edge only at the columns that it can
 * reach; everything else is wholly inside or outside.
 */
function polygonShares({ points, feather }: PolygonPart): Shares {
  const reach = Math.max(0.5, feather);
  const edges = points.map(([ax, ay], at) => {
    const [bx, by] = points[(at + 1) % points.length];
    return { ax, ay, bx, by };
  });
  let squares = new Float64Array(0);
  return (x, y, shares) => {
    const py = y + 0.5;
    const count = shares.length;
    if (squares.length !== count) squares = new Float64Array(count);
    squares.fill(Infinity);
    // 1 where the row has crossed an odd number of edges on the way from the right; turned at each crossing.
    const crossings: number[] = [];
    for (const { ax, ay, bx, by } of edges) {
      if (ay > py !== by > py) crossings.push(((bx - ax) * (py - ay)) / (by - ay) + ax);
      if (Math.min(ay, by) - reach > py || Math.max(ay, by) + reach < py) continue;
      const from = Math.max(0, Math.floor(Math.min(ax, bx) - reach - x - 1));
      const to = Math.min(count, Math.ceil(Math.max(ax, bx) + reach - x + 1));
      const dx = bx - ax;
      const dy = by - ay;
      const length = dx * dx + dy * dy;
      for (let i = from; i < to; i++) {
        const px = x + i + 0.5;
        const along = length === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / length;
        const h = Math.min(1, Math.max(0, along));
        const ex = px - ax - h * dx;
        const ey = py - ay - h * dy;
        const square = ex * ex + ey * ey;
        if (square < squares[i]) squares[i] = square;
      }
    }
    crossings.sort((one, other) => one - other);
    let passed = 0;
    for (let i = 0; i < count; i++) {
      const px = x + i + 0.5;
      while (passed < crossings.length && crossings[passed] <= px) passed++;
      // As many lie to the right as were not passed.
      const inside = (crossings.length - passed) % 2 === 1;
      const distance = Math.sqrt(squares[i]);
      shares[i] = ramp(inside ? distance : -distance, reach);
    }
  };
}

function pictureShares({ raster, rectangle }: Region): Shares {
  const top = topOf(raster.depth);
  const { data, width, height } = raster;
  return (x, y, shares) => {
    const row = y - rectangle.y;
    for (let i = 0; i < shares.length; i++) {
      const column = x + i - rectangle.x;
      const holds = row >= 0 && row < height && column >= 0 && column < width;
      shares[i] = holds ? data[row * width + column] / top : 0;
    }
  };
}
