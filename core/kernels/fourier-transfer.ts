/** What a filter keeps of each frequency, and the table of that for a few columns of frequencies. */

export interface Transfer {
  /** The share that a low pass keeps, by squared distance from zero frequency in cycles per pixel. */
  readonly kept: (squaredDistance: number) => number;
  /** The share of a sum is the product of the shares: then those along both axes are enough. */
  readonly separable: boolean;
  /** It is a high pass: that share goes, the rest stays. */
  readonly high: boolean;
}

/**
 * Gives a function that fills a table: for every row the factors of columns `from` … `from + count − 1`, each times `scale`. `across` and
 * `down` are the squares of their frequencies; columns beyond `across` do not matter.
 */
export function factorTable(
  { kept, separable, high }: Transfer,
  across: Float64Array,
  down: Float64Array,
  count: number,
  scale: number,
): (from: number, factors: Float64Array) => void {
  const shares = separable ? { across: across.map(kept), down: down.map(kept) } : null;
  return (from, factors) => {
    const columns = Math.min(count, across.length - from);
    for (let y = 0, at = 0; y < down.length; y++, at += count) {
      for (let x = 0; x < columns; x++) {
        const share = shares ? shares.across[from + x] * shares.down[y] : kept(across[from + x] + down[y]);
        factors[at + x] = (high ? 1 - share : share) * scale;
      }
    }
  };
}

/** Squares of the frequencies k / `period` for k below `count`. */
export function squaredFrequencies(count: number, period: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => (Math.min(k, period - k) / period) ** 2);
}
