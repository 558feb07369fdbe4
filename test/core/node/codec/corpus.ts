// The corpus of real files: its manifest, and what each of its rules asks of an outcome. The files are
// nobody's here and are not in this repository; BURNISH_CORPORA names the folder where they lie.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { DecodedPicture } from '../../../../core/node/codec/codec';
import type { Result } from '../../../../core/raster/fault';
import { hasAlpha, scaleOf, type Raster } from '../../../../core/raster/raster';

const truthSchema = v.object({
  width: v.number(),
  height: v.number(),
  pages: v.optional(v.number()),
  channels: v.optional(v.number()),
  depth: v.optional(v.string()),
  space: v.optional(v.string()),
  has_alpha: v.optional(v.boolean()),
  orientation: v.optional(v.number()),
  icc_name: v.optional(v.nullable(v.string())),
  mean_srgb8: v.optional(v.array(v.number())),
  // Null for a quadrant without pixels.
  quadrant_mean_srgb8: v.optional(v.array(v.nullable(v.array(v.number())))),
  mean_tolerance: v.optional(v.number()),
  mean_confidence: v.optional(v.string()),
});
type Truth = v.InferOutput<typeof truthSchema>;

const manifestSchema = v.object({
  files: v.array(
    v.object({
      file: v.string(),
      kind: v.string(),
      class: v.string(),
      expect: v.picklist([
        'open',
        'open_or_unsupported',
        'open_damaged_or_refuse',
        'refuse',
        'no_crash',
        'bounded',
        'no_external',
      ]),
      truth: v.optional(truthSchema),
    }),
  ),
});
export type CorpusFile = v.InferOutput<typeof manifestSchema>['files'][number];

/** Undefined where there is none; an empty name is none. */
export const corpusFolder = process.env['BURNISH_CORPORA'] || undefined;

export function corpusFiles(folder: string): readonly CorpusFile[] {
  return v.parse(manifestSchema, JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).files;
}

/** Mean of the colour channels (a grey one thrice) and of alpha, at 8 bits, over a part of the picture. */
function meanOf(raster: Raster, left: number, top: number, right: number, bottom: number): number[] {
  const { channels, width, data } = raster;
  const sums = new Array<number>(channels).fill(0);
  for (let y = top; y < bottom; y++) {
    for (let i = (y * width + left) * channels; i < (y * width + right) * channels; i++) {
      sums[i % channels] = (sums[i % channels] ?? 0) + (data[i] ?? 0);
    }
  }
  const count = (right - left) * (bottom - top) * scaleOf(raster.depth);
  const [first = 0, ...rest] = sums.map((sum) => sum / count);
  return channels <= 2 ? [first, first, first, ...rest] : [first, ...rest];
}

function meanComplaints(raster: Raster, truth: Truth): string[] {
  const tolerance = truth.mean_tolerance ?? 2;
  const half = { x: Math.floor(raster.width / 2), y: Math.floor(raster.height / 2) };
  const complaints: string[] = [];
  const compare = (
    what: string,
    mean: readonly number[],
    wanted: readonly number[] | null | undefined,
  ): void => {
    const off = (wanted ?? []).some((value, i) => Math.abs(value - (mean[i] ?? value)) > tolerance);
    if (off)
      complaints.push(`${what} ${mean.map((m) => m.toFixed(1)).join(' ')} instead of ${wanted?.join(' ')}`);
  };
  compare('mean', meanOf(raster, 0, 0, raster.width, raster.height), truth.mean_srgb8);
  if (half.x > 0 && half.y > 0) {
    compare('first quadrant', meanOf(raster, 0, 0, half.x, half.y), truth.quadrant_mean_srgb8?.[0]);
    const last = meanOf(raster, half.x, half.y, raster.width, raster.height);
    compare('last quadrant', last, truth.quadrant_mean_srgb8?.[3]);
  }
  return complaints;
}

function sizeComplaints({ raster, info }: DecodedPicture, truth: Truth): string[] {
  const asOpened = raster.width === truth.width && raster.height === truth.height;
  const agrees = info.width === raster.width && info.height === raster.height;
  const size = `${raster.width} × ${raster.height}, info ${info.width} × ${info.height}`;
  return asOpened && agrees ? [] : [`${size} instead of ${truth.width} × ${truth.height}`];
}

function layoutComplaints({ raster, info }: DecodedPicture, truth: Truth): string[] {
  const complaints = [];
  const grey = truth.space === 'b-w' || truth.space === 'grey16';
  // More than one channel beside the colours is no alpha.
  const alpha =
    truth.has_alpha === true && (truth.channels ?? 0) <= (grey ? 2 : truth.space === 'cmyk' ? 5 : 4);
  const depth = truth.space === 'cmyk' || truth.depth === 'uchar' || truth.depth === 'char' ? 8 : 16;
  const layout = `${raster.channels} channels of ${raster.depth} bits`;
  if (hasAlpha(raster) !== alpha || raster.channels <= 2 !== grey || raster.depth !== depth) {
    complaints.push(`${layout} instead of ${truth.space} ${truth.depth} × ${truth.channels}`);
  }
  if (info.channels !== raster.channels || info.depth !== raster.depth)
    complaints.push(`info differs from ${layout}`);
  if (info.frames !== (truth.pages ?? info.frames))
    complaints.push(`${info.frames} frames instead of ${truth.pages}`);
  if (info.orientation !== (truth.orientation ?? info.orientation)) {
    complaints.push(`orientation ${info.orientation} instead of ${truth.orientation}`);
  }
  if ((info.profile === null) !== ((truth.icc_name ?? null) === null)) {
    complaints.push(`profile ${info.profile} instead of ${truth.icc_name}`);
  }
  return complaints;
}

/** What is wrong with the outcome of opening a file; empty where its rule is kept. */
export function complaintsAbout(file: CorpusFile, outcome: Result<DecodedPicture>): string[] {
  const { truth } = file;
  if (!outcome.ok) {
    const { code, message, remedy } = outcome.fault;
    if (code === 'crashed') return [`crashed: ${message}`];
    if (/[\\/]\w+[\\/]|\n|\bat \w+ \(|vips|sharp/i.test(`${message} ${remedy}`))
      return [`unfit words: ${message}`];
    switch (file.expect) {
      case 'open':
        return [`refused: ${message}`];
      case 'open_or_unsupported':
        return /not supported/.test(message) ? [] : [`refused as: ${message}`];
      default:
        return [];
    }
  }
  const picture = outcome.value;
  switch (file.expect) {
    case 'refuse':
      return ['opened'];
    case 'open_damaged_or_refuse':
      if (picture.notices.length === 0) return ['opened as if whole'];
      return truth === undefined ? [] : sizeComplaints(picture, truth);
    case 'open_or_unsupported':
      return truth === undefined ? [] : sizeComplaints(picture, truth);
    case 'open': {
      if (truth === undefined) return [];
      const means =
        truth.mean_confidence === 'two decoders agree' ? meanComplaints(picture.raster, truth) : [];
      return [...sizeComplaints(picture, truth), ...layoutComplaints(picture, truth), ...means];
    }
    default:
      return [];
  }
}
