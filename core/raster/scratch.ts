/**
 * Memory that loops need for the length of one call. Workers call kernels thousands of times, and fresh memory costs a page
 * fault every four kilobytes; so blocks are kept and lent again. A borrower does not find zeros in what it gets.
 */

/** Bytes kept at most in each thread: the padded input of a large tile, and a few small blocks. */
const MOST_KEPT = 48 * 1024 * 1024;

/** The blocks that nobody has now, the last one given back last. */
const idle: ArrayBuffer[] = [];

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
export function withScratch<T>(bytes: number, use: (block: ArrayBuffer) => T): T {
  const block = borrow(bytes);
  try {
    return use(block);
  } finally {
    giveBack(block);
  }
}
