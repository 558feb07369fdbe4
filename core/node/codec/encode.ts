/**
 * From levels to a file's bytes. Depth and transparency are settled here, by Burnish's own rules, so that
 * libvips finds pixels which the format can hold as they are; it converts colours only where the source's
 * profile is asked for.
 */

import { stat, writeFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import { FORMAT_CHOICES } from '../../protocol/format-choices';
import { convertDepth } from '../../raster/convert';
import {
  colourChannelsOf,
  hasAlpha,
  scaleOf,
  type Depth,
  type Samples,
  type Shape,
} from '../../raster/raster';
import { pixelsWith, type PixelFile } from './carrier';
import { jpegWithIptc } from './iptc';
import { coloured } from './output-profile';
import type { EncodeOptions, ExportFormat, PictureMetadata } from './picture';
import { carriedMetadata } from './policy';
import { rewrite, type Rewriting } from './rewrite';
import { applyTable, flatten } from './samples';
import type { SharpModule } from './sharp-module';
import { tiffWith } from './tiff-entries';

const WHITE = [255, 255, 255];

/**
 * A JPEG segment holds 65,533 bytes; a longer packet would have to be split in a way that few programs read.
 */
const MOST_XMP_IN_JPEG = 65_000;

/** Whether a format holds 16 bits a sample. */
export function holds16(format: ExportFormat): boolean {
  return format === 'png' || format === 'tiff';
}

function depthIn(format: ExportFormat, shape: Shape, asked: Depth | undefined): Depth {
  return holds16(format) ? (asked ?? shape.depth) : 8;
}

/** What makes of such a picture one that the format can hold; null where it can hold it as it is. */
function preparing(
  shape: Shape,
  { format, depth: asked, background = WHITE }: EncodeOptions,
): Rewriting | null {
  const depth = depthIn(format, shape, asked);
  const flat = format === 'jpeg' && hasAlpha(shape);
  if (depth === shape.depth && !flat) return null;
  if (!flat) {
    return { form: { channels: shape.channels, depth }, convert: (rows) => convertDepth(rows, depth) };
  }
  const [red, green, blue] = background;
  // Under a grey picture the colour's luma by BT.601, as everywhere.
  const colour = shape.channels === 2 ? [Math.round(0.299 * red + 0.587 * green + 0.114 * blue)] : background;
  const levels = colour.map((level) => level * scaleOf(depth));
  return {
    form: { channels: colourChannelsOf(shape), depth },
    convert: (rows) => flatten(convertDepth(rows, depth), levels),
  };
}

function throughTable(shape: Shape, table: Samples): Rewriting {
  return {
    form: shape,
    convert: (rows) => {
      applyTable(rows.data, table, rows.channels, 1);
      return rows;
    },
  };
}

const MILLIMETRES_AN_INCH = 25.4;

function toFormat(pipeline: Sharp, options: EncodeOptions, density: number | null): Sharp {
  const { format, lossless = false } = options;
  const quality = options.quality ?? FORMAT_CHOICES[format].quality ?? 100;
  const effort = options.effort ?? FORMAT_CHOICES[format].effort ?? 0;
  switch (format) {
    case 'jpeg': {
      const chromaSubsampling = options.chromaSubsampling ?? (quality >= 90 ? '4:4:4' : '4:2:0');
      // Optimised tables make a file 4 % smaller and take thrice the time; mozjpeg's search 10 % and ten times.
      return pipeline.jpeg({ quality, chromaSubsampling, optimiseCoding: effort >= 5, mozjpeg: effort >= 8 });
    }
    case 'png':
      return pipeline.png({
        compressionLevel: effort,
        adaptiveFiltering: true,
      });
    case 'webp': {
      // `exact` keeps the colours under full transparency, without which lossless is not.
      return pipeline.webp({
        quality,
        lossless,
        // sharp counts to 6.
        effort: Math.round((effort * 6) / 9),
        exact: lossless,
      });
    }
    case 'tiff': {
      const resolution =
        density === null ? {} : { xres: density / MILLIMETRES_AN_INCH, yres: density / MILLIMETRES_AN_INCH };
      return pipeline.tiff({ compression: 'deflate', predictor: 'horizontal', ...resolution });
    }
    case 'avif':
      return pipeline.avif({
        quality,
        effort: effort,
        chromaSubsampling: lossless ? '4:4:4' : (options.chromaSubsampling ?? '4:4:4'),
        lossless,
      });
  }
}

/** Where things lie in the private folder while a file is made. */
export interface EncodePlaces {
  /** The picture's pixels; what the format cannot hold is changed in their place. */
  readonly pixels: string;
  /** A free name, for the profile that libvips is to convert to. */
  readonly profile: string;
  /** A free name, for the encoded file. */
  readonly output: string;
}

/** Encodes a picture of this shape and returns the bytes of the file. */
export async function encode(
  sharp: SharpModule,
  given: Shape,
  metadata: PictureMetadata | null,
  options: EncodeOptions,
  places: EncodePlaces,
): Promise<number> {
  const { format } = options;
  const carried = carriedMetadata(metadata, options.metadata ?? 'all');
  const prepared = preparing(given, options);
  let shape = prepared === null ? given : await rewrite(places.pixels, given, prepared);
  const { table, profile, target } = await coloured(sharp, shape, options.profile ?? 'srgb', metadata?.icc);
  if (table !== null) shape = await rewrite(places.pixels, shape, throughTable(shape, table));
  const file: PixelFile = { path: places.pixels, shape };
  const exifBlock = format === 'tiff' ? null : carried.exifBlock;
  let pipeline = await pixelsWith(sharp, file, { exifBlock, profile, density: carried.density });
  if (target !== null) {
    await writeFile(places.profile, target, { mode: 0o600 });
    pipeline = pipeline.withIccProfile(places.profile);
  }
  const xmpFits = format !== 'jpeg' || Buffer.byteLength(carried.xmp ?? '') <= MOST_XMP_IN_JPEG;
  if (carried.xmp !== null && xmpFits) pipeline = pipeline.withXmp(carried.xmp);
  const encoding = toFormat(pipeline, options, carried.density);
  if (format === 'tiff' && (carried.exif !== null || carried.iptc !== null)) {
    return written(places.output, tiffWith(await encoding.toBuffer(), carried.exif, carried.iptc));
  }
  if (format === 'jpeg' && carried.iptc !== null) {
    return written(places.output, jpegWithIptc(await encoding.toBuffer(), carried.iptc));
  }
  await encoding.toFile(places.output);
  return (await stat(places.output)).size;
}

async function written(path: string, file: Uint8Array): Promise<number> {
  await writeFile(path, file, { mode: 0o600 });
  return file.length;
}
