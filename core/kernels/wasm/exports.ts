/**
 * What the WebAssembly module exports (assembly/index.ts), by name; a test holds both lists together. Addresses are bytes from
 * the beginning of the pool, counts are of samples, sizes of pixels unless a line says otherwise.
 */
export interface Exports {
  boxSums8(sums: number, input: number, rows: number, count: number): void;
  boxSums16(sums: number, input: number, rows: number, count: number): void;
  boxBand8: BoxBand;
  boxBand16: BoxBand;
}

/** `input` and `output` are the addresses of rows without gaps; `width` is of the output. */
export type BoxBand = (
  sums: number,
  input: number,
  output: number,
  rows: number,
  width: number,
  channels: number,
  colours: number,
  size: number,
  scale: number,
  shift: number,
) => void;
