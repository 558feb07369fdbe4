// Pictures in files for the tests of the codec, and the results of opening and writing them taken apart.
import sharp, { type Sharp } from 'sharp';
import type {
  Codec,
  DecodedPicture,
  DecodeOptions,
  EncodeOptions,
  PictureMetadata,
} from '../../../../core/node/codec/codec';
import { sentence, type Fault, type Result } from '../../../../core/raster/fault';
import { sampleCount, samplesOver, shapeOf, type Raster } from '../../../../core/raster/raster';

/** The value, where there must be one. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(sentence(result.fault));
  return result.value;
}

/** The fault, where there must be one. */
export function faultOf(result: Result<unknown>): Fault {
  if (result.ok) throw new Error('no fault');
  return result.fault;
}

export async function open(
  codec: Codec,
  bytes: Uint8Array,
  options?: DecodeOptions,
): Promise<DecodedPicture> {
  return valueOf(await codec.decode(bytes, options));
}

export async function save(
  codec: Codec,
  raster: Raster,
  options: EncodeOptions,
  metadata: PictureMetadata | null = null,
): Promise<Uint8Array> {
  return valueOf(await codec.encode(raster, metadata, options));
}

/** Shape and samples in ordinary memory, which tests can compare. */
export function plain(raster: Raster): Raster {
  return { ...shapeOf(raster), data: raster.data.slice() };
}

export function raster(
  width: number,
  height: number,
  channels: 1 | 2 | 3 | 4,
  levels: readonly number[],
): Raster {
  return { width, height, channels, depth: 8, data: Uint8Array.from(levels) };
}

/** A file written by plain sharp, without the codec. */
export function fileOf({ width, height, channels, data }: Raster): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

/** What plain sharp reads from a file at full depth, without converting a colour. */
export async function plainly(bytes: Uint8Array): Promise<Raster> {
  const { width, height, channels, depth, space } = await sharp(bytes).metadata();
  // Only pictures of 8-bit grey with alpha would lose it here.
  const { data } = await sharp(bytes, { ignoreIcc: true })
    .toColourspace(space)
    .raw({ depth: depth === 'ushort' ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const shape = { width, height, channels, depth: depth === 'ushort' ? (16 as const) : (8 as const) };
  return { ...shape, data: samplesOver(Uint8Array.from(data).buffer, shape.depth, 0, sampleCount(shape)) };
}

export function greatestDifference(a: Raster, b: Raster): number {
  if (a.data.length !== b.data.length) throw new Error(`${a.data.length} samples against ${b.data.length}`);
  let greatest = 0;
  for (let i = 0; i < a.data.length; i++) greatest = Math.max(greatest, Math.abs(a.data[i] - b.data[i]));
  return greatest;
}
