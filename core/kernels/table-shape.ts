/**
 * Tables whose entries follow a simple rule: reversed or brighter, a slice of levels, one bit. A processor does those to sixteen
 * bytes at once, without looking anything up. Whether a table has such a shape is read off all of its entries, so the rule
 * is the table.
 */

import type { Samples } from '../raster/raster';

export type TableShape =
  /** clamp(level + plus − minus), one of them 0; reversed where `flip` is the top level and not 0. */
  | { readonly kind: 'shift'; readonly plus: number; readonly minus: number; readonly flip: number }
  /** `inside` for low … high, `outside` elsewhere; −1 where levels stay. */
  | {
      readonly kind: 'slice';
      readonly low: number;
      readonly high: number;
      readonly inside: number;
      readonly outside: number;
    }
  | { readonly kind: 'bit'; readonly bit: number; readonly set: number; readonly clear: number };

const known = new WeakMap<Samples, { readonly shape: TableShape | null }>();

/** The rule that the table follows; null where it is none of these. */
export function shapeOfTable(table: Samples): TableShape | null {
  let found = known.get(table);
  if (found === undefined) {
    found = { shape: shiftOf(table) ?? sliceOf(table) ?? bitOf(table) };
    known.set(table, found);
  }
  return found.shape;
}

function shiftOf(table: Samples): TableShape | null {
  const top = table.length - 1;
  for (const flip of [0, top]) {
    const inner = table.findIndex((entry) => entry > 0 && entry < top);
    if (inner < 0) return null;
    const by = (table[inner] ^ flip) - inner;
    const follows = table.every((entry, level) => (entry ^ flip) === Math.max(0, Math.min(top, level + by)));
    if (follows) return { kind: 'shift', plus: Math.max(0, by), minus: Math.max(0, -by), flip };
  }
  return null;
}

function sliceOf(table: Samples): TableShape | null {
  for (const outside of [-1, table[0]]) {
    const differs = (entry: number, level: number): boolean => entry !== (outside < 0 ? level : outside);
    const low = table.findIndex(differs);
    if (low < 0) return { kind: 'slice', low: 0, high: table.length - 1, inside: outside, outside };
    const high = table.findLastIndex(differs);
    for (const inside of [-1, table[low]]) {
      const part = table.subarray(low, high + 1);
      if (part.every((entry, index) => entry === (inside < 0 ? low + index : inside))) {
        return { kind: 'slice', low, high, inside, outside };
      }
    }
  }
  return null;
}

function bitOf(table: Samples): TableShape | null {
  const clear = table[0];
  for (let bit = 1; bit < table.length; bit *= 2) {
    const set = table[bit];
    if (table.every((entry, level) => entry === ((level & bit) === 0 ? clear : set))) {
      return { kind: 'bit', bit, set, clear };
    }
  }
  return null;
}
