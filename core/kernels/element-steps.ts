/**
 * How the extreme under an element is found in few passes. An extreme under a segment, which is a pixel and some copies of it along a
 * direction, takes a pass for every doubling of its length; one after the other, segments give the extreme under their Minkowski sum.
 * A square is the sum of two segments.
 *
 * So is a disk of its edges: the hull of its pixels is symmetric about its centre, and such a polygon is the sum of its sides. Not
 * every pixel in it need be a sum of pixels of the sides, and the disk may have tips, single pixels at its four ends, from which no
 * sides go straight. So the sides are those of the disk without tips, and what their sum does not reach is looked at one by one; it is
 * counted here, not believed, and hardly ever more than the tips. There are about 1.7·r^⅔ sides.
 */

import { covers, type Element } from './element';

/** The pixels 0, 1 … `copies` steps on from the first. */
export interface Segment {
  readonly dx: number;
  /** Not below 0, and above 0 where dx is below. */
  readonly dy: number;
  readonly copies: number;
}

export interface ElementSteps {
  /** The extreme under each chain's sum; the result is the extreme of them all. */
  readonly chains: readonly (readonly Segment[])[];
  /** Pixels of the element that no chain reaches, from its centre. */
  readonly rest: readonly { readonly dx: number; readonly dy: number }[];
}

const known = new Map<string, ElementSteps>();

export function stepsOf(element: Element): ElementSteps {
  const name = `${element.shape} ${element.radius}`;
  const found = known.get(name) ?? findSteps(element);
  known.set(name, found);
  return found;
}

function findSteps({ shape, radius }: Element): ElementSteps {
  const across: Segment = { dx: 1, dy: 0, copies: 2 * radius };
  const down: Segment = { dx: 0, dy: 1, copies: 2 * radius };
  if (shape === 'square') return { chains: [[across, down]], rest: [] };
  if (shape === 'cross') return { chains: [[across], [down]], rest: [] };
  const whole = diskSteps(radius, radius);
  const blunt = radius > 1 ? diskSteps(radius, radius - 1) : whole;
  return passesOf(blunt) < passesOf(whole) ? blunt : whole;
}

/** Passes over the picture; a pixel by itself costs half of one. */
function passesOf({ chains, rest }: ElementSteps): number {
  const doublings = chains.flat().reduce((sum, { copies }) => sum + Math.ceil(Math.log2(copies + 1)), 0);
  return doublings + rest.length / 2;
}

/** With the sides of the disk's part no further than `reach` from the centre in both directions. */
function diskSteps(radius: number, reach: number): ElementSteps {
  const chain = sidesOf(radius, reach).sort((a, b) => a.dx ** 2 + a.dy ** 2 - (b.dx ** 2 + b.dy ** 2));
  const reached = sumOf(chain, radius);
  const side = 2 * radius + 1;
  const rest: { dx: number; dy: number }[] = [];
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) {
      if (covers({ shape: 'disk', radius }, dx, dy) && reached[(radius + dy) * side + radius + dx] === 0)
        rest.push({ dx, dy });
    }
  }
  return { chains: [chain], rest };
}

/** Half of the sides of the hull, one of each pair of parallel ones. */
function sidesOf(radius: number, reach: number): Segment[] {
  const halfOf = (dy: number): number => Math.min(reach, Math.floor(Math.sqrt(radius * radius - dy * dy)));
  // The right border of the lower half, from the lowest row's right end up to the rightmost pixel: y downward, so turned.
  const border = Array.from({ length: 2 * reach + 1 }, (_, row) => ({
    x: halfOf(row - reach),
    y: row - reach,
  }));
  const hull: { x: number; y: number }[] = [];
  for (const point of border) {
    while (hull.length > 1 && !turnsInward(hull[hull.length - 2], hull[hull.length - 1], point)) hull.pop();
    hull.push(point);
  }
  const sides = hull.slice(1).map((point, at) => segment(point.x - hull[at].x, point.y - hull[at].y));
  const top = halfOf(reach);
  return top > 0 ? [...sides, { dx: 1, dy: 0, copies: 2 * top }] : sides;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function turnsInward(a: Point, b: Point, c: Point): boolean {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
}

function segment(dx: number, dy: number): Segment {
  const copies = greatestCommonDivisor(Math.abs(dx), Math.abs(dy));
  return { dx: dx / copies, dy: dy / copies, copies };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** 1 for the pixels that the chain's sum covers, row by row of the square of 2 · radius + 1 pixels around its centre. */
function sumOf(chain: readonly Segment[], radius: number): Uint8Array {
  const side = 2 * radius + 1;
  const { x, y } = reachOf(chain);
  let covered = new Uint8Array(side * side);
  covered[(radius - y / 2) * side + radius - x / 2] = 1;
  for (const { dx, dy, copies } of chain) {
    const next = new Uint8Array(side * side);
    covered.forEach((is, at) => {
      for (let copy = 0; is === 1 && copy <= copies; copy++) next[at + copy * (dy * side + dx)] = 1;
    });
    covered = next;
  }
  return covered;
}

/** From the first pixel of a chain's sum to the last. */
export function reachOf(chain: readonly Segment[]): Point {
  return chain.reduce((sum, { dx, dy, copies }) => ({ x: sum.x + dx * copies, y: sum.y + dy * copies }), {
    x: 0,
    y: 0,
  });
}
