/** From a file's bytes to levels in a file of their own, and what there is to say about them. */

import { readFile, writeFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import { colourChannelsOf, type Samples, type Shape } from '../../raster/raster';
import type { Size } from '../../raster/rectangle';
import { warningNotice } from './complaint';
import { describe, metadataOf } from './describe';
import { greyToSrgb } from './icc';
import { BLOCKS, type BlockLengths, type Decoded, type ReadLimits } from './messages';
import type { PictureInfo, PictureMetadata } from './picture';
import { leniently, openFile, sharpOn, type Opened } from './read';
import { applyTable, depthOf, exceedsRange, levelsFrom, numbersOver } from './samples';
import { buildOf, type SharpModule } from './sharp-module';
import { readVipsHeader, VIPS_HEADER, type StoredSamples } from './vips-file';

export interface DecodeTargets {
  /** Where the pixels are to lie; a name that ends in `.v`, because that is how sharp is told the format. */
  readonly pixels: string;
  /** Where the metadata blocks are to lie. */
  readonly blocks: string;
}

export async function infoOf(
  sharp: SharpModule,
  bytes: Uint8Array,
  limits: ReadLimits,
): Promise<PictureInfo> {
  const { value } = await openFile(sharp, bytes, limits);
  return describe(value.metadata, value.plan, metadataOf(value.metadata, bytes, value.format), value.format);
}

export function pipelineOf(
  sharp: SharpModule,
  opened: Opened,
  failOn: 'warning' | 'error' | 'none',
  size?: Size,
): Sharp {
  const { bytes, plan } = opened;
  // 'transform' is done at the end, straight to sRGB: at the beginning sharp takes 16-bit pictures to P3.
  let pipeline = sharpOn(sharp, bytes, { failOn, autoOrient: true, ignoreIcc: plan.conversion !== 'cmyk' });
  if (size !== undefined) pipeline = pipeline.resize({ ...size, fit: 'inside', withoutEnlargement: true });
  pipeline = pipeline.toColourspace(plan.space);
  return plan.conversion === 'transform' ? pipeline.withIccProfile('srgb', { attach: false }) : pipeline;
}

function framesNotice({ format, metadata }: Opened): string[] {
  const { pages = 1 } = metadata;
  if (pages < 2) return [];
  const noun = format === 'TIFF' ? 'pages' : format === 'AVIF' ? 'pictures' : 'frames';
  return [`This is the first of ${pages} ${noun} in the file.`];
}

/** The WebAssembly build has no fonts. */
function textNotice(sharp: SharpModule, { format, bytes }: Opened): string[] {
  if (format !== 'SVG' || buildOf(sharp) === 'native' || !Buffer.from(bytes).includes('<text')) return [];
  return ['The text in this drawing is not shown.'];
}

/** What must still be done to what libvips wrote: null where its samples are the levels. */
function tableOf({ plan }: Opened, shape: Shape): Samples | null {
  if (plan.conversion === 'grey' && plan.profile?.grey) return greyToSrgb(plan.profile.grey, shape.depth);
  if (plan.shiftedBits === null) return null;
  const top = 65_536 - 2 ** (16 - plan.shiftedBits);
  return Uint16Array.from({ length: 65_536 }, (_, level) =>
    Math.min(65_535, Math.round((level * 65_535) / top)),
  );
}

export interface Finished {
  readonly offset: number;
  readonly notices: readonly string[];
}

/** The shape of the levels in what libvips wrote. Throws where that is not what the header promised. */
export function shapeIn({ width, height, bands, format: number }: StoredSamples, opened: Opened): Shape {
  const { format, metadata, plan } = opened;
  if (depthOf(number) !== plan.depth || bands < plan.channels) {
    throw new Error(`a ${format} of ${metadata.space} ${metadata.depth} was read as ${bands} × ${number}`);
  }
  return { width, height, channels: plan.channels, depth: plan.depth };
}

/** What there is to say of a file before the first of its pixels. */
export function headerNotices(sharp: SharpModule, opened: Opened): string[] {
  return [
    ...framesNotice(opened),
    ...textNotice(sharp, opened),
    ...(opened.plan.misfit
      ? ['The embedded colour profile is damaged or does not fit this picture; it was not used.']
      : []),
  ];
}

/** Lays the metadata blocks of a file at a path, one after another. */
export async function layBlocks(path: string, kept: PictureMetadata): Promise<BlockLengths> {
  const lengths: BlockLengths = { exif: 0, xmp: 0, iptc: 0, icc: 0 };
  for (const name of BLOCKS) lengths[name] = kept[name]?.length ?? 0;
  await writeFile(path, Buffer.concat(BLOCKS.map((name) => kept[name] ?? new Uint8Array())), { mode: 0o600 });
  return lengths;
}

/** Makes levels of the samples at `path`; most pictures are left where they lie. */
export async function finish(
  path: string,
  stored: StoredSamples,
  opened: Opened,
  shape: Shape,
): Promise<Finished> {
  const table = tableOf(opened, shape);
  const plain = stored.format === 'uint8' || stored.format === 'uint16';
  if (plain && stored.bands === shape.channels && table === null) return { offset: VIPS_HEADER, notices: [] };
  const file = await readFile(path);
  const count = stored.width * stored.height * stored.bands;
  const numbers = numbersOver(file, stored.format, VIPS_HEADER, count);
  const levels = levelsFrom(numbers, stored.format, stored.bands, shape.channels);
  // Shifted bits are those of every channel, a curve is of the colours alone.
  const affected = opened.plan.shiftedBits === null ? colourChannelsOf(shape) : shape.channels;
  if (table !== null) applyTable(levels, table, shape.channels, affected);
  await writeFile(path, new Uint8Array(levels.buffer));
  const notices: string[] = [];
  if (stored.bands > shape.channels) {
    const shown = shape.channels === 1 ? 'one is' : `${shape.channels} are`;
    notices.push(`This file has ${stored.bands} channels; the first ${shown} shown.`);
  }
  if (exceedsRange(numbers, stored.format)) {
    notices.push('This file holds floating-point samples outside 0 to 1; they are shown as black or white.');
  }
  return { offset: 0, notices };
}

/** Decodes into `targets`. Throws a `FaultError` where the file cannot be opened. */
export async function decode(
  sharp: SharpModule,
  bytes: Uint8Array,
  targets: DecodeTargets,
  limits: ReadLimits,
  reducedTo?: Size,
): Promise<Decoded> {
  const header = await openFile(sharp, bytes, limits);
  const opened = header.value;
  const { format, metadata, plan } = opened;
  const warnings: string[] = [];
  const kept = metadataOf(metadata, bytes, format);
  let attempts = 0;
  const reading = leniently(format, async (failOn) => {
    attempts += 1;
    const pipeline = pipelineOf(sharp, opened, failOn, reducedTo);
    pipeline.on('warning', (warning: string) => warnings.push(warning));
    await pipeline.toFile(targets.pixels);
    return readVipsHeader(targets.pixels);
  });
  const [pixels, info] = await Promise.all([reading, describe(metadata, plan, kept, format)]);
  const stored = pixels.value;
  const shape = shapeIn(stored, opened);
  const finished = await finish(targets.pixels, stored, opened, shape);
  const lengths = await layBlocks(targets.blocks, kept);
  const notice = pixels.notice ?? header.notice ?? warningNotice(warnings, format);
  return {
    info,
    shape,
    offset: finished.offset,
    once: attempts === 1 && finished.offset === VIPS_HEADER,
    lengths,
    notices: [...(notice === null ? [] : [notice]), ...headerNotices(sharp, opened), ...finished.notices],
  };
}
