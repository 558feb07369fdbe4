/**
 * What of a source's metadata an export carries on. The position is left out unless it is asked for, wherever
 * it may stand: in EXIF, and in XMP, where some programs repeat it. The orientation becomes 1, because the
 * pixels are upright.
 */

import { readExif, shortEntry, TAG, textEntry, writeExif, type Exif, type ExifEntry } from './exif';
import type { MetadataPolicy, PictureMetadata } from './picture';

export interface CarriedMetadata {
  readonly exif: Exif | null;
  /** An EXIF block with the same entries. */
  readonly exifBlock: Uint8Array | null;
  readonly xmp: string | null;
  readonly iptc: Uint8Array | null;
  readonly density: number | null;
}

const nothing: CarriedMetadata = { exif: null, exifBlock: null, xmp: null, iptc: null, density: null };

/** XMP names of positions, whatever their namespace: `exif:GPSLatitude`, `drone-dji:GpsLongitude`. */
const positionName = '[\\w-]+:[Gg][Pp][Ss]\\w*';
const positionAttribute = new RegExp(`\\s+${positionName}\\s*=\\s*("[^"]*"|'[^']*')`, 'g');
const emptyPositionElement = new RegExp(`<${positionName}(\\s[^<>]*)?/>`, 'g');
const positionElement = new RegExp(`<(${positionName})(\\s[^<>]*)?>[\\s\\S]*?</\\1\\s*>`, 'g');

export function withoutPosition(xmp: string): string {
  return xmp.replace(emptyPositionElement, '').replace(positionElement, '').replace(positionAttribute, '');
}

function upright(xmp: string): string {
  return xmp
    .replace(/(tiff:Orientation\s*=\s*["'])\d(["'])/g, '$11$2')
    .replace(/(<tiff:Orientation>\s*)\d(\s*<)/g, '$11$2');
}

/** The first entry of an XMP list (`dc:rights`, `dc:creator`), its markup undone. */
function listed(xmp: string, name: string): string | null {
  const start = xmp.indexOf(`<${name}>`);
  const end = start < 0 ? -1 : xmp.indexOf(`</${name}>`, start);
  const item = end < 0 ? null : /<rdf:li[^<>]*>([^<]*)<\/rdf:li>/.exec(xmp.slice(start, end));
  const text = item?.[1]?.trim() ?? '';
  if (text === '') return null;
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, sign: string) => signs[sign] ?? '');
}

function rights(exif: Exif | null, xmp: string | null): ExifEntry[] {
  return (
    [
      [TAG.artist, 'dc:creator'],
      [TAG.copyright, 'dc:rights'],
    ] as const
  ).flatMap(([tag, name]) => {
    const stored = exif?.main.find((entry) => entry.tag === tag);
    if (stored !== undefined) return [stored];
    const text = xmp === null ? null : listed(xmp, name);
    return text === null ? [] : [textEntry(tag, text)];
  });
}

/** The main entries as they are true of the exported file. */
function mainOf(exif: Exif): ExifEntry[] {
  const others = exif.main.filter(({ tag }) => tag !== TAG.orientation);
  return others.length < exif.main.length ? [...others, shortEntry(TAG.orientation, 1)] : others;
}

function isEmpty(exif: Exif): boolean {
  return exif.main.length + exif.exposure.length + exif.position.length === 0;
}

export function carriedMetadata(metadata: PictureMetadata | null, policy: MetadataPolicy): CarriedMetadata {
  if (metadata === null || policy === 'none') return nothing;
  const stored = metadata.exif === undefined ? null : readExif(metadata.exif);
  const xmp = metadata.xmp === undefined ? null : new TextDecoder().decode(metadata.xmp);
  let exif: Exif | null;
  if (policy === 'copyright') exif = { main: rights(stored, xmp), exposure: [], position: [] };
  else {
    const position = policy === 'all+gps' ? (stored?.position ?? []) : [];
    exif = stored === null ? null : { main: mainOf(stored), exposure: stored.exposure, position };
  }
  if (exif !== null && isEmpty(exif)) exif = null;
  const exifBlock = exif === null ? null : writeExif(exif);
  if (policy === 'copyright') return { ...nothing, exif, exifBlock };
  return {
    exif,
    exifBlock,
    xmp: xmp === null ? null : upright(policy === 'all+gps' ? xmp : withoutPosition(xmp)),
    iptc: metadata.iptc ?? null,
    density: metadata.density ?? null,
  };
}
