/**
 * From levels to a file's bytes. Depth and transparency are settled here, by Burnish's own rules, so that libvips finds pixels which
 * the format can hold as they are; it converts colours only where the source's profile is asked for.
 */

import { writeFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import { colourChannelsOf, hasAlpha, scaleOf, type Raster, type Shape } from '../../raster/raster';
import { pixelsWith } from './carrier';
import { readProfile, srgbToGrey } from './icc';
import { jpegWithIptc } from './iptc';
import type { EncodeOptions, ExportFormat, PictureMetadata } from './picture';
import { carriedMetadata } from './policy';
import { applyTable, flatten, toDepth } from './samples';
import type { SharpModule } from './sharp-module';
import { tiffWith } from './tiff-entries';

const DEFAULT_QUALITY = { jpeg: 90, webp: 85, avif: 60 };
const DEFAULT_EFFORT = { jpeg: 2, png: 3, webp: 3, avif: 2 };
const WHITE = [255, 255, 255];

/** A JPEG segment holds 65,533 bytes; a longer packet would have to be split in a way that few programs read. */
const MOST_XMP_IN_JPEG = 65_000;

/** Whether a format holds 16 bits a sample. */
export function holds16(format: ExportFormat): boolean {
  return format === 'png' || format === 'tiff';
}

/** The picture as the format can hold it. May share its samples with `raster`. */
function prepared(raster: Raster, options: EncodeOptions): Raster {
  const { format } = options;
  const depth = holds16(format) ? (options.depth ?? raster.depth) : 8;
  const data = toDepth(raster.data, raster.depth, depth);
  if (format !== 'jpeg' || !hasAlpha(raster)) return { ...raster, depth, data };
  const colours = colourChannelsOf(raster);
  const [red = 255, green = 255, blue = 255] = options.background ?? WHITE;
  // A grey picture takes the grey of the same lightness (ITU-R BT.601, as `grayscale` does).
  const levels =
    colours === 3 ? [red, green, blue] : [Math.round(0.299 * red + 0.587 * green + 0.114 * blue)];
  const background = levels.map((level) => level * scaleOf(depth));
  return { ...raster, depth, channels: colours, data: flatten(data, colours, depth, background) };
}

/** The sRGB profile that libvips has built in, 480 bytes. */
async function srgbProfile(sharp: SharpModule): Promise<Uint8Array> {
  const pixel = sharp(new Uint8Array(3), { raw: { width: 1, height: 1, channels: 3 } });
  const { icc } = await sharp(await pixel.withIccProfile('srgb').png().toBuffer()).metadata();
  if (icc === undefined) throw new Error('libvips has no sRGB profile');
  return icc;
}

interface Colouring {
  /** What is embedded with the levels as they are; null for nothing. */
  readonly profile: Uint8Array | null;
  /** What libvips converts to and embeds instead. */
  readonly target: Uint8Array | null;
}

/** The profile that the file gets. A grey profile is applied to the samples here and now. */
async function coloured(
  sharp: SharpModule,
  picture: Raster,
  options: EncodeOptions,
  icc: Uint8Array | undefined,
): Promise<Colouring & { readonly picture: Raster }> {
  const choice = options.profile ?? 'srgb';
  if (choice === 'none') return { picture, profile: null, target: null };
  const source = choice === 'keep' && icc !== undefined ? readProfile(icc) : null;
  const grey = picture.channels <= 2;
  if (grey) {
    const curve = source?.grey ?? null;
    if (icc === undefined || curve === null) return { picture, profile: null, target: null };
    const table = srgbToGrey(curve, picture.depth);
    const data = picture.data.slice();
    if (table !== null) applyTable(data, table, picture.channels, 1);
    return { picture: { ...picture, data }, profile: icc, target: null };
  }
  if (icc === undefined || source?.colours !== 'RGB')
    return { picture, profile: await srgbProfile(sharp), target: null };
  if (source.isSrgb) return { picture, profile: icc, target: null };
  return { picture, profile: await srgbProfile(sharp), target: icc };
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

/** The encoded file. `profilePath` is a free name in the private folder, for the profile that libvips is to convert to. */
export async function encode(
  sharp: SharpModule,
  raster: Raster,
  metadata: PictureMetadata | null,
  options: EncodeOptions,
  profilePath: string,
): Promise<Uint8Array> {
  const { format } = options;
  const carried = carriedMetadata(metadata, options.metadata ?? 'all');
  const { picture, profile, target } = await coloured(
    sharp,
    prepared(raster, options),
    options,
    metadata?.icc,
  );
  const shape: Shape = picture;
  const exifBlock = format === 'tiff' ? null : carried.exifBlock;
  let pipeline = await pixelsWith(sharp, picture.data, shape, {
    exifBlock,
    profile,
    density: carried.density,
  });
  if (target !== null) {
    await writeFile(profilePath, target, { mode: 0o600 });
    pipeline = pipeline.withIccProfile(profilePath);
  }
  const fits =
    carried.xmp !== null && (format !== 'jpeg' || Buffer.byteLength(carried.xmp) <= MOST_XMP_IN_JPEG);
  if (carried.xmp !== null && fits) pipeline = pipeline.withXmp(carried.xmp);
  const file = await toFormat(pipeline, options, carried.density).toBuffer();
  if (format === 'tiff') return tiffWith(file, carried.exif, carried.iptc);
  return format === 'jpeg' && carried.iptc !== null ? jpegWithIptc(file, carried.iptc) : file;
}
