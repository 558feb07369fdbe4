/**
 * Decoded pixels leave sharp as a file of libvips' own format, because that is the one output which takes
 * every layout and every number as it is (raw output drops the alpha of grey pictures and wants one number
 * format), and which is written in strips while decoding goes on, so that the child never holds the whole
 * picture. Such a file is a header of 64 bytes (libvips, `iofuncs/vips.c`), then the samples, interleaved,
 * row by row, in the machine's byte order, then XML.
 */

import { open } from 'node:fs/promises';

/** Bytes before the samples. */
export const VIPS_HEADER = 64;

/** libvips' enumeration of number formats, without the complex ones, which no picture file holds. */
const numberFormats = {
  0: 'uint8',
  1: 'int8',
  2: 'uint16',
  3: 'int16',
  4: 'uint32',
  5: 'int32',
  6: 'float32',
  8: 'float64',
} as const;
export type NumberFormat = (typeof numberFormats)[keyof typeof numberFormats];

export interface StoredSamples {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly format: NumberFormat;
}

const formatByNumber: ReadonlyMap<number, NumberFormat> = new Map(
  Object.entries(numberFormats).map(([number, format]) => [Number(number), format]),
);

/** What the file at `path`, which libvips has just written, holds. Throws where it is no such file. */
export async function readVipsHeader(path: string): Promise<StoredSamples> {
  const file = await open(path, 'r');
  try {
    const header = new DataView(new ArrayBuffer(VIPS_HEADER));
    await file.read(header, 0, VIPS_HEADER, 0);
    // The first four bytes tell the order of the others.
    const littleEndian = header.getUint32(0) === 0xb6a6f208;
    const at = (offset: number): number => header.getInt32(offset, littleEndian);
    const format = formatByNumber.get(at(20));
    if (format === undefined) throw new Error(`libvips wrote the number format ${at(20)}`);
    return { width: at(4), height: at(8), bands: at(12), format };
  } finally {
    await file.close();
  }
}
