/**
 * Which format a file has, by its first bytes; never by its name. The formats that Burnish reads are told
 * here, in the few bytes that define them; the names of all others are in other-format.ts.
 */

export type ReadFormat = 'JPEG' | 'PNG' | 'WebP' | 'TIFF' | 'AVIF' | 'GIF' | 'SVG';

export const READ_FORMATS = 'JPEG, PNG, WebP, TIFF, AVIF, GIF and SVG';

/** Bytes at the beginning of a file that are looked through for what an SVG file begins with. */
export const LONGEST_PREAMBLE = 65_536;

function startsWith(bytes: Uint8Array, ...values: readonly number[]): boolean {
  return values.every((value, index) => bytes[index] === value);
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

/** Brands of an ISO media file: the major one, then the compatible ones. */
function brandsOf(bytes: Uint8Array): readonly string[] {
  if (ascii(bytes, 4, 8) !== 'ftyp') return [];
  const length = Math.min(new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0), bytes.length, 256);
  const brands = [ascii(bytes, 8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) brands.push(ascii(bytes, at, at + 4));
  return brands;
}

/**
 * What comes after a declaration, comment or document type at the start of XML text; null where none stands
 * there.
 */
function afterPreamble(text: string): string | null {
  const ends: readonly (readonly [start: RegExp, end: RegExp])[] = [
    [/^<\?/, /\?>/],
    [/^<!--/, /-->/],
    [/^<!doctype[^>[]*\[/i, /\]\s*>/],
    [/^<!doctype/i, />/],
  ];
  const end = ends.find(([start]) => start.test(text))?.[1].exec(text);
  return end === undefined || end === null ? null : text.slice(end.index + end[0].length).trimStart();
}

/** SVG is text: after a byte order mark, white space, declarations and comments comes `<svg`. */
function isSvg(bytes: Uint8Array): boolean {
  const encoding = startsWith(bytes, 0xff, 0xfe)
    ? 'utf-16le'
    : startsWith(bytes, 0xfe, 0xff)
      ? 'utf-16be'
      : 'utf-8';
  let text: string | null = new TextDecoder(encoding).decode(bytes.subarray(0, LONGEST_PREAMBLE)).trimStart();
  while (text !== null) {
    if (/^<([\w.-]+:)?svg[\s>/]/i.test(text)) return true;
    text = afterPreamble(text);
  }
  return false;
}

/** The format of a file that Burnish reads; null for any other. */
export function formatOf(bytes: Uint8Array): ReadFormat | null {
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'JPEG';
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'PNG';
  if (ascii(bytes, 0, 4) === 'GIF8') return 'GIF';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'WebP';
  // 42 for TIFF, 43 for BigTIFF.
  if (startsWith(bytes, 0x49, 0x49, 0x2a, 0) || startsWith(bytes, 0x49, 0x49, 0x2b, 0)) return 'TIFF';
  if (startsWith(bytes, 0x4d, 0x4d, 0, 0x2a) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2b)) return 'TIFF';
  if (brandsOf(bytes).some((brand) => brand === 'avif' || brand === 'avis')) return 'AVIF';
  return isSvg(bytes) ? 'SVG' : null;
}
