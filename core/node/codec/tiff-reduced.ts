/**
 * The smaller copies of itself that a TIFF file may hold, a pyramid of them as a rule: directories marked as reduced, in the chain
 * of the file or beneath its first directory. One of them is cut out of the file as a small file of its own, so something of a
 * picture of any size is to be seen without reading more than a few megabytes. It is for looking at only: nobody knows how the program
 * that wrote it made it.
 */

import type { Size } from '../../raster/rectangle';
import type { ReadAt } from '../files/bytes-elsewhere';
import { isTransposed, transposed } from './region-orientation';
import { blocksOf, TIFF_TAG, type TiffBlocks } from './tiff-blocks';
import { cutOut } from './tiff-cut';
import {
  furtherDirectories,
  KIND,
  MASK,
  numbersOf,
  readDirectory,
  REDUCED,
  type TiffDirectory,
} from './tiff-directory';

export interface ReducedCopy {
  /** A TIFF file that holds the copy alone. */
  readonly bytes: Uint8Array;
  /** Of the copy, upright. */
  readonly size: Size;
  /** Of the picture itself, upright. */
  readonly full: Size;
}

const PROFILE = 34_675;
/** Pixels of a copy that is small enough to be decoded at once. */
const LARGEST = 2 ** 24;
/** Pixels of the longer side: less is nothing to look at. */
const SMALLEST_SIDE = 128;

function numberOf({ fields, little }: TiffDirectory, tag: number, otherwise: number): number {
  const field = fields.get(tag);
  return (field === undefined ? null : numbersOf(field, little))?.[0] ?? otherwise;
}

function kindOf(directory: TiffDirectory): number {
  return numberOf(directory, KIND, 0);
}

/** Whether one may be a smaller copy of the other by its size: each side is rounded to a whole pixel, up or down. */
function isSmaller(copy: Size, full: Size): boolean {
  const distance = Math.abs(copy.width * full.height - copy.height * full.width);
  return copy.width < full.width && distance <= full.width + full.height;
}

const sideOf = ({ width, height }: Size): number => Math.max(width, height);

interface Found {
  readonly directory: TiffDirectory;
  readonly blocks: TiffBlocks;
}

/**
 * The smallest copy whose longer side has `side` pixels or more, else the largest that there is; null where the file holds none that can
 * be read, or is no TIFF file. `fileSize` in bytes.
 */
export async function reducedCopy(read: ReadAt, fileSize: number, side: number): Promise<ReducedCopy | null> {
  const first = await readDirectory(read);
  // What a raw file holds is not what it shows.
  if (first === null || first.fields.has(TIFF_TAG.dngVersion) || (kindOf(first) & REDUCED) !== 0) return null;
  const full: Size = {
    width: numberOf(first, TIFF_TAG.width, 0),
    height: numberOf(first, TIFF_TAG.height, 0),
  };
  const found: Found[] = [];
  for (const directory of await furtherDirectories(read, first)) {
    if ((kindOf(directory) & (REDUCED | MASK)) !== REDUCED) continue;
    const blocks = blocksOf(directory, fileSize);
    if (blocks === null || !isSmaller(blocks.size, full)) continue;
    const { width, height } = blocks.size;
    if (sideOf(blocks.size) >= SMALLEST_SIDE && width * height <= LARGEST) found.push({ directory, blocks });
  }
  found.sort((a, b) => a.blocks.size.width - b.blocks.size.width);
  const chosen = found.find(({ blocks }) => sideOf(blocks.size) >= side) ?? found.at(-1);
  if (chosen === undefined) return null;
  const { directory, blocks } = chosen;
  const inherited = [TIFF_TAG.orientation, PROFILE].flatMap((tag) => first.fields.get(tag) ?? []);
  // What a copy does not say of itself is as in the picture.
  const fields = new Map([...inherited.map((field) => [field.tag, field] as const), ...directory.fields]);
  const bytes = await cutOut(read, { ...directory, fields }, blocks, { x: 0, y: 0, ...blocks.size });
  if (bytes === null) return null;
  const upright = isTransposed(numberOf(first, TIFF_TAG.orientation, 1)) ? transposed : (size: Size) => size;
  return { bytes, size: upright(blocks.size), full: upright(full) };
}
