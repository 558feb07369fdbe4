/**
 * Memory that loops need for the length of one call. Workers call kernels thousands of times, and fresh memory costs a page
 * fault every four kilobytes; so blocks are kept and lent again. A borrower does not find zeros in what it gets.
 *
 * A thread that has an arena lends from there, from the bottom up, because calls nest: what was lent last comes back first. Where
 * there is none, or it is full, blocks of ordinary memory are kept.
 */

import { samplesOver, type Depth, type Samples } from './raster';

/** Memory of this thread alone: `length` bytes of `buffer` from `byteOffset`, both multiples of 16. */
export interface Arena {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly length: number;
}

/** Bytes kept at most in each thread: the padded input of a large tile, and a few small blocks. */
const MOST_KEPT = 48 * 1024 * 1024;
/** Blocks begin where any vector may. */
const ALIGNMENT = 16;

/** The blocks that nobody has now, the last one given back last. */
const idle: ArrayBuffer[] = [];

let arena: Arena | null = null;
let lent = 0;

/** From now on scratch memory comes from there; null for ordinary memory. Nothing may be lent meanwhile. */
export function lendFrom(memory: Arena | null): void {
  if (lent > 0) throw new Error('scratch memory is in use');
  arena = memory;
}

/** A block of at least this many bytes, with unknown contents. */
function borrow(bytes: number): ArrayBuffer {
  let best = -1;
  for (let i = 0; i < idle.length; i++) {
    if (idle[i].byteLength >= bytes && (best < 0 || idle[i].byteLength < idle[best].byteLength)) best = i;
  }
  return best < 0 ? new ArrayBuffer(Math.max(bytes, 4096)) : idle.splice(best, 1)[0];
}

function giveBack(block: ArrayBuffer): void {
  // A block this large is not worth keeping: its cost vanishes in the work that needed it.
  if (block.byteLength > MOST_KEPT) return;
  idle.push(block);
  while (idle.reduce((sum, { byteLength }) => sum + byteLength, 0) > MOST_KEPT) {
    // The one that was lent longest ago is the least likely to be wanted again.
    idle.shift();
  }
}

/**
 * Calls `use` with a block of at least `bytes` bytes (contents unknown, start aligned for any typed array), which belongs to
 * it until it returns or throws. Calls may nest: each gets a block of its own.
 */
export function withScratch<T>(bytes: number, use: (block: Uint8Array) => T): T {
  if (hasRoom(bytes)) return inArena(bytes, use);
  const block = borrow(bytes);
  try {
    return use(new Uint8Array(block));
  } finally {
    giveBack(block);
  }
}

/** The same in the arena only: false, and `use` is not called, where this thread has none or it is too full. */
export function withArena(bytes: number, use: (block: Uint8Array) => boolean): boolean {
  return hasRoom(bytes) && inArena(bytes, use);
}

function hasRoom(bytes: number): boolean {
  return arena !== null && lent + bytes <= arena.length;
}

function inArena<T>(bytes: number, use: (block: Uint8Array) => T): T {
  if (arena === null) throw new Error('this thread has no arena');
  const before = lent;
  lent += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  try {
    return use(new Uint8Array(arena.buffer, arena.byteOffset + before, bytes));
  } finally {
    lent = before;
  }
}

/** The same as samples of a picture. */
export function withScratchSamples<T>(depth: Depth, count: number, use: (samples: Samples) => T): T {
  return withScratch(count * (depth / 8), ({ buffer, byteOffset }) =>
    use(samplesOver(buffer, depth, byteOffset, count)),
  );
}
