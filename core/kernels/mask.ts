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
    whole.fill(fromAll ? 1 : 0);
    for (const { mode, share } of sharers) {
      share(x, y, own);
      join(mode, whole, own);
    }
    for (let i = 0; i < levels.length; i++) {
      levels[i] = store(255 * (inverted ? 1 - whole[i] : whole[i]), 255);
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

/** Outside as the crow flies, round the corners; inside to the nearest side. */
function rectangleShares({ x: left, y: above, width, height }: BoxPart, reach: number): Shares {
  return (x, y, shares) => {
    const py = y + 0.5;
    const down = Math.max(above - py, py - (above + height));
    for (let i = 0; i < shares.length; i++) {
      const px = x + i + 0.5;
      const across = Math.max(left - px, px - (left + width));
      const ox = Math.max(across, 0);
      const oy = Math.max(down, 0);
      const outside = Math.sqrt(ox * ox + oy * oy);
      shares[i] = ramp(-(outside + Math.min(Math.max(across, down), 0)), reach);
    }
  };
}

/**
 * To first order: with q = √((dx/a)² + (dy/b)²), which is 1 on the edge, (1 − q) ÷ |grad q|. Exact for circles, and on the edge of
 * every ellipse; the middle counts as far inside as the smaller half axis.
 */
function ellipseShares({ x: left, y: above, width, height }: BoxPart, reach: number): Shares {
  const a = width / 2;
  const b = height / 2;
  return (x, y, shares) => {
    const v = (y + 0.5 - (above + b)) / b;
    for (let i = 0; i < shares.length; i++) {
      const u = (x + i + 0.5 - (left + a)) / a;
      const q = Math.sqrt(u * u + v * v);
      const slope = Math.sqrt((u / a) * (u / a) + (v / b) * (v / b));
      shares[i] = ramp(q === 0 ? Math.min(a, b) : ((1 - q) * q) / slope, reach);
    }
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
