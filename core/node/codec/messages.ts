/**
 * What passes between the codec and its child: JSON over the channel, with everything large (files, pixels,
 * metadata blocks) in files of the private folder, named here without their folder. Both sides check what
 * they receive: the child handles foreign files, so the host does not take its word for the form of an
 * answer.
 */

import * as v from 'valibot';
import { SUBSAMPLINGS } from '../../protocol/format-choices';
import type { FaultCode } from '../../raster/fault';
import { EXPORT_FORMATS, METADATA_POLICIES, PROFILE_CHOICES, type PictureInfo } from './picture';

/** `.v` tells sharp that pixels are wanted. */
const fileName = v.pipe(v.string(), v.regex(/^[a-z0-9-]+(\.v)?$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const channels = v.picklist([1, 2, 3, 4]);
const depth = v.picklist([8, 16]);

const shapeSchema = v.object({ width: size, height: size, channels, depth });

/**
 * The metadata blocks lie one after another in one file; their lengths in bytes, 0 for one that is not there.
 */
const blocksSchema = v.object({ exif: count, xmp: count, iptc: count, icc: count });
export type BlockLengths = v.InferOutput<typeof blocksSchema>;
export const BLOCKS = ['exif', 'xmp', 'iptc', 'icc'] as const;

const readLimits = v.object({ pixels: count, frames: count, decodedBytes: count, memoryBytes: count });
export type ReadLimits = v.InferOutput<typeof readLimits>;

/** Whether a file is still the one that was opened. */
const stampSchema = v.object({ size: count, changed: v.number(), inode: v.number() });
export type FileStamp = v.InferOutput<typeof stampSchema>;

const rectangleSchema = v.object({ x: count, y: count, width: size, height: size });

const encodeOptionsSchema = v.object({
  format: v.picklist(EXPORT_FORMATS),
  quality: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  depth: v.optional(depth),
  lossless: v.optional(v.boolean()),
  effort: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9))),
  chromaSubsampling: v.optional(v.picklist(SUBSAMPLINGS)),
  metadata: v.optional(v.picklist(METADATA_POLICIES)),
  profile: v.optional(v.picklist(PROFILE_CHOICES)),
  background: v.optional(v.pipe(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(255))), v.length(3))),
});

export const jobSchema = v.variant('kind', [
  v.object({ kind: v.literal('info'), input: fileName, limits: readLimits }),
  v.object({
    kind: v.literal('decode'),
    input: fileName,
    pixels: fileName,
    blocks: fileName,
    reducedTo: v.optional(v.object({ width: size, height: size })),
    limits: readLimits,
  }),
  /** Opens a picture that is to stay in its file, wherever that lies; `pixels` takes its first part. */
  v.object({
    kind: v.literal('regions'),
    path: v.string(),
    least: count,
    pixels: fileName,
    blocks: fileName,
    limits: readLimits,
  }),
  /** Decodes a part of it. */
  v.object({
    kind: v.literal('region'),
    path: v.string(),
    stamp: stampSchema,
    part: rectangleSchema,
    pixels: fileName,
    limits: readLimits,
  }),
  v.object({
    kind: v.literal('encode'),
    pixels: fileName,
    shape: shapeSchema,
    blocks: fileName,
    lengths: blocksSchema,
    density: v.optional(v.number()),
    /** Where a profile can be laid for libvips, which reads profiles from files. */
    profile: fileName,
    output: fileName,
    options: encodeOptionsSchema,
  }),
]);
export type Job = v.InferOutput<typeof jobSchema>;
export type InfoJob = Extract<Job, { kind: 'info' }>;
export type DecodeJob = Extract<Job, { kind: 'decode' }>;
export type EncodeJob = Extract<Job, { kind: 'encode' }>;

const infoSchema: v.GenericSchema<unknown, PictureInfo> = v.object({
  format: v.string(),
  width: size,
  height: size,
  channels,
  depth,
  orientation: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
  profile: v.nullable(v.string()),
  frames: size,
  colourSpace: v.string(),
  density: v.exactOptional(v.number()),
  hasPosition: v.boolean(),
  facts: v.record(v.string(), v.string()),
});

/** The faults that the child itself finds; the host adds those of time and death. */
export const CHILD_FAULTS = [
  'changed',
  'unsupported',
  'damaged',
  'unreadable',
  'too-large',
  'no-space',
  'crashed',
] as const satisfies readonly FaultCode[];

const faultSchema = v.object({
  code: v.picklist(CHILD_FAULTS),
  message: v.string(),
  remedy: v.string(),
});

const decodedSchema = v.object({
  info: infoSchema,
  shape: shapeSchema,
  /** Where the pixels begin in their file, in bytes. */
  offset: count,
  /** Whether they were written there from the first to the last, and nothing was changed afterwards. */
  once: v.boolean(),
  lengths: blocksSchema,
  notices: v.array(v.string()),
});
export type Decoded = v.InferOutput<typeof decodedSchema>;

const openedRegionsSchema = v.object({
  info: infoSchema,
  shape: shapeSchema,
  /** The size of the parts in which it is best decoded, side by side from the top left corner. */
  part: v.object({ width: size, height: size }),
  stamp: stampSchema,
  lengths: blocksSchema,
  notices: v.array(v.string()),
});
export type OpenedRegions = v.InferOutput<typeof openedRegionsSchema>;

const regionSchema = v.object({
  shape: shapeSchema,
  /** Where the pixels begin in their file, in bytes. */
  offset: count,
  notices: v.array(v.string()),
});
export type RegionDecoded = v.InferOutput<typeof regionSchema>;

export const answerSchemas = {
  regions: v.nullable(openedRegionsSchema),
  region: regionSchema,
  info: infoSchema,
  decode: decodedSchema,
  encode: v.object({ bytes: count }),
} as const;

/** What the child says: that it is ready, that it holds more memory than it may, or how its one job ended. */
export const messageSchema = v.variant('is', [
  v.object({ is: v.literal('ready'), build: v.picklist(['native', 'wasm']) }),
  v.object({ is: v.literal('overgrown') }),
  /** `memory` is what the child holds now, in bytes. */
  v.object({ is: v.literal('done'), memory: count, answer: v.unknown() }),
  v.object({ is: v.literal('failed'), memory: count, fault: faultSchema }),
]);
export type Message = v.InferOutput<typeof messageSchema>;
export type ChildFault = v.InferOutput<typeof faultSchema>;

/** The blocks cut out of the bytes in which they lie one after another. */
export function cutBlocks(
  bytes: Uint8Array,
  lengths: BlockLengths,
): Partial<Record<(typeof BLOCKS)[number], Uint8Array>> {
  const blocks: Partial<Record<(typeof BLOCKS)[number], Uint8Array>> = {};
  let at = 0;
  for (const name of BLOCKS) {
    if (lengths[name] > 0) blocks[name] = bytes.subarray(at, at + lengths[name]);
    at += lengths[name];
  }
  return blocks;
}
