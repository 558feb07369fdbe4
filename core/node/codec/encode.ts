/**
 * From levels to a file's bytes. Depth and transparency are settled here, by Burnish's own rules, so that
 * libvips finds pixels which the format can hold as they are; it converts colours only where the source's
 * profile is asked for.
 */

import { writeFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import { convertDepth } from '../../raster/convert';
import { hasAlpha, scaleOf, type Raster } from '../../raster/raster';
import { pixelsWith } from './carrier';
import { jpegWithIptc } from './iptc';
import { coloured } from './output-profile';
import type { EncodeOptions, ExportFormat, PictureMetadata } from './picture';
import { carriedMetadata } from './policy';
import { flatten } from './samples';
import type { SharpModule } from './sharp-module';
import { tiffWith } from './tiff-entries';

const DEFAULT_QUALITY = { jpeg: 90, webp: 85, avif: 60 };
const DEFAULT_EFFORT = { jpeg: 2, png: 3, webp: 3, avif: 2 };
const WHITE = [255, 255, 255];

/**
 * A JPEG segment holds 65,533 bytes; a longer packet would have to be split in a way that few programs read.
 */
const MOST_XMP_IN_JPEG = 65_000;

/** Whether a format holds 16 bits a sample. */
export function holds16(format: ExportFormat): boolean {
  return format === 'png' || format === 'tiff';
}

/** The picture as the format can hold it; `raster` itself where it can. */
function prepared(raster: Raster, { format, depth, background = WHITE }: EncodeOptions): Raster {
  const picture = convertDepth(raster, holds16(format) ? (depth ?? raster.depth) : 8);
  if (format !== 'jpeg' || !hasAlpha(picture)) return picture;
  const [red, green, blue] = background;
  // Under a grey picture the colour's luma by BT.601, as everywhere.
  const colour =
    picture.channels === 2 ? [Math.round(0.299 * red + 0.587 * green + 0.114 * blue)] : background;
  return flatten(
    picture,
    colour.map((level) => level * scaleOf(picture.depth)),
  );
}

const MILLIMETRES_AN_INCH = 25.4;

function toFormat(pipeline: Sharp, options: EncodeOptions, density: number | null): Sharp {
  const { format, lossless = false } = options;
  switch (format) {
    case 'jpeg': {
      const quality = options.quality ?? DEFAULT_QUALITY.jpeg;
      const effort = options.effort ?? DEFAULT_EFFORT.jpeg;
      const chromaSubsampling = options.chromaSubsampling ?? (quality >= 90 ? '4:4:4' : '4:2:0');
      // Optimised tables make a file 4 % smaller and take thrice the time; mozjpeg's search 10 % and ten times.
      return pipeline.jpeg({ quality, chromaSubsampling, optimiseCoding: effort >= 5, mozjpeg: effort >= 8 });
    }
    case 'png':
      return pipeline.png({
        compressionLevel: options.effort ?? DEFAULT_EFFORT.png,
        adaptiveFiltering: true,
      });
    case 'webp': {
      const effort = Math.round(((options.effort ?? DEFAULT_EFFORT.webp) * 6) / 9);
      // `exact` keeps the colours under full transparency, without which lossless is not.
      return pipeline.webp({
        quality: options.quality ?? DEFAULT_QUALITY.webp,
        lossless,
        effort,
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
        quality: options.quality ?? DEFAULT_QUALITY.avif,
        effort: options.effort ?? DEFAULT_EFFORT.avif,
        chromaSubsampling: options.chromaSubsampling ?? '4:4:4',
        lossless,
      });
  }
}

/**
 * The encoded file. `profilePath` is a free name in the private folder, for the profile that libvips is to
 * convert to.
 */
export async function encode(
  sharp: SharpModule,
  raster: Raster,
  metadata: PictureMetadata | null,
  options: EncodeOptions,
  profilePath: string,
): Promise<Uint8Array> {
  const { format } = options;
  const carried = carriedMetadata(metadata, options.metadata ?? 'all');
  const choice = options.profile ?? 'srgb';
  const { picture, profile, target } = await coloured(
    sharp,
    prepared(raster, options),
    choice,
    metadata?.icc,
  );
  const exifBlock = format === 'tiff' ? null : carried.exifBlock;
  let pipeline = await pixelsWith(sharp, picture, { exifBlock, profile, density: carried.density });
  if (target !== null) {
    await writeFile(profilePath, target, { mode: 0o600 });
    pipeline = pipeline.withIccProfile(profilePath);
  }
  const xmpFits = format !== 'jpeg' || Buffer.byteLength(carried.xmp ?? '') <= MOST_XMP_IN_JPEG;
  if (carried.xmp !== null && xmpFits) pipeline = pipeline.withXmp(carried.xmp);
  const file = await toFormat(pipeline, options, carried.density).toBuffer();
  if (format === 'tiff') return tiffWith(file, carried.exif, carried.iptc);
  return format === 'jpeg' && carried.iptc !== null ? jpegWithIptc(file, carried.iptc) : file;
}
