/**
 * A plane of doubles in strips of eight, one strip after the other: a strip is one piece of memory, as the transform along it wants it, and
 * what eight rows put into it are whole lines of the processor's cache. In the direction of a strip there is room for a multiple of eight rows.
 */

import { ENTRY } from './fourier-passes';

/** Where the entry of a row begins in a strip of a plane with room for `height` rows. */
export function stripAt(strip: number, height: number, row: number): number {
  return (strip * height + row) * ENTRY;
}

/** Rows there is room for. */
export function roomFor(rows: number): number {
  return Math.ceil(rows / ENTRY) * ENTRY;
}
