/**
 * A part of a TIFF file as a small TIFF file: the same entries, and of the blocks of pixels only those of the part, as they are,
 * byte for byte. Whoever decodes it gets the very samples that decoding the large one gives there, whatever the compression
 * or the colours, and never sees the rest. And the header alone, with all its notes and no pixels, which tells what the large file
 * is.
 */

import type { Rectangle } from '../../raster/rectangle';
import type { ReadAt } from '../files/bytes-elsewhere';
import { TAG } from './exif';
import { TIFF_TAG, type TiffBlocks } from './tiff-blocks';
import { readSubdirectory, type TiffDirectory, type TiffField } from './tiff-directory';
import { directoryLength, layDirectory, longField, tiffHeader } from './tiff-laying';

const HEADER = 8;

/** What says where pixels or further directories lie, which is another place in another file. */
const PLACES: ReadonlySet<number> = new Set([
  TIFF_TAG.stripOffsets,
  TIFF_TAG.stripLengths,
  TIFF_TAG.rowsPerStrip,
  TIFF_TAG.tileOffsets,
  TIFF_TAG.tileLengths,
  TIFF_TAG.width,
  TIFF_TAG.height,
  288, // free places
  289,
  330, // further pictures
  513, // a thumbnail
  514,
  TAG.exposurePointer,
  TAG.positionPointer,
  TAG.interoperabilityPointer,
]);

/** What decoding depends on: how samples are coded, what they mean, which way up they are; not what is told beside. */
const DECODING: ReadonlySet<number> = new Set([
  TIFF_TAG.bits,
  TIFF_TAG.compression,
  TIFF_TAG.photometric,
  266, // order of bits
  TIFF_TAG.orientation,
  TIFF_TAG.samples,
  TIFF_TAG.planes,
  317, // predictor
  320, // palette
  TIFF_TAG.tileWidth,
  TIFF_TAG.tileHeight,
  332, // inks
  334,
  338, // extra samples
  339, // number format
  340,
  341,
  347, // tables of JPEG
  529, // YCbCr
  530,
  531,
  532,
  34_675, // profile
]);

/** A type of BigTIFF has no place in a file of the classic kind. */
const isClassic = ({ type }: TiffField): boolean => type <= 13;

function placesFields(
  { tiled }: TiffBlocks,
  rows: number,
  offsets: readonly number[],
  lengths: readonly number[],
  little: boolean,
): TiffField[] {
  if (tiled) {
    return [
      longField(TIFF_TAG.tileOffsets, offsets, little),
      longField(TIFF_TAG.tileLengths, lengths, little),
    ];
  }
  return [
    longField(TIFF_TAG.rowsPerStrip, [rows], little),
    longField(TIFF_TAG.stripOffsets, offsets, little),
    longField(TIFF_TAG.stripLengths, lengths, little),
  ];
}

/** The numbers of the blocks of a part that begins and ends between blocks, in the order in which a file lists them. */
function numbersIn({ block, across, down, planes }: TiffBlocks, part: Rectangle): number[] {
  const left = part.x / block.width;
  const top = part.y / block.height;
  const right = Math.ceil((part.x + part.width) / block.width);
  const bottom = Math.ceil((part.y + part.height) / block.height);
  const numbers: number[] = [];
  for (let plane = 0; plane < planes; plane++) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) numbers.push((plane * down + y) * across + x);
    }
  }
  return numbers;
}

/** A file of the part's blocks alone; `part` as `blocksAround` gives it. Null where the file no longer reaches so far. */
export async function cutOut(
  read: ReadAt,
  { little, fields }: TiffDirectory,
  blocks: TiffBlocks,
  part: Rectangle,
): Promise<Uint8Array | null> {
  const numbers = numbersIn(blocks, part);
  const lengths = numbers.map((number) => blocks.lengths[number]);
  const kept = [...fields.values()].filter((field) => DECODING.has(field.tag) && isClassic(field));
  const sized = [
    ...kept,
    longField(TIFF_TAG.width, [part.width], little),
    longField(TIFF_TAG.height, [part.height], little),
  ];
  const rows = Math.min(blocks.block.height, part.height);
  const laid = (offsets: readonly number[]): TiffField[] => [
    ...sized,
    ...placesFields(blocks, rows, offsets, lengths, little),
  ];
  let at = HEADER + directoryLength(laid(lengths));
  const offsets = lengths.map((length) => {
    const offset = at;
    at += length + (length & 1);
    return offset;
  });
  const file = new Uint8Array(at);
  file.set(tiffHeader(little));
  file.set(layDirectory(laid(offsets), HEADER, little), HEADER);
  for (const run of runsOf(blocks, numbers, offsets)) {
    const bytes = await read(run.from, run.length);
    if (bytes === null) return null;
    for (const { from, to, length } of run.blocks) file.set(bytes.subarray(from, from + length), to);
  }
  return file;
}

interface Run {
  readonly from: number;
  length: number;
  /** From where in the run, to where in the new file. */
  readonly blocks: { readonly from: number; readonly to: number; readonly length: number }[];
}

/** Blocks that lie end to end, as most of a row do, are read in one go. */
function runsOf(blocks: TiffBlocks, numbers: readonly number[], offsets: readonly number[]): Run[] {
  const runs: Run[] = [];
  numbers.forEach((number, index) => {
    const from = blocks.offsets[number];
    const length = blocks.lengths[number];
    let run = runs.at(-1);
    if (run === undefined || run.from + run.length !== from) {
      run = { from, length: 0, blocks: [] };
      runs.push(run);
    }
    run.blocks.push({ from: run.length, to: offsets[index], length });
    run.length += length;
  });
  return runs;
}

/** A file that tells everything about the large one but its pixels, which it says lie nowhere. */
export async function headerOf(
  read: ReadAt,
  directory: TiffDirectory,
  blocks: TiffBlocks,
): Promise<Uint8Array> {
  const { little, fields } = directory;
  const { size, block, across, down, planes } = blocks;
  const nowhere = Array.from({ length: across * down * planes }, () => 0);
  const entries = [...fields.values()].filter((field) => !PLACES.has(field.tag) && isClassic(field));
  entries.push(
    longField(TIFF_TAG.width, [size.width], little),
    longField(TIFF_TAG.height, [size.height], little),
    ...placesFields(blocks, block.height, nowhere, nowhere, little),
  );
  const parts: { readonly tag: number; readonly fields: readonly TiffField[] }[] = [];
  for (const tag of [TAG.exposurePointer, TAG.positionPointer]) {
    const inside = (await readSubdirectory(read, directory, tag)).filter(isClassic);
    if (inside.length > 0) parts.push({ tag, fields: inside });
  }
  const pointers = (starts: readonly number[]): TiffField[] =>
    parts.map(({ tag }, index) => longField(tag, [starts[index]], little));
  let at = HEADER + directoryLength([...entries, ...pointers(parts.map(() => 0))]);
  const starts = parts.map((part) => {
    const start = at;
    at += directoryLength(part.fields);
    return start;
  });
  return Buffer.concat([
    tiffHeader(little),
    layDirectory([...entries, ...pointers(starts)], HEADER, little),
    ...parts.map((part, index) => layDirectory(part.fields, starts[index], little)),
  ]);
}
