/**
 * How the pixels of a TIFF file lie in it: in blocks (tiles, or strips of whole rows), each coded by itself, with its address and
 * its length. So a part of the picture is read by reading its blocks and nothing else. A file that is not made of such blocks, or of
 * ones that are too large to be worth it, is none of these.
 */

import type { Rectangle, Size } from '../../raster/rectangle';
import { numbersOf, type TiffDirectory } from './tiff-directory';

export interface TiffBlocks {
  /** Of the picture as it is stored. */
  readonly size: Size;
  /** Of a block; strips are as wide as the picture. */
  readonly block: Size;
  readonly tiled: boolean;
  readonly across: number;
  readonly down: number;
  /** Channels that lie apart, each in blocks of its own; 1 where they lie together. */
  readonly planes: number;
  /** By number: row by row, all of one plane before the next. */
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
}

export const TIFF_TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripLengths: 279,
  planes: 284,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileLengths: 325,
  dngVersion: 50_706,
} as const;

/** None, LZW, JPEG, deflate (both numbers), PackBits, Zstandard: all of them code a block without the others. */
const COMPRESSIONS: ReadonlySet<number> = new Set([1, 5, 7, 8, 32_773, 32_946, 50_000]);
const PLAIN = 1;
const JPEG = 7;
const YCBCR = 6;

/** Pixels of a block; a picture in larger ones is as well decoded from end to end. */
const LARGEST_BLOCK = 2 ** 24;
/** Pixels of the strips that one strip of plain samples is taken for. */
const CHOPPED = 2 ** 18;

/** The blocks of a file of so many bytes; null where its pixels cannot be read a part at a time. */
export function blocksOf({ fields, little }: TiffDirectory, fileSize: number): TiffBlocks | null {
  const numbers = (tag: number): readonly number[] => {
    const field = fields.get(tag);
    return field === undefined ? [] : (numbersOf(field, little) ?? []);
  };
  const number = (tag: number, otherwise: number): number => numbers(tag)[0] ?? otherwise;
  const [width, height] = [number(TIFF_TAG.width, 0), number(TIFF_TAG.height, 0)];
  const compression = number(TIFF_TAG.compression, PLAIN);
  if (width < 1 || height < 1 || !COMPRESSIONS.has(compression) || fields.has(TIFF_TAG.dngVersion))
    return null;
  // Elsewhere colours may be stored for several pixels together.
  if (number(TIFF_TAG.photometric, 0) === YCBCR && compression !== JPEG) return null;
  const tiled = fields.has(TIFF_TAG.tileOffsets);
  const block: Size = tiled
    ? { width: number(TIFF_TAG.tileWidth, 0), height: number(TIFF_TAG.tileHeight, 0) }
    : { width, height: Math.min(height, number(TIFF_TAG.rowsPerStrip, height)) };
  if (block.width < 1 || block.height < 1) return null;
  const samples = number(TIFF_TAG.samples, 1);
  const blocks: TiffBlocks = {
    ...{ size: { width, height }, block, tiled },
    across: Math.ceil(width / block.width),
    down: Math.ceil(height / block.height),
    planes: number(TIFF_TAG.planes, 1) === 2 ? samples : 1,
    offsets: numbers(tiled ? TIFF_TAG.tileOffsets : TIFF_TAG.stripOffsets),
    lengths: numbers(tiled ? TIFF_TAG.tileLengths : TIFF_TAG.stripLengths),
  };
  const { across, down, planes, offsets, lengths } = blocks;
  const count = across * down * planes;
  if (offsets.length !== count || lengths.length !== count) return null;
  if (offsets.some((offset, index) => offset < 8 || lengths[index] < 1 || offset + lengths[index] > fileSize))
    return null;
  const bits = numbers(TIFF_TAG.bits).reduce((sum, each) => sum + each, 0);
  const whole =
    planes === 1 && count === 1 && compression === PLAIN && !tiled ? chopped(blocks, bits) : blocks;
  return whole.block.width * whole.block.height > LARGEST_BLOCK ? null : whole;
}

/** Plain samples in one strip are as well taken for several; as they are where the strip is not what it should be. */
function chopped(blocks: TiffBlocks, bits: number): TiffBlocks {
  const { size, offsets, lengths } = blocks;
  const row = Math.ceil((size.width * bits) / 8);
  if (bits < 1 || lengths[0] !== row * size.height) return blocks;
  const rows = Math.max(1, Math.min(size.height, Math.floor(CHOPPED / size.width)));
  const down = Math.ceil(size.height / rows);
  const tops = Array.from({ length: down }, (_, index) => index * rows);
  return {
    ...blocks,
    block: { width: size.width, height: rows },
    down,
    offsets: tops.map((top) => offsets[0] + top * row),
    lengths: tops.map((top) => Math.min(rows, size.height - top) * row),
  };
}

/** The smallest rectangle of whole blocks with all of `part`, cut to the picture. */
export function blocksAround({ size, block }: TiffBlocks, part: Rectangle): Rectangle {
  const x = part.x - (part.x % block.width);
  const y = part.y - (part.y % block.height);
  const right = Math.ceil((part.x + part.width) / block.width) * block.width;
  const bottom = Math.ceil((part.y + part.height) / block.height) * block.height;
  return { x, y, width: Math.min(right, size.width) - x, height: Math.min(bottom, size.height) - y };
}
