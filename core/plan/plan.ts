/**
 * From a program and the part of it that is wanted to named jobs: swept backward from the visible rectangle, every program
 * beneath learns which of its tiles are needed. A tile's name is its node's key and its rectangle.
 */

import { byteLength } from '../raster/raster';
import { intersect, isEmpty, unite, wholeOf, type Rectangle, type Size } from '../raster/rectangle';
import type { Program } from './program';
import { visitLeaves } from './regions';

/** The tiles that one program has to have; programs come in the order in which they can be computed. */
export interface Stage {
  readonly program: Program;
  readonly tiles: readonly Rectangle[];
}

export interface Plan {
  readonly stages: readonly Stage[];
  /** The wanted part of the topmost program, cut into strips over its whole width. */
  readonly strips: readonly Rectangle[];
}

export function tileName(program: Program, tile: Rectangle): string {
  return `${program.key}:${tile.x},${tile.y},${tile.width},${tile.height}`;
}

/** So many halvings leave work of the usual size to read as much as is good to read at a time. */
const USUAL_HALVINGS = 2;

/**
 * How often the sides of a piece of work are halved because each of its pixels is made from so many that are read, and read from a
 * file: without, a row of a small view of a large picture would be made from a good part of that all at once.
 */
function shrinking({ streams, halvings }: Program): number {
  return streams ? Math.max(0, halvings - USUAL_HALVINGS) : 0;
}

/**
 * The size of a program's tiles: higher and wider where a window reaches far, or the overlap would be most of the work; lower where
 * more pixels are read than made.
 */
export function tileSize(program: Program, base: Size): Size {
  const { reach, part, streams, halvings, lasting } = program;
  if (part !== null) return part;
  const share = 2 ** shrinking(program);
  const usual = streams || halvings === 0 ? base.height / share : (2 * base.height) / 4 ** halvings;
  const lower = lasting ? Math.min(usual, base.height / LASTING_SHARE) : usual;
  return {
    width: Math.max(Math.ceil(base.width / share), 4 * Math.min(reach, 1024)),
    height: Math.max(LOWEST, Math.ceil(lower), 4 * Math.min(reach, 1024)),
  };
}

/** Rows of a tile. */
const LOWEST = 8;

/**
 * How much lower tiles of reduced pictures are for which a whole file is read: while it is, what is above is seen already, and a usual
 * tile would be a good part of all there is.
 */
const LASTING_SHARE = 4;
/** Into how many pieces what is made from them is cut at least. */
const LASTING_PIECES = 64;

/** The tiles of the program's grid that touch `part`. */
export function tilesOver(program: Program, part: Rectangle, base: Size): Rectangle[] {
  if (program.indivisible && !isEmpty(part)) return [wholeOf(program.shape)];
  const size = tileSize(program, base);
  const whole = wholeOf(program.shape);
  const inside = intersect(part, whole);
  const tiles: Rectangle[] = [];
  if (isEmpty(inside)) return tiles;
  for (let y = inside.y - (inside.y % size.height); y < inside.y + inside.height; y += size.height) {
    for (let x = inside.x - (inside.x % size.width); x < inside.x + inside.width; x += size.width) {
      tiles.push(intersect({ x, y, ...size }, whole));
    }
  }
  return tiles;
}

/** Of a strip, for every pixel of `base`: 2 MiB as the engine cuts, so that its input stays in a core's caches. */
const STRIP_BYTES = 8;

/** The same of a pass: 4 MiB, a few milliseconds of work. */
const PASS_BYTES = 16;
/** A pass is cut into pieces of twice `base`, because telling a worker of one costs as much as a tenth of it, but at most into so many. */
const PIECES = 16;

/** Rows of a strip of a pass, so that there is an even number: two workers are what most have, and then end together. */
function rowsOfPass({ width, height }: Size, bytes: number, area: number): number {
  const pairs = Math.ceil((width * height) / (4 * area));
  return Math.ceil(height / Math.max(Math.min(2 * pairs, PIECES), Math.ceil(bytes / (PASS_BYTES * area))));
}

function rowsOfStrip(program: Program, part: Rectangle, base: Size): number {
  const { passes, reach, shape, streams, halvings } = program;
  const area = (base.width * base.height) / 4 ** (streams ? shrinking(program) : halvings);
  const row = byteLength({ ...shape, width: part.width, height: 1 });
  const fitting = Math.floor((STRIP_BYTES * area) / row);
  const worthwhile = passes
    ? rowsOfPass(part, row * part.height, area)
    : Math.max(4 * reach, Math.min(16 * reach, fitting));
  const most = program.inputs.some(({ lasting }) => lasting) ? Math.ceil(part.height / LASTING_PIECES) : 4096;
  return Math.max(1, Math.min(most, Math.max(Math.ceil(area / part.width), worthwhile)));
}

/**
 * Horizontal strips of about `base` pixels that together are `part`. Where windows reach far they are higher, because neighbours
 * read, and partly compute, the rows between them twice; where a program only passes over its pixels, because there are fewer then.
 */
export function stripsOf(program: Program, part: Rectangle, base: Size): Rectangle[] {
  if (program.indivisible) return [part];
  const rows = rowsOfStrip(program, part, base);
  const strips: Rectangle[] = [];
  for (let y = 0; y < part.height; y += rows) {
    strips.push({ x: part.x, y: part.y + y, width: part.width, height: Math.min(rows, part.height - y) });
  }
  return strips;
}

/** Where a picture beneath stays in its file there are no stages: a strip has made what it needs when its turn comes. */
export function planOf(top: Program, wanted: Rectangle, base: Size): Plan {
  if (top.streams) return { stages: [], strips: stripsOf(top, wanted, base) };
  const needed = new Map<Program, Rectangle>();
  const order: Program[] = [];
  const visit = (program: Program): void => {
    if (order.includes(program)) return;
    for (const input of program.inputs) visit(input);
    order.push(program);
  };
  visit(top);

  const spread = (program: Program, part: Rectangle): void => {
    visitLeaves(program.root, part, (leaf, region) => {
      const input = program.inputs[leaf.slot];
      needed.set(input, unite(needed.get(input) ?? region, region));
    });
  };
  spread(top, wanted);
  const stages: Stage[] = [];
  // From the top down, so that a program's own need is complete before it is spread further.
  for (const program of order.slice(0, -1).reverse()) {
    const part = needed.get(program);
    if (part === undefined || isEmpty(part)) continue;
    const tiles = tilesOver(program, part, base);
    stages.unshift({ program, tiles });
    spread(program, tiles.reduce(unite));
  }
  return { stages, strips: stripsOf(top, wanted, base) };
}
