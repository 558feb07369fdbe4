/** Samples as kernels see them, a row at a time: by address, or through a piece of scratch memory where they lie elsewhere. */

import type { Samples } from '../../raster/raster';
import type { FastKernels } from './fast-kernels';

export interface LyingRows {
  /** The address of `count` samples from index `start`, which are read. */
  bring(start: number, count: number): number;
  /** Where to write samples from index `start`; `takeBack` then brings them where they belong. */
  room(start: number): number;
  takeBack(start: number, count: number): void;
}

/** `copies` lies in the pool and has room for a row; a row that was brought is good until the next one is. */
export function rowsIn(fast: FastKernels, data: Samples, copies: Uint8Array): LyingRows {
  const base = fast.addressOf(data);
  const bytes = data.BYTES_PER_ELEMENT;
  const at = (start: number): number => base + start * bytes;
  if (base >= 0) return { bring: at, room: at, takeBack: () => undefined };
  const copy = fast.addressOf(copies);
  const all = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return {
    bring: (start, count) => {
      copies.set(all.subarray(start * bytes, (start + count) * bytes));
      return copy;
    },
    room: () => copy,
    takeBack: (start, count) => {
      all.set(copies.subarray(0, count * bytes), start * bytes);
    },
  };
}
