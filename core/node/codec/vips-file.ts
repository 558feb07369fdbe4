/**
 * Pixels pass between Burnish and sharp as files of libvips' own format, because that is the one which takes
 * every layout and every number as it is (raw output drops the alpha of grey pictures and wants one number
 * format), and which libvips writes in strips while it decodes and reads in strips while it encodes, so that
 * the child never holds the whole picture. Such a file is a header of 64 bytes (libvips,
 * `iofuncs/vips.c`), then the samples, interleaved, row by row, in the machine's byte order, then, where there
 * is something to say, XML.
 */

import { endianness } from 'node:os';
import { open } from 'node:fs/promises';
import type { Shape } from '../../raster/raster';

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

/** What libvips calls pixels of each layout and depth. */
const interpretations = { grey8: 1, grey16: 26, colour8: 22, colour16: 25 } as const;

export interface StoredSamples {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly format: NumberFormat;
}

const formatByNumber: ReadonlyMap<number, NumberFormat> = new Map(
  Object.entries(numberFormats).map(([number, format]) => [Number(number), format]),
);

/** The first bytes of a file tell the order of the others. */
const MAGIC = endianness() === 'LE' ? 0xb6_a6_f2_08 : 0x08_f2_a6_b6;

/** The header of a file that holds such a picture. */
export function vipsHeader({ width, height, channels, depth }: Shape): Uint8Array {
  const header = Buffer.alloc(VIPS_HEADER);
  const order = endianness() === 'LE';
  const view = new DataView(header.buffer, header.byteOffset, VIPS_HEADER);
  view.setUint32(0, MAGIC);
  const { grey8, grey16, colour8, colour16 } = interpretations;
  const [eight, sixteen] = channels <= 2 ? [grey8, grey16] : [colour8, colour16];
  const format = depth === 8 ? 0 : 2;
  const numbers = [width, height, channels, depth, format, 0, depth === 8 ? eight : sixteen];
  numbers.forEach((number, index) => view.setInt32(4 + 4 * index, number, order));
  // Pixels a millimetre, which nobody asks of this file, but must not be 0.
  view.setFloat32(32, 1, order);
  view.setFloat32(36, 1, order);
  return header;
}

/** What a file with this header holds. Throws where that is nothing a picture could hold. */
export function storedIn(bytes: Uint8Array): StoredSamples {
  const header = new DataView(bytes.buffer, bytes.byteOffset, VIPS_HEADER);
  const littleEndian = header.getUint32(0) === 0xb6_a6_f2_08;
  const at = (offset: number): number => header.getInt32(offset, littleEndian);
  const format = formatByNumber.get(at(20));
  if (format === undefined) throw new Error(`libvips wrote the number format ${at(20)}`);
  return { width: at(4), height: at(8), bands: at(12), format };
}

/** The shape of samples that are levels as they stand; null for others. */
export function shapeOfStored({ width, height, bands, format }: StoredSamples): Shape | null {
  const depth = format === 'uint8' ? 8 : format === 'uint16' ? 16 : null;
  const channels = ([1, 2, 3, 4] as const).find((count) => count === bands);
  return depth === null || channels === undefined ? null : { width, height, channels, depth };
}

/** What the file at `path`, which libvips has just written, holds. Throws where it is no such file. */
export async function readVipsHeader(path: string): Promise<StoredSamples> {
  const file = await open(path, 'r');
  try {
    const header = new Uint8Array(VIPS_HEADER);
    await file.read(header, 0, VIPS_HEADER, 0);
    return storedIn(header);
  } finally {
    await file.close();
  }
}
