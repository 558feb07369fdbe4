/** The options about the files that a command writes, checked: what is wrong is told before anything is touched. */

import { nearestName } from '../../operation/nearest-name';
import { FORMAT_CHOICES, SUBSAMPLINGS } from '../../protocol/format-choices';
import { fail, succeed, type Result } from '../../raster/fault';
import type { Depth } from '../../raster/raster';
import {
  METADATA_POLICIES,
  PROFILE_CHOICES,
  type EncodeOptions,
  type ExportFormat,
  type MetadataPolicy,
  type ProfileChoice,
} from '../codec/picture';
import { FORMATS, formatOf, type WrittenFormat } from '../jobs/formats';
import type { FormatChoice } from '../jobs/target-name';

/** Options as they stand on the command line. */
export interface GivenExportChoices {
  readonly format?: string;
  readonly quality?: string;
  readonly depth?: string;
  readonly metadata?: string;
  readonly profile?: string;
  readonly effort?: string;
  readonly lossless?: boolean;
  readonly subsampling?: string;
}

export interface ExportChoices {
  readonly format: FormatChoice | null;
  readonly quality: number | null;
  /** Null: as deep as the picture, as far as the format goes. */
  readonly depth: Depth | null;
  readonly metadata: MetadataPolicy;
  readonly profile: ProfileChoice;
  /** Null: the format's usual one. */
  readonly effort: number | null;
  readonly lossless: boolean;
  /** Null: the format's usual one at that quality. */
  readonly subsampling: (typeof SUBSAMPLINGS)[number] | null;
}

/** A whole number in a range, or the usage fault that names the option. */
export function wholeNumber(option: string, text: string, least: number, most: number): Result<number> {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return succeed(value);
  return fail('usage', `${option}: expected a whole number from ${least} to ${most} but received "${text}"`);
}

/** One of several words, or the usage fault that names the option and the nearest word. */
export function oneOf<const T extends string>(option: string, text: string, words: readonly T[]): Result<T> {
  const found = words.find((word) => word === text);
  if (found !== undefined) return succeed(found);
  // Between numbers, the nearest spelling means nothing.
  const nearest = /^\d+$/.test(text) ? null : nearestName(text, words);
  const remedy = nearest === null ? '' : `did you mean "${nearest}"?`;
  return fail('usage', `${option}: expected ${words.join(', ')} but received "${text}"`, remedy);
}

function formatChoice(text: string): Result<FormatChoice> {
  const ending = text.toLowerCase().replace(/^\./, '');
  const format = formatOf(ending);
  if (format !== undefined) return succeed({ format, ending });
  return fail(
    'usage',
    `--format: unknown format "${text}"`,
    `Burnish writes ${Object.keys(FORMATS).join(', ')}`,
  );
}

export function exportChoices(given: GivenExportChoices): Result<ExportChoices> {
  const format = given.format === undefined ? succeed(null) : formatChoice(given.format);
  if (!format.ok) return format;
  const quality =
    given.quality === undefined ? succeed(null) : wholeNumber('--quality', given.quality, 1, 100);
  if (!quality.ok) return quality;
  const depth = oneOf('--depth', given.depth ?? 'same', given.depth === undefined ? ['same'] : ['8', '16']);
  if (!depth.ok) return depth;
  const metadata = oneOf('--metadata', given.metadata ?? 'all', METADATA_POLICIES);
  if (!metadata.ok) return metadata;
  const profile = oneOf('--profile', given.profile ?? 'srgb', PROFILE_CHOICES);
  if (!profile.ok) return profile;
  const effort = given.effort === undefined ? succeed(null) : wholeNumber('--effort', given.effort, 0, 9);
  if (!effort.ok) return effort;
  const subsampling =
    given.subsampling === undefined ? succeed(null) : oneOf('--subsampling', given.subsampling, SUBSAMPLINGS);
  if (!subsampling.ok) return subsampling;
  return succeed({
    format: format.value,
    quality: quality.value,
    depth: depth.value === 'same' ? null : depth.value === '8' ? 8 : 16,
    metadata: metadata.value,
    profile: profile.value,
    effort: effort.value,
    lossless: given.lossless ?? false,
    subsampling: subsampling.value,
  });
}

/** A format that cannot be what was asked for. Null: not known yet. */
export function formatFault(
  name: string,
  format: WrittenFormat | null,
  { depth, lossless }: ExportChoices,
): Result<void> {
  if (format === null) return succeed(undefined);
  const { title, deepest } = FORMATS[format];
  if (depth !== null && deepest < depth) {
    const message = `${name}: ${title} holds ${deepest} bits a sample, not ${depth}`;
    return fail('usage', message, 'use PNG or TIFF, or leave out --depth');
  }
  const choices = FORMAT_CHOICES[format];
  if (lossless && choices.quality !== null && !choices.lossless) {
    return fail('usage', `${name}: ${title} always loses something`, 'use PNG, TIFF, WebP or AVIF');
  }
  return succeed(undefined);
}

/** What the encoder is told, for a target of this format. */
export function encodeOptions(choices: ExportChoices, format: ExportFormat): EncodeOptions {
  const { metadata, profile, quality, depth, effort, lossless, subsampling } = choices;
  return {
    format,
    metadata,
    profile,
    lossless,
    quality: quality ?? undefined,
    depth: depth ?? undefined,
    effort: effort ?? undefined,
    chromaSubsampling: subsampling ?? undefined,
  };
}
