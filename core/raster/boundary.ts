/**
 * What lies beyond the edge of a picture (OPERATIONS.md 7.1). The continuation is periodic, so a window may be many times
 * larger than the picture. Rules are index maps: an index outside 0 … n−1 becomes one inside, or −1 for the constant.
 */

export const BOUNDARIES = ['symmetric', 'reflect', 'replicate', 'wrap', 'constant'] as const;
export type Boundary = (typeof BOUNDARIES)[number];

function modulo(i: number, n: number): number {
  const rest = i % n;
  return rest < 0 ? rest + n : rest;
}

/** The index inside 0 … n−1 whose sample stands at `i`; −1 where the constant stands. */
export function boundaryIndex(rule: Boundary, i: number, n: number): number {
  if (i >= 0 && i < n) return i;
  switch (rule) {
    case 'symmetric': {
      const j = modulo(i, 2 * n);
      return j < n ? j : 2 * n - 1 - j;
    }
    case 'reflect': {
      if (n === 1) return 0;
      const j = modulo(i, 2 * (n - 1));
      return j < n ? j : 2 * (n - 1) - j;
    }
    case 'replicate':
      return i < 0 ? 0 : n - 1;
    case 'wrap':
      return modulo(i, n);
    case 'constant':
      return -1;
  }
}

/** The map for `count` consecutive indices from `start`. */
export function boundaryMap(rule: Boundary, start: number, count: number, n: number): Int32Array {
  const map = new Int32Array(count);
  for (let k = 0; k < count; k++) map[k] = boundaryIndex(rule, start + k, n);
  return map;
}

/** The smallest interval [from, to) inside 0 … n that holds every sample which `start … start+count−1` reads. */
export function boundaryInterval(
  rule: Boundary,
  start: number,
  count: number,
  n: number,
): { readonly from: number; readonly to: number } {
  if (start >= 0 && start + count <= n) return { from: start, to: start + count };
  if (count >= 2 * n) return { from: 0, to: n };
  let from = n;
  let to = 0;
  for (let k = 0; k < count; k++) {
    const i = boundaryIndex(rule, start + k, n);
    if (i < 0) continue;
    if (i < from) from = i;
    if (i + 1 > to) to = i + 1;
  }
  return from < to ? { from, to } : { from: 0, to: 0 };
}
