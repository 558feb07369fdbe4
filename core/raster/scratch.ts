/**
 * Memory that loops need for the length of one call. Workers call kernels thousands of times, and fresh memory costs a page
 * fault every four kilobytes; so blocks are kept and lent again. A borrower does not find zeros in what it gets.
 */

/** A block larger than this is not kept: its cost vanishes in the work that needs it. */
const LARGEST_KEPT = 64 * 1024 * 1024;
const MOST_KEPT = 8;

/** The blocks that nobody has now, in no order. */
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
  if (block.byteLength > LARGEST_KEPT) return;
  idle.push(block);
  if (idle.length <= MOST_KEPT) return;
  // The smallest is the cheapest to make again.
  let smallest = 0;
  for (let i = 1; i < idle.length; i++) if (idle[i].byteLength < idle[smallest].byteLength) smallest = i;
  idle.splice(smallest, 1);
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
