/**
 * sharp takes EXIF and an unconverted profile from an input file only, never beside pixels. So, where an
 * export carries them, its pixels ride on a PNG file of one black (and transparent) pixel that holds both:
 * the pixel is extended with black to the picture's size and the picture laid over it by OR, which leaves
 * every level as it is, at every depth and layout.
 */

import { crc32, deflateSync } from 'node:zlib';
import type { Sharp } from 'sharp';
import { hasAlpha, type Shape } from '../../raster/raster';
import type { SharpModule } from './sharp-module';

declare module 'sharp' {
  interface Sharp {
    // sharp takes every option that its constructor takes; its types name fewer.
    boolean(operand: string, operator: 'or', options: { readonly limitInputPixels: false }): Sharp;
  }
}

const INCHES_A_METRE = 1 / 0.0254;

/** The name under which libvips works on pixels of this layout and depth without converting them. */
function spaceOf(shape: Pick<Shape, 'channels' | 'depth'>): 'b-w' | 'grey16' | 'srgb' | 'rgb16' {
  if (shape.channels <= 2) return shape.depth === 8 ? 'b-w' : 'grey16';
  return shape.depth === 8 ? 'srgb' : 'rgb16';
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

export interface Carried {
  readonly exifBlock: Uint8Array | null;
  /** The profile that the pixels are in. */
  readonly profile: Uint8Array | null;
  /** Pixels an inch. */
  readonly density: number | null;
}

function chunksOf(carried: Carried): Buffer[] {
  const chunks: Buffer[] = [];
  if (carried.profile !== null) {
    chunks.push(
      chunk('iCCP', Buffer.concat([Buffer.from('profile\0\0', 'latin1'), deflateSync(carried.profile)])),
    );
  }
  if (carried.density !== null) {
    const density = Buffer.alloc(9);
    density.writeUInt32BE(Math.round(carried.density * INCHES_A_METRE), 0);
    density.writeUInt32BE(Math.round(carried.density * INCHES_A_METRE), 4);
    density.writeUInt8(1, 8);
    chunks.push(chunk('pHYs', density));
  }
  if (carried.exifBlock !== null) chunks.push(chunk('eXIf', carried.exifBlock));
  return chunks;
}

/** The end of a PNG file's signature and header chunk: where further chunks may begin. */
const AFTER_HEADER = 33;

/** Pixels in a file of libvips' own format. */
export interface PixelFile {
  readonly path: string;
  readonly shape: Shape;
}

/** A pipeline that holds these pixels, unconverted, and what they carry. */
export async function pixelsWith(
  sharp: SharpModule,
  { path, shape }: PixelFile,
  carried: Carried,
): Promise<Sharp> {
  const { width, height, channels, depth } = shape;
  const chunks = chunksOf(carried);
  const space = spaceOf(shape);
  if (chunks.length === 0) return sharp(path, { limitInputPixels: false }).toColourspace(space);
  const pixel = depth === 8 ? new Uint8Array(channels) : new Uint16Array(channels);
  const png = await sharp(pixel, { raw: { width: 1, height: 1, channels } })
    .toColourspace(space)
    .png()
    .toBuffer();
  const carrier = Buffer.concat([png.subarray(0, AFTER_HEADER), ...chunks, png.subarray(AFTER_HEADER)]);
  const background = { r: 0, g: 0, b: 0, alpha: hasAlpha(shape) ? 0 : 1 };
  let pipeline = sharp(carrier, { ignoreIcc: true, limitInputPixels: false })
    .extend({ right: width - 1, bottom: height - 1, background })
    .boolean(path, 'or', { limitInputPixels: false })
    .toColourspace(space);
  // Asked for, EXIF would be made up where there is none.
  if (carried.exifBlock !== null) pipeline = pipeline.keepExif();
  return carried.profile === null ? pipeline : pipeline.keepIccProfile();
}
