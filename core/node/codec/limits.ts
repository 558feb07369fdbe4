/**
 * What the codec takes on. A file beyond these is refused in words before it is decoded; work that takes
 * longer or grows larger than it may is ended, and said so.
 */

import type { Fault } from '../../raster/fault';
import type { Size } from '../../raster/rectangle';
import type { ExportFormat } from './picture';

export interface CodecLimits {
  /** Width × height. */
  readonly pixels: number;
  /** Width × height of a picture that is decoded whole; a larger one stays in its file where its format allows. */
  readonly wholePixels: number;
  /** Bytes of a file. */
  readonly fileBytes: number;
  /** Frames of an animation, pages of a document. */
  readonly frames: number;
  /** Bytes of the decoded picture. */
  readonly decodedBytes: number;
  /** Memory that the child may hold while it decodes, in bytes. */
  readonly memoryBytes: number;
  readonly infoSeconds: number;
  readonly decodeSeconds: number;
  /** Encoders differ by a factor of a hundred, so the time to encode grows with the picture. */
  readonly encodeSeconds: number;
  readonly encodeSecondsPerMegapixel: number;
}

export const defaultLimits: CodecLimits = {
  pixels: 500_000_000,
  wholePixels: 150_000_000,
  fileBytes: 2_000_000_000,
  frames: 1_000,
  decodedBytes: 2_000_000_000,
  memoryBytes: 1_500_000_000,
  infoSeconds: 10,
  decodeSeconds: 30,
  encodeSeconds: 60,
  encodeSecondsPerMegapixel: 10,
};

export function encodeSeconds(limits: CodecLimits, pixels: number): number {
  return limits.encodeSeconds + (limits.encodeSecondsPerMegapixel * pixels) / 1e6;
}

/** `500 million` for 500,000,000 and `12,000` for 12,000. */
export function inWords(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toLocaleString('en', { maximumFractionDigits: 1 })} billion`;
  if (count >= 1e6) return `${(count / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} million`;
  return count.toLocaleString('en');
}

/** The longest side that a format can have, where it has a limit that pictures reach. */
const LONGEST_SIDE: Readonly<Partial<Record<ExportFormat, readonly [title: string, longest: number]>>> = {
  jpeg: ['JPEG', 65_535],
  webp: ['WebP', 16_383],
  avif: ['AVIF', 16_384],
};

/** The fault of a picture that a format cannot hold; null where it can. */
export function sideFault({ width, height }: Size, format: ExportFormat): Fault | null {
  const limit = LONGEST_SIDE[format];
  if (limit === undefined || Math.max(width, height) <= limit[1]) return null;
  const most = `${limit[0]} pictures are at most ${inWords(limit[1])} pixels wide and high`;
  return {
    code: 'too-large',
    message: `${most}; this one is ${width} × ${height}`,
    remedy: 'export it as PNG or TIFF',
  };
}
