/** The header of a file in words: what `info` answers, and what is kept of its metadata. */

import type { Metadata } from 'sharp';
import { readExif, writeExif } from './exif';
import type { ReadFormat } from './format';
import { iptcRecords } from './iptc';
import type { PictureInfo, PictureMetadata } from './picture';
import type { OpeningPlan } from './plan';

const EXIF_PREFIX = 'Exif\0\0';
/** Entries of a metadata block are told only up to this length. */
const LONGEST_FACT = 500;

/** The EXIF block, from its byte order mark on. TIFF files hold its entries among their own. */
function exifBlock(metadata: Metadata, bytes: Uint8Array, format: ReadFormat): Uint8Array | undefined {
  if (format === 'TIFF') {
    const exif = readExif(bytes);
    const entries = exif === null ? 0 : exif.main.length + exif.exposure.length + exif.position.length;
    return exif === null || entries === 0 ? undefined : writeExif(exif);
  }
  const { exif } = metadata;
  if (exif === undefined) return undefined;
  return exif.toString('latin1', 0, EXIF_PREFIX.length) === EXIF_PREFIX
    ? exif.subarray(EXIF_PREFIX.length)
    : exif;
}

/** What an export can carry on. */
export function metadataOf(metadata: Metadata, bytes: Uint8Array, format: ReadFormat): PictureMetadata {
  const exif = exifBlock(metadata, bytes, format);
  const iptc = metadata.iptc === undefined ? null : iptcRecords(metadata.iptc);
  return {
    ...(exif === undefined ? {} : { exif }),
    ...(metadata.xmp === undefined ? {} : { xmp: metadata.xmp }),
    ...(iptc === null ? {} : { iptc }),
    ...(metadata.icc === undefined ? {} : { icc: metadata.icc }),
    ...(metadata.density === undefined ? {} : { density: metadata.density }),
  };
}

/** Names of facts and the EXIF entries, the first that there is, which tell them. */
const told: readonly (readonly [fact: string, ...entries: string[]])[] = [
  ['Taken', 'DateTimeOriginal', 'DateTimeDigitized', 'DateTime'],
  ['Make', 'Make'],
  ['Camera', 'Model'],
  ['Lens', 'LensModel'],
  ['Exposure', 'ExposureTime'],
  ['Aperture', 'FNumber'],
  ['Sensitivity', 'ISOSpeedRatings'],
  ['Focal length', 'FocalLength'],
  ['Software', 'Software'],
  ['Description', 'ImageDescription'],
  ['Artist', 'Artist'],
  ['Copyright', 'Copyright'],
];

/** Loaded for the first picture that has EXIF entries, while native code decodes it. */
export const loadExifReader = (): Promise<typeof import('exifreader')> => import('exifreader');

interface Facts {
  readonly facts: Record<string, string>;
  readonly hasPosition: boolean;
}

async function factsOf(exif: Uint8Array | undefined): Promise<Facts> {
  const facts: Record<string, string> = {};
  if (exif === undefined) return { facts, hasPosition: false };
  const { load } = await loadExifReader();
  const hasPosition = (readExif(exif)?.position ?? []).some(({ tag }) => tag >= 1 && tag <= 4);
  try {
    // A copy, because the library takes whole buffers only.
    const tags: Readonly<Record<string, { readonly description?: unknown } | undefined>> = load(
      Uint8Array.from(exif).buffer,
    );
    for (const [fact, ...entries] of told) {
      const text = entries.map((entry) => tags[entry]?.description).find((value) => value !== undefined);
      const plain = typeof text === 'string' || typeof text === 'number' ? plainText(String(text)) : '';
      if (plain !== '') facts[fact] = plain;
    }
  } catch {
    // A damaged block: the picture is opened without its facts.
  }
  return { facts, hasPosition };
}

function plainText(text: string): string {
  const printable = [...text].map((sign) => (sign < ' ' || sign === '\u007f' ? ' ' : sign)).join('');
  return printable.trim().slice(0, LONGEST_FACT);
}

const spaces: Readonly<Record<string, string>> = {
  'b-w': 'grey',
  grey16: 'grey',
  srgb: 'rgb',
  rgb16: 'rgb',
  scrgb: 'rgb',
};

/** The header in words. */
export async function describe(
  metadata: Metadata,
  plan: OpeningPlan,
  kept: PictureMetadata,
  format: ReadFormat,
): Promise<PictureInfo> {
  const orientation = metadata.orientation ?? 1;
  return {
    format,
    width: metadata.autoOrient.width,
    height: metadata.autoOrient.height,
    channels: plan.channels,
    depth: plan.depth,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    profile: plan.profile?.description ?? null,
    frames: metadata.pages ?? 1,
    colourSpace: spaces[metadata.space] ?? metadata.space,
    ...(metadata.density === undefined ? {} : { density: metadata.density }),
    ...(await factsOf(kept.exif)),
  };
}
